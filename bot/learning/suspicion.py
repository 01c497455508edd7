"""Suspicion: whether an item's key is wrong, from who chose what.

Hypotheses are compared: that the key is right, and for each wrong option that it is. Whatever is
right is chosen about as often as the author's level says, and more by the strong; how the rest
divides among the other options is free (Dirichlet, all shares alike). The difficulty is summed out
around the author's level, so what is left are odds.
"""

from __future__ import annotations

from math import exp, lgamma, log
from typing import Literal

from msgspec import Struct

from bot.learning.items import HARD_VAR, NODES, Params, Used

ALARM = 5.0  # log odds: one key in a hundred is wrong, and half of the alarms may be
LEAST = 8  # answers before anything is said
MISSED = 3.0  # standard deviations under the author's level, where there are no options


class Suspicion(Struct, frozen=True):
    """`option` seems to be the right answer, or nobody finds it; `score` in log odds or deviations.

    `strong` and `weak` are the mean abilities of those who chose it and of those who hit the key.
    """

    why: Literal["distractor", "missed"]
    option: str
    score: float
    strong: float = 0.0
    weak: float = 0.0


def suspicion(params: Params) -> Suspicion | None:
    """What is wrong with an item, if anything."""
    if params.n < LEAST:
        return None
    if not params.chosen:
        return _missed(params)
    key = _evidence(params.right, params)
    odds, option = max((_evidence(used, params), name) for name, used in params.chosen.items())
    if odds - key < ALARM:
        return None
    return Suspicion(
        "distractor", option, odds - key, _mean(params.chosen[option]), _mean(params.right)
    )


def _missed(params: Params) -> Suspicion | None:
    if params.right.likely:
        return None
    sd = (params.noise + params.lean * params.lean * HARD_VAR) ** 0.5
    off = (params.expected - params.right.n) / sd
    return Suspicion("missed", "", off) if off > MISSED else None


def _mean(used: Used) -> float:
    return used.sum / used.n if used.n else 0.0


def _evidence(one: Used, params: Params) -> float:
    """The log probability of what was chosen, were this option the right answer."""
    best = max(one.likely)
    shared = sum(part * exp(each - best) for each, (_, part) in zip(one.likely, NODES, strict=True))
    every = (params.right, *params.chosen.values())
    others = [used.n for used in every if used is not one]
    divided = lgamma(len(others)) - lgamma(len(others) + sum(others))
    return best + log(shared) + divided + sum(lgamma(1 + n) for n in others)

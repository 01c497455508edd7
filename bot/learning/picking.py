"""Picking the next question: to find out what is weak, or to know most on the day that counts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import exp
from typing import Literal

from msgspec import Struct

from bot.learning.ability import shares
from bot.learning.items import Params
from bot.learning.state import Ability

Kind = Literal["diagnose", "learn"]
Reason = Literal["again", "due", "weak", "boundary", "new", "gain"]


class Candidate(Struct, frozen=True):
    """A question that may be asked now; `slope` is the discrimination itself."""

    area: str
    topic: str
    hard: float
    hard_var: float
    slope: float
    guess: float


class Goal(Struct, frozen=True):
    """What a pick is for: `areas` are all that count."""

    kind: Kind
    areas: tuple[str, ...]
    lowest: int = 3


class Picked(Struct, frozen=True):
    index: int
    reason: Reason


NEAR = 0.9  # of the best value: as good, drawn among by lot so that no question wears out


def candidate(area: str, topic: str, params: Params, guess: float) -> Candidate:
    return Candidate(area, topic, params.hard, params.hard_var, exp(params.slope), guess)


def pick(
    person: Ability, candidates: Sequence[Candidate], goal: Goal, rng: random.Random
) -> Picked:
    values = _informing(person, candidates, goal)
    best = max(values) * NEAR
    near = [index for index, value in enumerate(values) if value >= best]
    return Picked(near[int(rng.random() * len(near))], "boundary")


def _informing(person: Ability, candidates: Sequence[Candidate], goal: Goal) -> list[float]:
    """Fisher information, over item uncertainty, around the boundary of the lowest areas."""
    beliefs = shares(person, goal.areas)
    means = sorted(mean for mean, _ in beliefs.values())
    edge = (means[goal.lowest - 1] + means[goal.lowest]) / 2
    near = {
        area: (mean, var, var * var * exp(-((mean - edge) ** 2) / var))
        for area, (mean, var) in beliefs.items()
    }
    values = []
    for one in candidates:
        mean, var, worth = near[one.area]
        a, guess = one.slope, one.guess
        q = 1.0 / (1.0 + exp(a * (one.hard - mean)))
        info = a * a * q * q * (1.0 - q) * (1.0 - guess) / (guess + (1.0 - guess) * q)
        info /= 1.0 + info * one.hard_var
        values.append(worth * info / (1.0 + var * info))
    return values

"""Ability: a hierarchical filter over answers, one Kalman step each."""

from __future__ import annotations

import math
from datetime import datetime

from msgspec.structs import replace

from bot.learning.state import Ability, Belief
from questions.model import Level

PRIOR = {"junior": -1.0, "mid": 0.0, "senior": 1.0}  # difficulty in logits by the author's level
OVERALL_VAR, AREA_VAR, TOPIC_VAR = 1.0, 0.5, 0.25
HALF_LIFE_DAYS = 180.0  # after which half of the evidence has worn off


def difficulty(level: Level) -> float:
    """An item's difficulty (logits) before anybody has answered it."""
    return PRIOR[level]


def _parts(area: str, topic: str) -> tuple[tuple[str, float], ...]:
    return ((area, AREA_VAR), (f"{area}/{topic}", TOPIC_VAR))


def _beliefs(ability: Ability, area: str, topic: str) -> list[Belief]:
    parts = [ability.parts.get(key, Belief(var=var)) for key, var in _parts(area, topic)]
    return [ability.overall, *parts]


def predict(ability: Ability, area: str, topic: str, *, hard: float, guess: float) -> float:
    """Probability of a right answer; `hard` in logits, `guess` the chance without knowledge."""
    logit = sum(belief.mean for belief in _beliefs(ability, area, topic)) - hard
    return guess + (1 - guess) / (1 + math.exp(-logit))


def observe(
    ability: Ability,
    area: str,
    topic: str,
    *,
    hard: float,
    guess: float,
    credit: float,
    at: datetime,
) -> Ability:
    """One answer more, worth `credit` (0 to 1), given at `at` (aware)."""
    aged = _aged(ability, at)
    beliefs = _beliefs(aged, area, topic)
    logit = sum(belief.mean for belief in beliefs) - hard
    slope = 1 / (1 + math.exp(-logit))
    chance = guess + (1 - guess) * slope
    rise = (1 - guess) * slope * (1 - slope)
    noise = max(chance * (1 - chance), 1e-6)
    scale = rise / (rise * rise * sum(belief.var for belief in beliefs) + noise)
    moved = [_moved(belief, scale, rise, credit - chance) for belief in beliefs]
    parts = dict(aged.parts)
    for (key, _), belief in zip(_parts(area, topic), moved[1:], strict=True):
        parts[key] = belief
    return replace(aged, overall=moved[0], parts=parts, at=at)


def _moved(belief: Belief, scale: float, rise: float, surprise: float) -> Belief:
    gain = belief.var * scale
    return Belief(belief.mean + gain * surprise, belief.var * (1 - gain * rise), belief.n + 1)


def _aged(ability: Ability, at: datetime) -> Ability:
    """Evidence wears off: variances grow back towards their priors."""
    if ability.at is None or at <= ability.at:
        return ability
    kept = 0.5 ** ((at - ability.at).total_seconds() / 86400 / HALF_LIFE_DAYS)
    if kept > 1 - 1e-6:
        return ability
    parts = {
        key: _faded(belief, TOPIC_VAR if "/" in key else AREA_VAR, kept)
        for key, belief in ability.parts.items()
    }
    return replace(ability, overall=_faded(ability.overall, OVERALL_VAR, kept), parts=parts)


def _faded(belief: Belief, prior: float, kept: float) -> Belief:
    return Belief(belief.mean, prior - (prior - belief.var) * kept, belief.n)

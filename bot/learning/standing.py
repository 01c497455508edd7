"""Where a person stands: areas surely weak or strong, and how ready they are."""

from __future__ import annotations

import math

from msgspec import Struct

from bot.learning.ability import AREA_VAR, OVERALL_VAR, predict
from bot.learning.state import Ability, Belief
from questions.model import Level

SURE = 1.28  # standard deviations: nine in ten
LEAST = 6  # answers in an area before anything is said of it
HARD = {"junior": -1.0, "mid": 0.0, "senior": 1.0}


class Standing(Struct, frozen=True):
    """Slugs of areas, surest first, and how many answers the unsure ones still need."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    measuring: tuple[tuple[str, int], ...]


class Readiness(Struct, frozen=True):
    """Of ten questions at a level: how many right, and the range for nine of ten such people."""

    expected: int
    low: int
    high: int


def standing(ability: Ability) -> Standing:
    """Name an area only when its deviation is surely above or below the person's own mean."""
    areas = {key: belief for key, belief in ability.parts.items() if "/" not in key}
    sure = {key: _score(belief) for key, belief in areas.items() if belief.n >= LEAST}
    weak = sorted((key for key in sure if sure[key] < -SURE), key=lambda key: sure[key])
    strong = sorted((key for key in sure if sure[key] > SURE), key=lambda key: -sure[key])
    open_ones = sorted(
        ((key, LEAST - belief.n) for key, belief in areas.items() if 0 < belief.n < LEAST),
        key=lambda pair: (pair[1], pair[0]),
    )
    return Standing(tuple(strong), tuple(weak), tuple(open_ones))


def _score(belief: Belief) -> float:
    return belief.mean / math.sqrt(belief.var)


def readiness(ability: Ability, areas: tuple[str, ...], level: Level) -> Readiness:
    """The expected number of right answers of ten at a level, all areas weighing the same.

    The range moves the overall ability by 1.28 standard deviations of it and of the mean area.
    """
    parts = [ability.parts.get(area, Belief(var=AREA_VAR)) for area in areas]
    spread = ability.overall.var + sum(part.var for part in parts) / max(1, len(parts)) ** 2
    shift = SURE * math.sqrt(min(spread, OVERALL_VAR + AREA_VAR))
    return Readiness(*(_of_ten(ability, areas, level, by) for by in (0.0, -shift, shift)))


def _of_ten(ability: Ability, areas: tuple[str, ...], level: Level, by: float) -> int:
    hard = HARD[level] - by
    chances = [predict(ability, area, "", hard=hard, guess=0.2) for area in areas]
    return round(10 * sum(chances) / max(1, len(chances)))

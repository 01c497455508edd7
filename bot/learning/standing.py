"""Where a person stands: areas surely weak or strong and why, and how ready they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil, sqrt
from typing import Literal

from msgspec import Struct

from bot.learning import ability, ranks, response
from bot.learning.ability import AREA_VAR, OVERALL_VAR
from bot.learning.items import prior
from bot.learning.state import Ability, Area
from questions.model import Level

SURE = 0.8  # probability from which an area is named: four of five names are right
OPEN = 0.2  # below which it is as surely none of the lowest
LEAST = 3  # answers in an area before anything is said of it
LOWEST, ONE_IN = 3, 4  # the lowest three are looked for, of few areas about a quarter
TOLD = 0.14  # information of a usual answer: four options, 70 % right, a difficulty guessed at
MOST = 30  # questions beyond which no forecast of "6 more" is honest
GUESS = 0.2  # of a usual question: four options in most, none in the rest
LEARNT = 0.025  # logits an answer adds to its area: 0.1 to what it trains (Koedinger et al. 2023,
# PNAS 120:e2221311120, the same over 27 courses), of which an area holds some four
RANGE = 1.28  # standard deviations: eight in ten
Side = Literal["weak", "strong"]


class Named(Struct, frozen=True):
    """An area that is surely weak or strong, and why.

    `sure` is the probability that it is among the lowest (highest); `right` of `n` answers were
    right, `expected` would have been by what the person knows elsewhere. `topic` carries most of
    it ('' where none stands out).
    """

    area: str
    sure: float
    n: int
    right: float
    expected: float
    topic: str = ""


class Measuring(Struct, frozen=True):
    """An area not yet decided, and about how many questions will decide it."""

    area: str
    more: int


class Standing(Struct, frozen=True):
    """The surest first; of `measuring` that which needs least; misconceptions held twice."""

    weak: tuple[Named, ...] = ()
    strong: tuple[Named, ...] = ()
    measuring: tuple[Measuring, ...] = ()
    misconceptions: tuple[tuple[str, int], ...] = ()


class Readiness(Struct, frozen=True):
    """Of ten questions at a level: how many right, and a range that eight in ten lie in."""

    expected: int
    low: int
    high: int


class _Field(Struct, frozen=True):
    """The areas of a person as normals, independent given the overall ability."""

    mean: float
    sd: float
    areas: tuple[str, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]
    shares: tuple[float, ...]


def sought(areas: int) -> int:
    """How many of the lowest are looked for among so many areas."""
    return min(LOWEST, (areas + 1) // ONE_IN)


def lowest(person: Ability, areas: Sequence[str], count: int = LOWEST) -> list[float]:
    """The probability of each area to be among the `count` weakest of them."""
    field = _field(person, areas)
    return ranks.lowest(field.means, field.sds, field.shares, field.sd, count)


def standing(person: Ability, areas: Sequence[str] = ()) -> Standing:
    """What can be said of the areas (all that were practised, where none are given).

    Compared are those with an answer: an area is weak among what was tried.
    """
    tried = tuple(one for one in (areas or sorted(person.areas)) if one in person.areas)
    twice = sorted((-times, slug) for slug, times in person.misconceptions.items() if times > 1)
    held = tuple((slug, -times) for times, slug in twice)
    count = sought(len(tried))
    if not count:
        few = (Measuring(one, max(1, LEAST - person.areas[one].n)) for one in tried)
        return Standing(measuring=_least(few), misconceptions=held)
    field = _field(person, tried)
    low = ranks.lowest(field.means, field.sds, field.shares, field.sd, count)
    turned = tuple(-mean for mean in field.means)
    high = ranks.lowest(turned, field.sds, field.shares, field.sd, count)
    open_ones = (
        Measuring(area, _more(field, index, count, person.areas[area].n))
        for index, area in enumerate(tried)
        if person.areas[area].n < LEAST or OPEN < low[index] < SURE
    )
    return Standing(
        _named(person, tried, low, "weak"),
        _named(person, tried, high, "strong"),
        _least(open_ones),
        held,
    )


def _least(found: Iterable[Measuring]) -> tuple[Measuring, ...]:
    return tuple(sorted(found, key=lambda one: (one.more, one.area)))


def _named(
    person: Ability, areas: Sequence[str], chances: Sequence[float], side: Side
) -> tuple[Named, ...]:
    found = []
    for area, chance in zip(areas, chances, strict=True):
        held = person.areas[area]
        if chance >= SURE and held.n >= LEAST:
            topic = _topic(held, side)
            found.append(Named(area, chance, held.n, held.right, held.expected, topic))
    return tuple(sorted(found, key=lambda one: (-one.sure, one.area)))


def _topic(held: Area, side: Side) -> str:
    """The topic that is surely further out than its area, if any."""
    sign = -1.0 if side == "weak" else 1.0
    best, found = 0.84, ""  # standard deviations: four in five
    rest = held.pull / held.weight if held.weight else 0.0
    for topic, leaf in held.topics.items():
        precision = 1.0 / ability.TOPIC_VAR + leaf.weight
        score = sign * (leaf.pull - leaf.weight * rest) / sqrt(precision)
        if score > best:
            best, found = score, topic
    return found


def _more(field: _Field, index: int, count: int, n: int) -> int:
    """Questions until the area's distance from the boundary is sure, if its mean stays."""
    order = sorted(field.means)
    edge = (order[count - 1] + order[count]) / 2
    apart = max(abs(field.means[index] - edge), 1e-3)
    needed = (0.84 / apart) ** 2  # four in five, one-sided
    have = 1.0 / field.sds[index] ** 2
    return max(LEAST - n, 1, min(MOST, ceil((needed - have) / TOLD)))


def _field(person: Ability, areas: Sequence[str]) -> _Field:
    var = 1.0 / (1.0 / OVERALL_VAR + person.whole.weight)
    mean = var * person.whole.pull
    held = [person.areas.get(area, Area()) for area in areas]
    shares = tuple(1.0 / (1.0 + AREA_VAR * one.weight) for one in held)
    means = (share * (mean + AREA_VAR * one.pull) for share, one in zip(shares, held, strict=True))
    sds = tuple(sqrt(share * AREA_VAR) for share in shares)
    return _Field(mean, sqrt(var), tuple(areas), tuple(means), sds, shares)


def readiness(
    person: Ability,
    areas: Sequence[str],
    level: Level,
    weights: Mapping[str, float] | None = None,
) -> Readiness:
    """Expected right answers of ten at a level, areas weighing as a role has them (or alike)."""
    return _ready(_field(person, areas), level, weights, [0.0] * len(areas), 0.0)


def forecast(
    person: Ability,
    areas: Sequence[str],
    level: Level,
    weights: Mapping[str, float] | None,
    at: datetime,
    on: datetime,
    planned: float,
) -> Readiness:
    """The readiness `on` a day, from `at` (both aware), with `planned` answers until then.

    They go where the role weighs; what is not practised fades by the person's own log-days term.
    What practice will bring is as unsure as half of itself.
    """
    total = sum(_weight(weights, area) for area in areas) or 1.0
    days = max(0.0, (on - at).total_seconds() / ability.DAY)
    moved, spread = [], 0.0
    for area in areas:
        answers = planned * _weight(weights, area) / total
        idle = days / (answers + 1.0)
        gain = LEARNT * answers
        moved.append(gain + person.fade.mean * ability.e_folds(idle))
        spread = max(spread, (gain / 2) ** 2)
    return _ready(_field(person, areas), level, weights, moved, spread)


def _weight(weights: Mapping[str, float] | None, area: str) -> float:
    return 1.0 if weights is None else weights.get(area, 0.0)


def _ready(
    field: _Field,
    level: Level,
    weights: Mapping[str, float] | None,
    moved: Sequence[float],
    more: float,
) -> Readiness:
    parts = [_weight(weights, area) for area in field.areas]
    total = sum(parts) or 1.0
    parts = [part / total for part in parts]
    common = sum(part * share for part, share in zip(parts, field.shares, strict=True))
    own = sum((part * sd) ** 2 for part, sd in zip(parts, field.sds, strict=True))
    shift = RANGE * sqrt((common * field.sd) ** 2 + own + more)
    params = prior(level)

    def of_ten(by: float) -> int:
        chances = (
            response.chance(mean + move + by - params.hard, 1.0, params.hard_var, GUESS)
            for mean, move in zip(field.means, moved, strict=True)
        )
        return round(10 * sum(p * part for p, part in zip(chances, parts, strict=True)))

    return Readiness(of_ten(0.0), of_ten(-shift), of_ten(shift))

"""The order in which new questions are asked: what the engine would pick, one after the other."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from bot.features.feature import Bank
from bot.features.planned import ahead, unasked
from bot.features.quiz.pool import Fresh
from bot.features.quiz.wanted import Drawn, Wanted
from bot.features.recording import guess
from bot.learning import ability, items, memory
from bot.learning.items import Params
from bot.learning.memory import Outlook
from bot.learning.picking import Candidate, Goal, Kind, boundary, candidate, doubt, pick
from bot.learning.standing import sought
from bot.store.protocol import Tx
from questions.areas import Areas
from questions.model import Item, Level
from questions.roles import BY_SLUG
from questions.weights import most

HORIZON = 30.0  # days, where no interview has a date
FIRST, WIDER = 4, 8  # areas at the beginning; answers after which comes one more
AT_ONCE, BY_LOT = 12, 4  # areas of which candidates are looked at, and how many of them by lot
TRIED = 3  # answers in each area before any is looked at more closely
TESTED = 0.8  # mean certainty of the lowest areas from which learning goes first
MEASURE_ONE_IN = 5  # then one question in so many goes on measuring
MIXED = 2  # areas at least, so that no quiz is of one
OFFER_ONE_IN = 3  # questions at a time, by lot: the best would be asked of everybody (exposure
# control: Sympson & Hetter 1985, all with the same parameter)
TWICE = 2  # questions of an area before others have their turn
NOVICE = 15  # answers under which nobody is asked senior questions unasked


class Field(Struct, frozen=True):
    """The areas open to a person and what is believed of them, computed once for a draw.

    `beliefs` are mean and variance by area, `edge` is the boundary of the lowest (logits).
    """

    areas: tuple[str, ...]
    untried: tuple[str, ...]
    beliefs: dict[str, tuple[float, float]]
    edge: float


def field(tx: Tx, bank: Bank) -> Field:
    """What is open to the person as they stand."""
    areas, known = _opened(tx, bank), tx.person.ability.areas
    untried = tuple([slug for slug in areas if slug not in known or known[slug].n < TRIED])
    beliefs = ability.shares(tx.person.ability, areas)
    return Field(areas, untried, beliefs, boundary(beliefs, sought(len(areas))))


def ordered(
    tx: Tx, bank: Bank, wanted: Wanted, fresh: Fresh, now: Field, rng: random.Random
) -> Iterator[Drawn]:
    """New questions as the engine picks them, no two of an area behind one another."""
    known = fresh.calibrated
    unseen = memory.outlook(None, None, tx.origin.at, horizon(tx))
    left = [
        (item, _candidate(item, known.get((item.owner, item.id)), unseen)) for item in fresh.items
    ]
    wish = goal(tx, bank, now, {item.area for item, _ in left}, rng)
    left, late = _patient(tx, bank, wanted, left)
    for group in (left, late):
        yield from _turns(tx, group, wish, rng)


def _turns(
    tx: Tx, group: list[tuple[Item, Candidate]], wish: Goal, rng: random.Random
) -> Iterator[Drawn]:
    had: Counter[str] = Counter()
    last = ""
    while group:
        open_ones = [one for one in group if one[0].area != last and had[one[0].area] < TWICE]
        if not open_ones:
            had.clear()
            last = ""
            continue
        offered = [one for one in open_ones if rng.random() * OFFER_ONE_IN < 1.0] or open_ones
        picked = pick(tx.person.ability, [each for _, each in offered], wish, rng)
        item = offered[picked.index][0]
        last = item.area
        had[last] += 1
        group = [one for one in group if one[0] is not item]
        yield Drawn(item, picked.reason)


def focus(now: Field, rng: random.Random) -> tuple[tuple[str, str], ...]:
    """The areas to pick from where none is named.

    First each gets a few answers; then, of many, those about which an answer tells most and some
    by lot.
    """
    wide = now.untried if len(now.untried) >= MIXED else now.areas
    if len(wide) > AT_ONCE:
        told = sorted(wide, key=lambda slug: doubt(*now.beliefs[slug], now.edge), reverse=True)
        wide = (*told[: AT_ONCE - BY_LOT], *rng.sample(told[AT_ONCE - BY_LOT :], BY_LOT))
    return tuple((slug, "") for slug in wide)


def _opened(tx: Tx, bank: Bank) -> tuple[str, ...]:
    """The areas so far: the few that interviews ask most, then more and more.

    So that something can be said of a few of them soon.
    """
    coming, count = ahead(tx), FIRST + tx.person.answers // WIDER
    return most(coming.weights(bank), count) if coming else _usual(bank.areas)[:count]


@lru_cache(maxsize=4)
def _usual(known: Areas) -> tuple[str, ...]:
    """All areas in the order in which they are opened where nobody prepares for a role."""
    slugs = [area.slug for area in known.areas]
    first = [slug for slug in BY_SLUG["backend"].areas if slug in slugs]
    return (*first, *(slug for slug in slugs if slug not in first))


def _kind(now: Field, rng: random.Random) -> Kind:
    """Diagnose until each area was tried and the lowest are sure, then learn and measure on."""
    if now.untried:
        return "diagnose"
    above = [(mean - now.edge) / math.sqrt(2 * var) for mean, var in now.beliefs.values()]
    sure = [0.5 * math.erfc(far) for far in sorted(above)[: sought(len(now.areas))]]
    measured = sum(sure) >= TESTED * len(sure) and rng.random() * MEASURE_ONE_IN >= 1.0
    return "learn" if measured else "diagnose"


def goal(tx: Tx, bank: Bank, now: Field, offered: Iterable[str], rng: random.Random) -> Goal:
    """What a person is asked for: to find out what is weak, then to know most on their day.

    Compared are the areas opened so far, and those of the questions `offered`.
    """
    coming = ahead(tx)
    level: Level = (coming.plan.level if coming else tx.person.settings.level) or "mid"
    return Goal(
        kind=_kind(now, rng),
        areas=tuple(dict.fromkeys((*now.areas, *sorted(offered)))),
        weights=coming.weights(bank) if coming else {},
        hard=items.prior(level).hard,
        lowest=sought(len(now.areas)),
    )


def horizon(tx: Tx) -> float:
    """Days to what a person prepares for."""
    coming = ahead(tx)
    return float(max(1, coming.days)) if coming else HORIZON


_prior = cache(items.prior)


def _candidate(item: Item, known: Params | None, unseen: Outlook) -> Candidate:
    params = known or _prior(item.level, item.type)
    return candidate(item.area, item.topic, params, guess(item), unseen)


def _patient(
    tx: Tx, bank: Bank, wanted: Wanted, found: list[tuple[Item, Candidate]]
) -> tuple[list[tuple[Item, Candidate]], list[tuple[Item, Candidate]]]:
    """Those to be asked now, and those only where nothing else is left.

    For a beginner these are senior ones, before an interview what it does not ask.
    """
    novice = tx.person.answers < NOVICE and wanted.level is None
    coming = None if wanted.scope else ahead(tx)
    weights = coming.weights(bank) if coming else {}
    now: list[tuple[Item, Candidate]] = []
    late: list[tuple[Item, Candidate]] = []
    for one in found:
        waits = novice and one[0].level == "senior"
        waits |= coming is not None and unasked(coming, weights, tx.person.ability, one[0])
        (late if waits else now).append(one)
    return now, late

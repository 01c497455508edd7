"""The order in which new questions are asked: what the engine would pick, one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from bot.features.feature import Bank
from bot.features.planned import ahead, unasked
from bot.features.quiz.pool import Fresh
from bot.features.quiz.wanted import Drawn, Wanted
from bot.features.recording import guess
from bot.learning import items, memory
from bot.learning.items import Params
from bot.learning.memory import Outlook
from bot.learning.picking import Candidate, Goal, aim, candidate, pick
from bot.store.protocol import Tx
from questions.model import Item, Level

HORIZON = 30.0  # days, where no interview has a date
NOVICE = 15  # answers under which nobody is asked senior questions unasked


def ordered(
    tx: Tx, bank: Bank, wanted: Wanted, fresh: Fresh, rng: random.Random
) -> Iterator[Drawn]:
    """New questions as the engine picks them; no area twice before each had its turn."""
    known = fresh.calibrated
    unseen = memory.outlook(None, None, tx.origin.at, horizon(tx))
    left = [
        (item, _candidate(item, known.get((item.owner, item.id)), unseen)) for item in fresh.items
    ]
    wish = goal(tx, bank, rng)
    left, late = _patient(tx, bank, wanted, left)
    for group in (left, late):
        yield from _turns(tx, group, wish, rng)


def _turns(
    tx: Tx, group: list[tuple[Item, Candidate]], wish: Goal, rng: random.Random
) -> Iterator[Drawn]:
    had: set[str] = set()
    while group:
        open_ones = [one for one in group if one[0].area not in had]
        if not open_ones:
            had.clear()
            continue
        picked = pick(tx.person.ability, [each for _, each in open_ones], wish, rng)
        item = open_ones[picked.index][0]
        had.add(item.area)
        group = [one for one in group if one[0] is not item]
        yield Drawn(item, picked.reason)


def goal(tx: Tx, bank: Bank, rng: random.Random) -> Goal:
    """What a person is asked for: to find out what is weak, then to know most on their day."""
    coming = ahead(tx)
    slugs = tuple(area.slug for area in bank.areas.areas)
    areas = tuple(slug for slug in slugs if slug in coming.role.areas) if coming else slugs
    level: Level = (coming.plan.level if coming else tx.person.settings.level) or "mid"
    return Goal(
        kind=aim(tx.person.ability, areas or slugs, rng),
        areas=slugs,
        weights=coming.weights(bank) if coming else {},
        hard=items.prior(level).hard,
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

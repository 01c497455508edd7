"""The order in which new questions are asked: what the engine would pick, one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from bot.features.feature import Bank
from bot.features.quiz.wanted import Drawn, Wanted
from bot.features.recording import guess
from bot.learning import items
from bot.learning.items import Params
from bot.learning.picking import Candidate, Goal, candidate, pick
from bot.learning.standing import LOWEST
from bot.store.protocol import Tx
from questions.model import Item, Level
from questions.roles import find

HORIZON = 30  # days, where no interview has a date
DIAGNOSED = 60  # answers
NOVICE = 15  # answers under which nobody is asked senior questions unasked


def ordered(
    tx: Tx, bank: Bank, wanted: Wanted, fresh: Sequence[Item], rng: random.Random
) -> Iterator[Drawn]:
    """New questions as the engine picks them; no area twice before each had its turn."""
    known = tx.calibrated([item.ref for item in fresh])
    left = [(item, _candidate(item, known.get((item.owner, item.id)))) for item in fresh]
    aim = goal(tx, bank)
    left, late = _patient(tx, wanted, left)
    for group in (left, late):
        yield from _turns(tx, group, aim, rng)


def _turns(
    tx: Tx, group: list[tuple[Item, Candidate]], aim: Goal, rng: random.Random
) -> Iterator[Drawn]:
    had: set[str] = set()
    while group:
        open_ones = [one for one in group if one[0].area not in had]
        if not open_ones:
            had.clear()
            continue
        picked = pick(tx.person.ability, [each for _, each in open_ones], aim, rng)
        item = open_ones[picked.index][0]
        had.add(item.area)
        group = [one for one in group if one[0] is not item]
        yield Drawn(item, picked.reason)


def goal(tx: Tx, bank: Bank) -> Goal:
    """What a person is asked for: to find out what is weak, then to know most on their day."""
    settings, today = tx.person.settings, tx.origin.at.date()
    role = find(settings.plan.role) if settings.plan else None
    slugs = tuple(area.slug for area in bank.areas.areas)
    areas = tuple(slug for slug in slugs if slug in role.areas) if role else slugs
    level: Level = (settings.plan.level if settings.plan else settings.level) or "mid"
    days = (settings.plan.on - today).days if settings.plan else HORIZON
    return Goal(
        kind="diagnose" if tx.person.answers < DIAGNOSED else "learn",
        areas=slugs if len(areas) <= LOWEST else areas,
    )


def _candidate(item: Item, known: Params | None) -> Candidate:
    params = known or items.prior(item.level, item.type)
    return candidate(item.area, item.topic, params, guess(item))


def _patient(
    tx: Tx, wanted: Wanted, found: list[tuple[Item, Candidate]]
) -> tuple[list[tuple[Item, Candidate]], list[tuple[Item, Candidate]]]:
    """Those to be asked now, and those for a beginner only where nothing else is left."""
    if tx.person.answers >= NOVICE or wanted.level is not None:
        return found, []
    return (
        [one for one in found if one[0].level != "senior"],
        [one for one in found if one[0].level == "senior"],
    )

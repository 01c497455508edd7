"""What comes back: the most overdue first, and what was missed in another dress."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec.structs import replace

from bot.days import TWELVE_HOURS
from bot.features.feature import Bank
from bot.features.planned import ahead
from bot.features.quiz.pool import memories
from bot.features.quiz.wanted import TYPED, Drawn, Wanted
from bot.store.protocol import Tx
from bot.store.rows import UNNAMED, Memory
from questions.misconceptions import betrayed
from questions.model import Item

LOOKED_AT = 60  # due questions that are looked up
LOOKED_AHEAD = 300  # before an interview
EVER = datetime(9999, 1, 1, tzinfo=UTC)
FIRST_RECALL = 1  # after which the next one is asked typed, where a sibling is
FEWEST_DAYS = 0.5  # of stability: what was just missed is not infinitely overdue


def due(tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random) -> Iterator[Drawn]:
    """What is due of the wanted, the most overdue for its stability first, at most `LOOKED_AT`.

    Instead of a question that was missed comes another with the same misconception, then itself
    with its options in another order; at its second recall a typed one, where there is one.
    Shortly before an interview a part of what would come back after it comes once more.
    """
    areas = tuple({area for area, _ in wanted.scope})
    found = tx.due(tx.origin.at, areas, LOOKED_AT)
    yield from _back(tx, bank, wanted, rng, sorted(found, key=lambda one: -_overdue(one, tx)))
    for one in _back(tx, bank, wanted, rng, _beyond(tx, areas)):
        yield replace(one, why="once")


def _beyond(tx: Tx, areas: tuple[str, ...]) -> list[Memory]:
    """Today's part of what comes back only after the interview and was not asked since cramming.

    The longest unasked first; answered now it has come once before the day.
    """
    coming = ahead(tx)
    if coming is None or not coming.cramming:
        return []
    begins, crams = coming.begins, coming.crams
    ever = tx.due(EVER, areas, LOOKED_AHEAD)
    left = [one for one in ever if one.due and one.last and one.due >= begins and one.last < crams]
    today = math.ceil(len(left) / max(1, coming.days))
    return sorted(left, key=lambda one: (one.last or EVER, one.item))[:today]


def _back(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random, found: list[Memory]
) -> Iterator[Drawn]:
    for memory in found:
        item = _drawn(bank, memory, rng)
        if item is None or not wanted.fits(item) or not _placed(wanted, item):
            continue
        if memory.shown > tx.origin.at - TWELVE_HOURS:
            continue
        yield _dressed(tx, bank, wanted, memory, item) or Drawn(
            item, "missed" if memory.missed else "due"
        )


def _overdue(memory: Memory, tx: Tx) -> float:
    late = (tx.origin.at - memory.due).total_seconds() / 86400 if memory.due else 0.0
    return late / max(FEWEST_DAYS, memory.stability)


def _drawn(bank: Bank, memory: Memory, rng: random.Random) -> Item | None:
    item = bank.get(memory.item)
    if item is None and bank.is_template(memory.item):
        return bank.draw(memory.item, f"{rng.getrandbits(40):x}")
    return item


def _placed(wanted: Wanted, item: Item) -> bool:
    places = frozenset(wanted.scope)
    return not places or bool(places & {(item.area, ""), (item.area, item.topic)})


def _dressed(tx: Tx, bank: Bank, wanted: Wanted, memory: Memory, item: Item) -> Drawn | None:
    """Another question instead of one that is due, None where it comes itself."""
    if memory.missed and memory.missed != UNNAMED:
        others = [one for one in bank.betraying(memory.missed) if one.id != item.id]
        other = _unasked(tx, others, wanted, memory)
        return Drawn(other, "again") if other else None
    if memory.recalls == FIRST_RECALL and item.type not in TYPED and not wanted.press_only:
        named = sorted(betrayed(item))
        others = [one for slug in named for one in bank.betraying(slug) if one.type in TYPED]
        other = _unasked(tx, others, wanted, memory)
        return Drawn(other, "typed") if other else None
    return None


def _unasked(tx: Tx, others: list[Item], wanted: Wanted, memory: Memory) -> Item | None:
    """The first that was not asked since the due one was answered, one of its area if possible."""
    fitting = [one for one in others if wanted.fits(one) and _placed(wanted, one)]
    fitting = [one for one in fitting if not (wanted.press_only and one.type in TYPED)]
    known = memories(tx, fitting[:LOOKED_AT])
    for one in sorted(fitting[:LOOKED_AT], key=lambda one: (one.area != memory.area, one.id)):
        held = known.get(one.id)
        asked = held is not None and memory.last is not None and held.shown >= memory.last
        if not asked:
            return one
    return None

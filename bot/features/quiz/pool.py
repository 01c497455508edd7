"""Questions a person has not met: looked up in bounded numbers, however many there are."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bot.days import TWELVE_HOURS
from bot.features.feature import Bank
from bot.features.quiz.wanted import Wanted
from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions.model import Item

ENOUGH = 40  # questions from among which the next one is picked
CHUNK = 60  # looked up at once
MOST = 900  # looked up at all; who has met all of these is told that nothing new is left


class Fresh(Struct, frozen=True):
    """Questions that were never answered nor shown lately, and how many others were looked at."""

    items: tuple[Item, ...]
    met: int


def fresh(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random, extra: Sequence[Item] = ()
) -> Fresh:
    """At most `ENOUGH` of what is wanted, any of it alike, and `extra` of the same."""
    found: list[Item] = []
    met = 0
    for chunk in _chunks(bank, wanted, rng, extra):
        known = memories(tx, chunk)
        new = [item for item in chunk if not _met(tx, known.get(item.id))]
        met += len(chunk) - len(new)
        found += new
        if len(found) >= ENOUGH:
            break
    return Fresh(tuple(found[:ENOUGH]), met)


def memories(tx: Tx, items: Sequence[Item]) -> dict[str, Memory]:
    """What the person has met of these, by id; those of the community have ids of their own."""
    found: dict[str, Memory] = {}
    for owner in {item.owner for item in items}:
        found |= tx.memories([item.id for item in items if item.owner == owner], owner)
    return found


def places(bank: Bank, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """The (area, topic) pairs that are wanted: all areas where none is named."""
    return wanted.scope or tuple((area.slug, "") for area in bank.areas.areas)


def _met(tx: Tx, memory: Memory | None) -> bool:
    if memory is None:
        return False
    return memory.due is not None or memory.shown > tx.origin.at - TWELVE_HOURS


def _chunks(
    bank: Bank, wanted: Wanted, rng: random.Random, extra: Sequence[Item]
) -> Iterator[tuple[Item, ...]]:
    walk = _allowed(bank, _walk(bank, wanted, rng), extra)
    while chunk := tuple(item for item, _ in zip(walk, range(CHUNK), strict=False)):
        yield chunk


def _allowed(bank: Bank, walk: Iterator[Item], extra: Sequence[Item]) -> Iterator[Item]:
    yield from extra
    seen: set[str] = set()
    for item in walk:
        if item.id not in seen and bank.allows(item):
            seen.add(item.id)
            yield item


def _walk(bank: Bank, wanted: Wanted, rng: random.Random) -> Iterator[Item]:
    """All in a random order; of very many only as many as are looked up at most."""
    levels = (wanted.level,) if wanted.level else ()
    lists = [
        one
        for area, topic in places(bank, wanted)
        for one in bank.pools(area, topic, levels, wanted.types)
        if one
    ]
    total = sum(map(len, lists))
    return _at(lists, rng.sample(range(total), min(total, MOST)))


def _at(lists: Sequence[Sequence[Item]], numbers: Iterable[int]) -> Iterator[Item]:
    """The items at these places of all lists as one."""
    starts = [0]
    for one in lists:
        starts.append(starts[-1] + len(one))
    for number in numbers:
        at = bisect(starts, number) - 1
        yield lists[at][number - starts[at]]

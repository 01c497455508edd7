"""Questions a person has not met: looked up in bounded numbers, however many there are."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bot.days import TWELVE_HOURS
from bot.features.feature import Bank
from bot.features.quiz.wanted import Wanted
from bot.learning.items import Params
from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions.model import Item

ENOUGH = 24  # questions from among which the next one is picked; a chunk may give more
CHUNK = 40  # looked up at once
MOST = 900  # looked up at all; who has met all of these is told that nothing new is left


class Fresh(Struct, frozen=True):
    """Questions that were never answered nor shown lately, and how many others were looked at.

    `calibrated` is what answers of everybody made of them, by owner and id.
    """

    items: tuple[Item, ...]
    met: int
    calibrated: dict[tuple[str, str], Params] = {}


def fresh(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random, extra: Sequence[Item] = ()
) -> Fresh:
    """`ENOUGH` of what is wanted or all there is, any of it alike, and `extra` of the same."""
    found: list[Item] = []
    calibrated: dict[tuple[str, str], Params] = {}
    met = 0
    for chunk in _chunks(bank, wanted, rng, extra):
        known = tx.candidates([item.ref for item in chunk], tx.origin.at - TWELVE_HOURS)
        new = [item for item in chunk if (item.owner, item.id) not in known.met]
        met += len(chunk) - len(new)
        found += new
        calibrated |= known.calibrated
        if len(found) >= ENOUGH:
            break
    return Fresh(tuple(found), met, calibrated)


def memories(tx: Tx, items: Sequence[Item]) -> dict[str, Memory]:
    """What the person has met of these, by id; those of the community have ids of their own."""
    found: dict[str, Memory] = {}
    for owner in {item.owner for item in items}:
        found |= tx.memories([item.id for item in items if item.owner == owner], owner)
    return found


def places(bank: Bank, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """The (area, topic) pairs that are wanted: all areas where none is named."""
    return wanted.scope or tuple((area.slug, "") for area in bank.areas.areas)


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
    return _at(lists, _numbers(sum(map(len, lists)), rng))


def _numbers(total: int, rng: random.Random) -> Iterator[int]:
    """At most `MOST` numbers below `total` in a random order, as many as are asked for.

    A Fisher-Yates shuffle of which only the exchanged places are kept.
    """
    exchanged: dict[int, int] = {}
    for at in range(min(total, MOST)):
        other = at + int(rng.random() * (total - at))
        yield exchanged.get(other, other)
        exchanged[other] = exchanged.get(at, at)


def _at(lists: Sequence[Sequence[Item]], numbers: Iterable[int]) -> Iterator[Item]:
    """The items at these places of all lists as one."""
    starts = [0]
    for one in lists:
        starts.append(starts[-1] + len(one))
    for number in numbers:
        at = bisect(starts, number) - 1
        yield lists[at][number - starts[at]]

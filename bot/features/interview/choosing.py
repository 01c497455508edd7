"""Which three open questions an interview asks: one on own work, two of the role's areas."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from bot.features.feature import Bank
from bot.store.protocol import Tx
from questions.areas import OWN_WORK
from questions.model import LEVELS, Item, Level, Open
from questions.roles import Role

COUNT = 3
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


class Chosen(Struct, frozen=True):
    """The questions in the order to ask them, and how many had to come from other areas."""

    items: tuple[Item, ...]
    elsewhere: int


def choose(tx: Tx, bank: Bank, role: Role, level: Level | None, rng: random.Random) -> Chosen:
    """Choose what to ask: never met first, then longest ago; near the level; no area twice.

    One's own work stands at the end. Where the role's areas have too few open questions, those of
    all areas fill in.
    """
    aim = level or tx.person.settings.level or "mid"
    everywhere = [area.slug for area in bank.areas.areas]
    ranked = _ranked(tx, (i for area in everywhere for i in bank.items(area)), aim, rng)
    own = [item for item in ranked if item.area == OWN_WORK][:1]
    wanted = COUNT - len(own)
    inside = _spread([i for i in ranked if i.area in role.areas], role)
    outside = [i for i in ranked if i.area not in role.areas and i not in own]
    # rather another field than two stories of one's own
    outside.sort(key=lambda item: item.area == OWN_WORK)
    field = list(inside)[:wanted]
    filled = outside[: wanted - len(field)]
    return Chosen((*field, *filled, *own), len(filled))


def _ranked(tx: Tx, items: Iterable[Item], aim: Level, rng: random.Random) -> list[Item]:
    found = sorted((item for item in items if isinstance(item.body, Open)), key=lambda i: i.id)
    met: dict[str, datetime] = {}
    for owner in {item.owner for item in found}:
        known = tx.memories([item.id for item in found if item.owner == owner], owner)
        met |= {name: memory.shown for name, memory in known.items()}
    rng.shuffle(found)
    return sorted(found, key=lambda i: (met.get(i.id, _NEVER), _apart(aim, i.level)))


def _apart(aim: Level, level: Level) -> int:
    return abs(LEVELS.index(aim) - LEVELS.index(level))


def _spread(items: list[Item], role: Role) -> Iterator[Item]:
    """These questions so that no area comes twice before each has come once."""
    turns: dict[str, int] = dict.fromkeys(role.areas, 0)
    order = []
    for item in items:
        order.append((turns[item.area], item))
        turns[item.area] += 1
    yield from (item for _, item in sorted(order, key=lambda pair: pair[0]))

"""What was learned of people, derived again from their logs by the rules of this program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import MsgspecError
from sqlalchemy import Connection, select, update

from bot.store.rows import LogRow
from storage import values
from storage.audit import Derived
from storage.schema import log, memory, person
from storage.wall import EVERYBODY

LEARNED = (
    *("due", "last", "last_day", "stability", "difficulty", "reps", "lapses"),
    *("missed", "recalls"),
)


def rederive(connection: Connection, replay: Callable[[Iterable[LogRow]], Derived]) -> int:
    """Write everybody's ability and memories anew; how many people. Streaks and points stay.

    An older program may have kept them in another form or by other rules.
    """
    everybody = connection.execute(select(person.c.id).prefix_with(EVERYBODY)).scalars().all()
    for each in everybody:
        rows = select(log).where(log.c.person == each).order_by(log.c.seq)
        try:
            derived = replay(values.log(row) for row in connection.execute(rows).mappings())
        except (MsgspecError, ValueError, TypeError):
            continue  # a log that cannot be read hinders no upgrade: the doctor names it
        told = update(person).where(person.c.id == each)
        connection.execute(told.values(ability=values.written(derived.ability)))
        for (owner, item), held in derived.memories.items():
            kept = {name: getattr(held, name) for name in LEARNED}
            place = (memory.c.person == each, memory.c.owner == owner, memory.c.item == item)
            connection.execute(update(memory).where(*place).values(kept))
    return len(everybody)

"""What is claimed for a while: due work and posts to be sent, by any number of processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.chat.posts import Message
from bot.store.rows import Due, Outgoing
from storage import values
from storage.schema import due, inbox, outbox
from storage.wall import EVERYBODY

_WAITING: ColumnElement[bool] = literal_column("outbox.state = 'waiting'")
_earlier = outbox.alias("earlier")
# One target's posts go in order: only the first that still waits can be claimed.
_first = ~exists().where(
    _earlier.c.platform == outbox.c.platform,
    _earlier.c.target == outbox.c.target,
    literal_column("earlier.state = 'waiting'"),
    _earlier.c.number < outbox.c.number,
)


def claim_due(
    connection: Connection, now: datetime, limit: int, lease: timedelta
) -> tuple[Due, ...]:
    """Due rows that nobody holds, the earliest first, held until `now + lease`."""
    ready = and_(due.c.at <= now, _free(due, now))
    rows = _claimed(connection, due, due.c.id, ready, due.c.at, limit, now + lease)
    return tuple(sorted((values.due(row) for row in rows), key=lambda d: (d.at, d.id)))


def next_due(connection: Connection) -> datetime | None:
    """The earliest time of any due row."""
    first: datetime | None = connection.scalar(select(func.min(due.c.at)).prefix_with(EVERYBODY))
    return first


def claim_outbox(
    connection: Connection, platform: str, now: datetime, limit: int, lease: timedelta
) -> tuple[Outgoing, ...]:
    """Posts to be sent, the oldest first and of each target only the first."""
    mine = and_(outbox.c.platform == platform, _WAITING, outbox.c.next_at <= now)
    ready = and_(mine, _free(outbox, now), _first)
    number = outbox.c.number
    rows = _claimed(connection, outbox, number, ready, number, limit, now + lease)
    return tuple(values.outgoing(row) for row in sorted(rows, key=lambda row: row["number"]))


def sent(connection: Connection, outgoing: str, message: Message) -> None:
    """What was sent is not needed again, only which message it became."""
    done = {"state": "sent", "message": values.written(message), "post": "", "why": ""}
    _close(connection, outgoing, done | {"held_until": None})


def unsent(connection: Connection, outgoing: str, again: datetime | None, why: str) -> None:
    tries = {"tries": outbox.c.tries + 1, "held_until": None, "why": why}
    if again is None:
        _close(connection, outgoing, tries | {"state": "failed", "post": ""})
    else:
        _close(connection, outgoing, tries | {"next_at": again})


def sweep(connection: Connection, before: datetime) -> int:
    """Delete kept replies and finished posts older than that; how many.

    A platform delivers an event again for at most 25 hours (Slack's delayed events).
    """
    old = and_(outbox.c.next_at < before, literal_column("outbox.state != 'waiting'"))
    replies = connection.execute(_everybodys(inbox).where(inbox.c.at < before))
    posts = connection.execute(_everybodys(outbox).where(old))
    return replies.rowcount + posts.rowcount


def _everybodys(table: Table) -> Any:
    return delete(table).prefix_with(EVERYBODY)


def _free(table: Table, now: datetime) -> ColumnElement[bool]:
    return or_(table.c.held_until.is_(None), table.c.held_until <= now)


def _claimed(
    connection: Connection,
    table: Table,
    key: ColumnElement[Any],
    ready: ColumnElement[bool],
    order: ColumnElement[Any],
    limit: int,
    until: datetime,
) -> Any:
    picked = (
        select(key)
        .where(ready)
        .order_by(order)
        .limit(limit)
        .with_for_update(skip_locked=True, of=table)
        .cte("picked")
    )
    taken = (
        update(table)
        .where(key.in_(select(picked.c[0])))
        .values(held_until=until)
        .returning(table)
        .prefix_with(EVERYBODY)
    )
    return connection.execute(taken).mappings().all()


def _close(connection: Connection, outgoing: str, done: dict[str, Any]) -> None:
    one = update(outbox).where(outbox.c.dedupe == outgoing).values(done).prefix_with(EVERYBODY)
    connection.execute(one)

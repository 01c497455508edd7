"""Posts to be sent, claimed for a while by any number of processes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    cast,
    delete,
    exists,
    literal_column,
    or_,
    select,
    update,
)

from bot.chat.posts import Message
from bot.store.rows import Outgoing
from storage import values
from storage.schema import inbox, outbox
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


def next_outbox(
    connection: Connection, now: datetime, platforms: Collection[str]
) -> datetime | None:
    """When the first post may go that is its target's next and that nobody holds now."""
    firsts = [
        select(outbox.c.next_at)
        .prefix_with(EVERYBODY)
        .where(outbox.c.platform == platform, _WAITING, _free(now), _first)
        .order_by(outbox.c.next_at)
        .limit(1)
        for platform in sorted(platforms)
    ]
    found = [connection.scalar(first) for first in firsts]
    return min((at for at in found if at is not None), default=None)


def claim_outbox(
    connection: Connection, platform: str, now: datetime, limit: int, lease: timedelta
) -> tuple[Outgoing, ...]:
    """Posts to be sent, the oldest first and of each target only the first.

    Where a lease has run out its holder may have sent the post: that counts as an attempt.
    """
    ready = and_(outbox.c.platform == platform, _WAITING, outbox.c.next_at <= now)
    picked = (
        select(outbox.c.number)
        .where(ready, _free(now), _first)
        .order_by(outbox.c.number)
        .limit(limit)
        .with_for_update(skip_locked=True, of=outbox)
        .cte("picked")
    )
    again = cast(outbox.c.held_until.is_not(None), Integer)
    taken = (
        _everybodys(update(outbox))
        .where(outbox.c.number.in_(select(picked.c.number)))
        .values(held_until=now + lease, tries=outbox.c.tries + again)
        .returning(outbox)
    )
    rows = connection.execute(taken).mappings().all()
    return tuple(values.outgoing(row) for row in sorted(rows, key=lambda row: row["number"]))


def sent(connection: Connection, outgoing: str, message: Message) -> None:
    """What was sent is not needed again, only which message it became."""
    done = {"state": "sent", "message": values.written(message), "post": "", "why": ""}
    _close(connection, outgoing, done | {"held_until": None})


def unsent(
    connection: Connection, outgoing: str, again: datetime | None, why: str, counted: int
) -> None:
    """What could not be sent is freed for its next attempt, or given up."""
    tries = {"tries": outbox.c.tries + counted, "held_until": None, "why": why}
    if again is None:
        _close(connection, outgoing, tries | {"state": "failed", "post": ""})
    else:
        _close(connection, outgoing, tries | {"next_at": again})


def free(connection: Connection) -> None:
    """Give back what a process held that is dead for certain.

    It may have sent those posts: that counts as an attempt at each.
    """
    held = and_(_WAITING, outbox.c.held_until.is_not(None))
    tried = {"held_until": None, "tries": outbox.c.tries + 1}
    connection.execute(_everybodys(update(outbox)).where(held).values(tried))


def sweep(connection: Connection, before: datetime) -> int:
    """Delete kept replies and finished posts older than that; how many.

    A platform delivers an event again for at most 25 hours (Slack's delayed events).
    """
    old = and_(outbox.c.next_at < before, literal_column("outbox.state != 'waiting'"))
    replies = connection.execute(_everybodys(delete(inbox)).where(inbox.c.at < before))
    posts = connection.execute(_everybodys(delete(outbox)).where(old))
    return replies.rowcount + posts.rowcount


def _everybodys(statement: Any) -> Any:
    return statement.prefix_with(EVERYBODY)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.held_until.is_(None), outbox.c.held_until <= now)


def _close(connection: Connection, outgoing: str, done: dict[str, Any]) -> None:
    one = update(outbox).where(outbox.c.dedupe == outgoing).values(done).prefix_with(EVERYBODY)
    connection.execute(one)

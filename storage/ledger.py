"""What communities have, looked at as a whole: that it can be read, and that it fits together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from msgspec import MsgspecError
from sqlalchemy import Connection, Select, Table, and_, exists, select

from storage import shared_values as stored
from storage.instant import text
from storage.shared_schema import (
    alias,
    appeal,
    challenge,
    daily,
    game,
    place_rules,
    posting,
    proposal,
)
from storage.values import Fields
from storage.wall import EVERYBODY

_READ: dict[Table, tuple[Callable[[Mapping[Any, Any]], Any], Callable[[Any], Fields] | None]] = {
    place_rules: (stored.place_rules, None),
    challenge: (stored.challenge, stored.challenge_row),
    daily: (stored.daily, stored.daily_row),
    posting: (stored.posting, stored.posting_row),
    game: (stored.game, stored.game_row),
    proposal: (stored.proposal, stored.proposal_row),
    appeal: (stored.appeal, stored.appeal_row),
    alias: (stored.alias, stored.alias_row),
}
_held = exists().where(
    challenge.c.id == daily.c.challenge, challenge.c.community == daily.c.community
)
_asked = exists().where(
    daily.c.id == posting.c.daily,
    and_(*(daily.c[name] == posting.c[name] for name in ("challenge", "day", "community"))),
)
_LOST: dict[str, Select[Any]] = {
    "daily {0} is of no challenge": select(daily.c.id).where(~_held),
    "what was posted in {0} on {1} is of no daily": select(posting.c.place, posting.c.day).where(
        ~_asked
    ),
}


def faults(connection: Connection, limit: int) -> list[str]:
    """A sentence for each row that cannot be read, contradicts itself or is lost, up to a limit."""
    return list(islice(_all(connection), limit))


def _all(connection: Connection) -> Iterator[str]:
    for table in _READ:
        for row in connection.execute(select(table).prefix_with(EVERYBODY)).mappings():
            if fault := _fault(table, row):
                yield f"{table.name} {' '.join(str(row[key]) for key in table.primary_key)} {fault}"
    for words, lost in _LOST.items():
        for keys in connection.execute(lost.prefix_with(EVERYBODY)):
            yield words.format(*keys)


def _fault(table: Table, row: Mapping[Any, Any]) -> str:
    make, back = _READ[table]
    try:
        value = make(row)
    except (MsgspecError, ValueError, TypeError) as error:
        return f"cannot be read ({error})"
    wrong = _differing(row, back(value)) if back else []
    return f"contradicts itself in {', '.join(wrong)}" if wrong else ""


def _differing(row: Mapping[Any, Any], due: Fields) -> list[str]:
    """The columns that do not say what the value says."""
    return [name for name, said in due.items() if _said(row[name]) != _said(said)]


def _said(value: Any) -> Any:
    """Moments and dates as text; JSON without what an older program did not know of."""
    if isinstance(value, datetime):
        return text(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, str) and value.startswith("{") else value

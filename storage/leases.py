"""Due work that is claimed for a while, by any number of processes.

PostgreSQL keeps a lease in the row. A SQLite file has one process, so its leases are that
process's own: claiming writes nothing, and they end with it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy import text as textual

from bot.store.rows import Due
from storage.driver import rows
from storage.instant import moment
from storage.prepared import Prepared
from storage.wall import EVERYBODY

_Rows = list[tuple[Any, ...]]
_Key = tuple[Any, ...]  # the time and the id of a row

_ORDER = itemgetter(1, 0)
_PAGE = 500  # rows read at once where only the first is looked for
_BEGINNING: _Key = (datetime.min.replace(tzinfo=UTC), "")
_END = datetime.max.replace(tzinfo=UTC)

_COLUMNS = ("id", "at", "kind", "person", "external", "within", "community", "place", "data")
_ROW = ", ".join(f"due.{name}" for name in _COLUMNS)
_AFTER = "(due.at, due.id) > (:given_at, :given_id) AND due.at <= :given_before"
_FREE = "(due.held_until IS NULL OR due.held_until <= :given_now)"
_TIMES = f"""
FROM due WHERE {_AFTER} ORDER BY due.at, due.id LIMIT :given_limit
"""
READ = f"SELECT {EVERYBODY} {_ROW} {_TIMES}"
LOOK = f"SELECT {EVERYBODY} due.id, due.at {_TIMES}"
CLAIM = f"""
WITH picked AS (
    SELECT {EVERYBODY} due.id FROM due WHERE {_AFTER} AND {_FREE}
    ORDER BY due.at, due.id LIMIT :given_limit FOR UPDATE SKIP LOCKED
)
UPDATE due SET held_until = :given_until FROM picked WHERE due.id = picked.id
RETURNING {_ROW}
"""  # noqa: S608
FIRST = f"SELECT {EVERYBODY} due.at FROM due WHERE {_FREE} ORDER BY due.at LIMIT 1"  # noqa: S608


class Leases:
    """What one process has claimed.

    Where the last claim ended the next one goes on, so that what is held is not looked at again
    and again; only who finds less than they ask for looks from the beginning.
    """

    def __init__(self) -> None:
        self._last: _Key = _BEGINNING
        self._held: dict[int, datetime] = {}  # until when, by the hash of id and time (SQLite)

    def claim(
        self, connection: Connection, now: datetime, limit: int, lease: timedelta
    ) -> tuple[Due, ...]:
        """Due rows that nobody holds, the earliest first, held until `now + lease`."""
        take = self._take if connection.dialect.name == "sqlite" else self._lock
        found = take(connection, now, limit, now + lease)
        if len(found) < limit and self._last != _BEGINNING:
            self._last = _BEGINNING
            found += take(connection, now, limit - len(found), now + lease)
        self._last = found[-1][1::-1] if found and len(found) == limit else _BEGINNING
        return tuple(map(_due, sorted(found, key=_ORDER)))

    def next(self, connection: Connection, now: datetime) -> datetime | None:
        """The earliest time of a row that nobody holds."""
        if connection.dialect.name == "sqlite":
            first = self._read(connection, LOOK, self._skipped(connection, now, _END), _END, 1)
            return moment(first[0][1]) if first else None
        first = rows(connection, _statements(connection.dialect)[FIRST], now=now)
        return moment(first[0][0]) if first else None

    def _lock(self, connection: Connection, now: datetime, limit: int, until: datetime) -> _Rows:
        statement = _statements(connection.dialect)[CLAIM]
        at, last = self._last
        given = {"at": at, "id": last, "before": now, "now": now, "limit": limit, "until": until}
        return sorted(rows(connection, statement, **given), key=_ORDER)

    def _take(self, connection: Connection, now: datetime, limit: int, until: datetime) -> _Rows:
        after = self._last
        if after == _BEGINNING and self._held:
            self._held = {key: held for key, held in self._held.items() if held > now}
            after = self._skipped(connection, now, now)
        found: _Rows = []
        while True:
            read = self._read(connection, READ, after, now, limit)
            found += [row for row in read if self._free(row, now)][: limit - len(found)]
            if len(found) == limit or len(read) < limit:
                self._held.update((hash(row[:2]), until) for row in found)
                return found
            after = read[-1][1::-1]

    def _skipped(self, connection: Connection, now: datetime, before: datetime) -> _Key:
        """Where the rows that are held from the beginning on end."""
        after = _BEGINNING
        while True:
            read = self._read(connection, LOOK, after, before, _PAGE)
            for row in read:
                if self._free(row, now):
                    return after
                after = row[1::-1]
            if len(read) < _PAGE:
                return after

    def _free(self, row: tuple[Any, ...], now: datetime) -> bool:
        """Whether it is not held (SQLite); with a new time it is other work."""
        until = self._held.get(hash(row[:2]))
        return until is None or until <= now

    @staticmethod
    def _read(connection: Connection, sql: str, after: _Key, before: datetime, limit: int) -> _Rows:
        statement = _statements(connection.dialect)[sql]
        return rows(connection, statement, at=after[0], id=after[1], before=before, limit=limit)


def _due(row: tuple[Any, ...]) -> Due:
    due_id, at, kind, person, external, within, community, place, data = row
    return Due(
        id=due_id,
        at=moment(at),
        kind=kind,
        person=person,
        external=external,
        within=within,
        community=community,
        place=place,
        data=data.encode(),
    )


@lru_cache(maxsize=8)
def _statements(dialect: Dialect) -> dict[str, Prepared]:
    return {each: Prepared(textual(each), dialect) for each in (READ, LOOK, CLAIM, FIRST)}

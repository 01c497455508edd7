"""Calibrating questions by the answers to them, each answer once, in the order of commits.

The order is that of (transaction, number). On PostgreSQL a number that is drawn early may be
committed late, so answers wait until every transaction before theirs has ended; on SQLite, which
has one writer, all transactions are 0 and the numbers are the order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, text

from bot.learning.items import Params
from bot.store.protocol import Fold
from storage import values
from storage.wall import EVERYBODY

_Key = tuple[str, str, str]
_Cursor = tuple[int, int]

_BEGIN = text(
    "INSERT INTO applied (name, tx, number) VALUES ('answered', 0, 0) ON CONFLICT DO NOTHING"
)
_STANDS = f"SELECT {EVERYBODY} tx, number FROM applied WHERE name = 'answered'"  # noqa: S608 ours
_LOCKED = f"{_STANDS} FOR UPDATE SKIP LOCKED"
_MOVE = text(
    f"UPDATE {EVERYBODY} applied SET tx = :tx, number = :number WHERE name = 'answered'"  # noqa: S608 ours
)
_ENDED = " AND answered.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_NEXT = """
SELECT {everybody} answered.tx, answered.number, log.*
FROM answered JOIN log ON log.person = answered.person AND log.seq = answered.seq
WHERE (answered.tx, answered.number) > (:tx, :number){ended}
ORDER BY answered.tx, answered.number LIMIT :limit
"""
# a restored server counts its transactions anew, below those that were counted elsewhere
_RESTORED = text("SELECT pg_current_xact_id()::text::bigint < :tx")
_AGAIN = text(f"UPDATE {EVERYBODY} answered SET tx = 0 WHERE tx > 0")  # noqa: S608 ours
_READ = text(
    f"SELECT {EVERYBODY} params FROM calibration"  # noqa: S608 ours
    " WHERE owner = :owner AND item = :item AND hash = :hash"
)
_WRITE = text(
    f"INSERT {EVERYBODY} INTO calibration (owner, item, hash, suspect, params)"  # noqa: S608 ours
    " VALUES (:owner, :item, :hash, :suspect, :params)"
    " ON CONFLICT (owner, item, hash)"
    " DO UPDATE SET suspect = excluded.suspect, params = excluded.params"
)


def calibrate(connection: Connection, fold: Fold, limit: int) -> int:
    """Apply the next answers, `limit` at most; how many. 0 too while another process is at it."""
    postgres = connection.dialect.name == "postgresql"
    connection.execute(_BEGIN)
    stands = connection.execute(text(_LOCKED if postgres else _STANDS)).one_or_none()
    if stands is None:
        return 0
    cursor: _Cursor = (stands[0], stands[1])
    if postgres and cursor[0] and connection.scalar(_RESTORED, {"tx": cursor[0]}):
        connection.execute(_AGAIN)
        cursor = (0, cursor[1])
    rows = _rows(connection, cursor, limit, ended=_ENDED if postgres else "")
    _save(connection, _folded(connection, rows, fold))
    if rows:
        cursor = (rows[-1]["tx"], rows[-1]["number"])
    connection.execute(_MOVE, {"tx": cursor[0], "number": cursor[1]})
    return len(rows)


def _rows(connection: Connection, cursor: _Cursor, limit: int, ended: str) -> Any:
    sql = _NEXT.format(everybody=EVERYBODY, ended=ended)
    given = {"tx": cursor[0], "number": cursor[1], "limit": limit}
    return connection.execute(text(sql), given).mappings().all()


def _key(row: Any) -> _Key:
    return (row["owner"], row["item"], row["hash"])


def _folded(
    connection: Connection, rows: Iterable[Any], fold: Fold
) -> dict[_Key, tuple[Params, bool]]:
    held: dict[_Key, Params | None] = {}
    made: dict[_Key, tuple[Params, bool]] = {}
    for row in rows:
        key = _key(row)
        if None in key:
            continue
        if key not in held:
            held[key] = _read(connection, key)
        folded = fold(held[key], values.log(row))
        if folded is not None:
            held[key], made[key] = folded[0], folded
    return made


def _read(connection: Connection, key: _Key) -> Params | None:
    given = dict(zip(("owner", "item", "hash"), key, strict=True))
    found = connection.scalar(_READ, given)
    return None if found is None else values.params(found)


def _save(connection: Connection, made: dict[_Key, tuple[Params, bool]]) -> None:
    for (owner, item, content), (params, suspect) in sorted(made.items(), key=lambda one: one[0]):
        connection.execute(
            _WRITE,
            {
                "owner": owner,
                "item": item,
                "hash": content,
                "suspect": suspect,
                "params": values.written(params),
            },
        )

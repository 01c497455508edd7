"""The wall between tenants, as a check of every statement that reaches a driver."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, Pool, event

from storage.schema import metadata

CURSOR = "cursor"  # in a connection's info: what runs a press's statements on PostgreSQL
EVERYBODY = "/* everybody */"  # begins the few statements that are nobody's own: claims, sweeping

# What names whose a row is, by table: one of these must be compared or inserted.
_OWN = {
    "person": ("id",),
    "external": ("id", "person"),
    "community": ("id", "external"),
    "question": ("owner",),
    "calibration": ("owner",),
    "applied": ("name",),
}
_NO_ONES = {"alembic_version"}
_TABLES = "|".join(metadata.tables)
_USED = re.compile(
    rf"\b(?:FROM|JOIN|INTO|UPDATE|USING)\s+({_TABLES})\b(?:\s+AS\s+(\w+))?", re.IGNORECASE
)


class Breach(Exception):
    """A statement that could touch rows of somebody else."""


def owners(table: str) -> tuple[str, ...]:
    """The columns of which a statement on this table must name one."""
    columns = metadata.tables[table].columns
    return _OWN.get(table) or tuple(n for n in ("community", "person") if n in columns)


@lru_cache(maxsize=1024)
def breach(sql: str) -> str:
    """The table that this statement does not bind to an owner; '' if there is none."""
    if EVERYBODY in sql:
        return ""
    for table, alias in _USED.findall(sql):
        if table not in _NO_ONES and not _bound(sql, table, alias or table):
            return str(table)
    return ""


def _bound(sql: str, table: str, name: str) -> bool:
    columns = "|".join(owners(table))
    compared = rf"\b{name}\.({columns})\s*(=|IN\b)|=\s*{name}\.({columns})\b"
    inserted = rf"\bINTO\s+{table}\s*\([^)]*\b({columns})\b"
    return bool(re.search(compared, sql) or re.search(inserted, sql))


@contextmanager
def guarding() -> Iterator[None]:
    """Check every statement of every engine that connects meanwhile; a bad one raises Breach."""
    listeners = (
        (Engine, "before_cursor_execute", _before),
        # a press goes past SQLAlchemy, straight to the driver
        (Engine, "do_connect", _guarded_file),
        (Pool, "connect", _guarded_cursors),
    )
    for listener in listeners:
        event.listen(*listener)
    try:
        yield
    finally:
        for listener in listeners:
            event.remove(*listener)


def _before(*given: Any) -> None:
    _check(given[2])


def _guarded_file(dialect: Any, _record: Any, _args: Any, params: dict[str, Any]) -> None:
    if dialect.name == "sqlite":
        params["factory"] = _guarded(sqlite3.Connection)


def _guarded_cursors(connection: Any, record: Any) -> None:
    if hasattr(connection, "cursor_factory"):
        from psycopg import RawCursor  # noqa: PLC0415 only where it is spoken

        record.info[CURSOR] = _guarded(RawCursor)


def _guarded(driver: type[Any]) -> type[Any]:
    """The driver's class that runs statements, with the check before each."""

    class Guarded(driver):  # type: ignore[misc]
        def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            _check(query)
            return super().execute(query, *args, **kwargs)

        def executemany(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            _check(query)
            return super().executemany(query, *args, **kwargs)

    return Guarded


def _check(query: Any) -> None:
    sql = query.decode() if isinstance(query, bytes) else str(query)
    if table := breach(sql):
        raise Breach(f"{table} without its owner: {sql}")

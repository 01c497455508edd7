"""Prepared statements on the driver of a connection: SQLAlchemy would cost more than they do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.instant import text
from storage.prepared import Prepared
from storage.wall import CURSOR


def rows(connection: Connection, statement: Prepared, **given: Any) -> list[tuple[Any, ...]]:
    """What the statement gives for these fields; moments come as the driver has them."""
    fairy = connection.connection
    raw: Any = fairy.driver_connection
    values = [given[name] for name in statement.names]
    if connection.dialect.name == "sqlite":
        plain = [text(value) if isinstance(value, datetime) else value for value in values]
        cursor: Any = raw.execute(statement.sql, plain)
    else:
        from psycopg import RawCursor  # noqa: PLC0415 only where it is spoken

        cursor = fairy.info.get(CURSOR, RawCursor)(raw)
        cursor.execute(statement.text, values)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found

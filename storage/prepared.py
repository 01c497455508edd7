"""Core statements compiled once, to be handed to a driver as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Dialect, bindparam
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import BindParameter

_FIELD = re.compile(r"%\((?:given_)?(\w+)\)s|:given_(\w+)")


def key(name: str) -> BindParameter[Any]:
    """A field of the row that the statement is given; SQLAlchemy keeps bare names to itself."""
    return bindparam(f"given_{name}")


class Prepared:
    """SQL text for rows of these fields: costs neither construction nor caching when it runs.

    SQLite takes all fields in their order (`?2` is the second); PostgreSQL takes those that it
    uses, `names`, as `$1`, `$2` of a psycopg RawCursor, which looks at the text no more.
    """

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, fields: Sequence[str] = ()
    ) -> None:
        kind: Any = type(dialect)
        spoken = kind(paramstyle="named") if dialect.name == "sqlite" else dialect
        order = {name: n for n, name in enumerate(fields, 1)} if dialect.name == "sqlite" else {}

        def numbered(found: re.Match[str]) -> str:
            name = found[1] or found[2]
            sign = "$" if found[1] else "?"
            return f"{sign}{order.setdefault(name, len(order) + 1)}"

        self.sql = _FIELD.sub(numbered, str(statement.compile(dialect=spoken)))
        self.text = self.sql.encode()
        self.names = tuple(order)

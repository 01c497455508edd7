"""Core statements compiled once, to be handed to a driver as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Dialect, bindparam
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import BindParameter

_FIELD = re.compile(r"%\(given_(\w+)\)s|:given_(\w+)")


def key(name: str) -> BindParameter[Any]:
    """A field of the row that the statement is given; SQLAlchemy keeps bare names to itself."""
    return bindparam(f"given_{name}")


class Prepared:
    """SQL text for rows of these fields: costs neither construction nor caching when it runs.

    SQLite takes the fields in their order (`?2`), psycopg by name (`%(seq)s`).
    """

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, fields: Sequence[str] = ()
    ) -> None:
        kind: Any = type(dialect)
        spoken = kind(paramstyle="named") if dialect.name == "sqlite" else dialect
        compiled = str(statement.compile(dialect=spoken))
        number = {name: n for n, name in enumerate(fields, 1)}

        def field(found: re.Match[str]) -> str:
            named, numbered = found.groups()
            return f"%({named})s" if named else f"?{number[numbered]}"

        self.sql = _FIELD.sub(field, compiled)
        self.text = self.sql.encode()  # psycopg takes bytes without looking at them

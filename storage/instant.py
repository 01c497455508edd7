"""The column type of a moment: always aware, always UTC, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.types import TIMESTAMP, String, TypeDecorator, TypeEngine

WIDTH = 32  # 2026-11-25T04:00:00.000000+00:00


class Instant(TypeDecorator[datetime]):
    """A moment with microseconds.

    TIMESTAMPTZ on PostgreSQL; text of one width on SQLite, so that order of text is order of time.
    """

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(WIDTH))
        return dialect.type_descriptor(TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        return text(value) if dialect.name == "sqlite" else aware(value)

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else moment(value)


def aware(value: datetime) -> datetime:
    """In UTC; raises ValueError for a naive datetime."""
    if value.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {value!r}")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def text(value: datetime) -> str:
    """How SQLite keeps it, and PostgreSQL reads it; raises ValueError for a naive datetime."""
    return aware(value).isoformat(timespec="microseconds")


def moment(value: object) -> datetime:
    """What a driver gave, as UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    raise TypeError(value)

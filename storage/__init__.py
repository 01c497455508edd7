"""The database: `open_store` is the way in, `storage.errors` says what can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.engine import Database


def open_store(
    url: str, *, clock: Callable[[], datetime], ids: Callable[[], str], zone: str = "UTC"
) -> Database:
    """As `storage.engine.open_store`; SQLAlchemy loads only when it is called."""
    from storage import engine  # noqa: PLC0415

    return engine.open_store(url, clock=clock, ids=ids, zone=zone)

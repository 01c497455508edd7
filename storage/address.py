"""What people write to say which database: a path, or a URL of either kind."""

from __future__ import annotations

from pathlib import Path

from storage.errors import Unusable

_SQLITE, _POSTGRES = "sqlite:///", ("postgresql://", "postgresql+psycopg://", "postgres://")


def sqlite_path(url: str) -> Path | None:
    """The file of a path or of `sqlite:///...`; None for PostgreSQL.

    Raises Unusable for anything else.
    """
    if url.startswith(_POSTGRES):
        return None
    if url.startswith(_SQLITE):
        url = url.removeprefix(_SQLITE)
    elif "://" in url:
        raise Unusable(f"{url.partition(':')[0]} is not supported: use SQLite or PostgreSQL.")
    if not url or url == ":memory:":
        raise Unusable("Name a file for the database.")
    return Path(url).expanduser()


def postgres_url(url: str) -> str:
    """With the one driver we use."""
    return "postgresql+psycopg://" + url.partition("://")[2]

"""A look at a database from the command line, also while a bot runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from storage import version
from storage.address import postgres_url, sqlite_path
from storage.errors import Unusable


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection that changes nothing; raises Unusable."""
    path = sqlite_path(url)
    if path is None:
        from storage.postgres import engine_of as server  # noqa: PLC0415 each database's alone

        engine = server(postgres_url(url))
    else:
        from storage.sqlite import engine_of as file  # noqa: PLC0415

        if not path.is_file():
            raise Unusable(f"{path} does not exist yet: sparring db upgrade makes it.")
        engine = file(path, read_only=True)
    try:
        with engine.connect() as connection:
            if not version.at_head(connection):
                raise Unusable("The database is not at the newest schema: sparring db upgrade.")
            yield connection
    finally:
        engine.dispose()

"""Appeals and accepted answers of all communities, for the operator; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct
from sqlalchemy import Connection, select

from bot.store.community import Alias, Appeal
from storage import privacy, version
from storage import shared_values as stored
from storage.address import postgres_url, sqlite_path
from storage.errors import Unusable
from storage.schema import community
from storage.shared_schema import alias, appeal
from storage.wall import EVERYBODY


class Filed(Struct, frozen=True):
    """An appeal, and the external id of its community, '' for a direct conversation."""

    appeal: Appeal
    within: str


def filed(url: str) -> tuple[Filed, ...]:
    """Every appeal, the oldest first; raises Unusable."""
    rows = (
        select(appeal, community.c.external.label("within"))
        .prefix_with(EVERYBODY)
        .join(community, community.c.id == appeal.c.community)
        .order_by(appeal.c.at, appeal.c.id)
    )
    with _reading(url) as connection:
        return tuple(
            Filed(
                stored.appeal(row),
                "" if row["within"] == privacy.personal(row["person"]) else row["within"],
            )
            for row in connection.execute(rows).mappings()
        )


def accepted(url: str) -> tuple[Alias, ...]:
    """Every answer that some community accepts besides; raises Unusable."""
    rows = select(alias).prefix_with(EVERYBODY).order_by(alias.c.at, alias.c.form)
    with _reading(url) as connection:
        return tuple(stored.alias(row) for row in connection.execute(rows).mappings())


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    """A connection that also reads while a bot runs."""
    path = sqlite_path(url)
    if path is None:
        from storage.postgres import engine_of as server  # noqa: PLC0415 each database's alone

        engine = server(postgres_url(url))
    else:
        from storage.sqlite import engine_of as file  # noqa: PLC0415

        if not path.is_file():
            raise Unusable(f"{path} does not exist.")
        engine = file(path, read_only=True)
    try:
        with engine.connect() as connection:
            if not version.at_head(connection):
                raise Unusable("The database is not at the newest schema: sparring db upgrade.")
            yield connection
    finally:
        engine.dispose()

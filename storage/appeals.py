"""Appeals and accepted answers of all communities, for the operator; nothing is changed."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from bot.store.community import Alias, Appeal
from storage import privacy
from storage import shared_values as stored
from storage.beside import reading
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
    with reading(url) as connection:
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
    with reading(url) as connection:
        return tuple(stored.alias(row) for row in connection.execute(rows).mappings())

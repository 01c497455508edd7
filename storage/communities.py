"""Every community there is, for the operator; nothing is changed."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select

from storage import privacy
from storage.beside import reading
from storage.schema import community, external
from storage.wall import EVERYBODY


class Home(Struct, frozen=True):
    """A community by its external id, or somebody's direct conversations by theirs."""

    community: str = ""
    person: str = ""


def homes(url: str) -> tuple[Home, ...]:
    """All of them; raises Unusable."""
    people = (
        select(external.c.person, func.min(external.c.id).label("id"))
        .prefix_with(EVERYBODY)
        .group_by(external.c.person)
    )
    every = select(community.c.id, community.c.external).prefix_with(EVERYBODY)
    with reading(url) as connection:
        known = {privacy.personal(row.person): row.id for row in connection.execute(people)}
        rows = connection.execute(every.order_by(community.c.id)).all()
    alone = (Home(person=known[row.id]) for row in rows if row.id in known)
    return (*(Home(community=row.external) for row in rows if row.id != row.external), *alone)

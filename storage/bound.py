"""What every look and transaction stands on: whom and what it is bound to, and its connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, RowMapping

from bot.chat.events import Origin
from bot.store.rows import Community, Member, Person
from storage import privacy, values
from storage.reads import Found


class Arrival(NamedTuple):
    """What somebody or something seen for the first time is given."""

    ids: Callable[[], str]
    now: datetime
    zone: str = "UTC"  # of a community until it sets its own


class Bound:
    """Bound to a person and a community; an origin without a person is the bot's own work."""

    locks = False  # whether what may be changed is locked when it is read

    def __init__(
        self, origin: Origin, found: Found, arrival: Arrival, connection: Callable[[], Connection]
    ) -> None:
        if not (origin.person or origin.community):
            raise ValueError(f"nobody's work in no community: {origin.key}")
        self.origin = origin
        self._found, self._connection = found, connection
        self.person = self._person(arrival)
        self.community = self._community(arrival)
        known = found.member
        self.member = values.member(known) if known else Member(name=origin.name)

    def _person(self, arrival: Arrival) -> Person:
        if not self.origin.person:
            return Person(id="", external="", since=arrival.now)
        if self._found.person is not None:
            return values.person(self._found.person, self.origin.person)
        return Person(id=arrival.ids(), external=self.origin.person, since=arrival.now)

    def _community(self, arrival: Arrival) -> Community:
        if self._found.community is not None:
            return values.community(self._found.community)
        if not self.origin.community:
            return Community(id=privacy.personal(self.person.id), zone=arrival.zone)
        return Community(id=arrival.ids(), external=self.origin.community, zone=arrival.zone)

    def _ask(self, statement: Executable, **params: Any) -> Sequence[Any]:
        return self._connection().execute(statement, params).all()

    def _named_rows(self, statement: Executable, **params: Any) -> Sequence[RowMapping]:
        return self._connection().execute(statement, params).mappings().all()

    @property
    def _mine(self) -> dict[str, str]:
        return {"person": self.person.id, "community": self.community.id}

    def _only(self, mine: bool, what: str) -> None:  # noqa: FBT001 an assertion's condition
        if not mine:
            raise ValueError(f"a transaction of {self.person.id or 'nobody'} was to write {what}")

"""What a handler can read: what was read about its press, and a few questions more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, RowMapping, Select

from bot.chat.events import Origin
from bot.store.rows import Board, Community, DayCount, LogRow, Member, Memory, Person, Quiz
from questions.model import Item, Ref
from storage import boards, privacy, reads, values
from storage.reads import Found


class Arrival(NamedTuple):
    """What somebody or something seen for the first time is given."""

    ids: Callable[[], str]
    now: datetime
    zone: str = "UTC"  # of a community until it sets its own


class Look:
    """The reading half of `bot.store.protocol.Tx`."""

    locks = False

    def __init__(
        self, origin: Origin, found: Found, arrival: Arrival, connection: Callable[[], Connection]
    ) -> None:
        self.origin = origin
        self._found, self._connection = found, connection
        self._named = None if found.quiz is None else values.quiz(found.quiz)
        self._quizzes = {} if self._named is None else {self._named.id: self._named}
        self.person = self._person(arrival)
        self.community = self._community(arrival)
        known = found.member
        self.member = values.member(known) if known else Member(name=origin.name)

    def _person(self, arrival: Arrival) -> Person:
        if self._found.person is not None:
            return values.person(self._found.person, self.origin.person)
        return Person(id=arrival.ids(), external=self.origin.person, since=arrival.now)

    def _community(self, arrival: Arrival) -> Community:
        if self._found.community is not None:
            return values.community(self._found.community)
        if not self.origin.community:
            return Community(id=privacy.personal(self.person.id), zone=arrival.zone)
        return Community(id=arrival.ids(), external=self.origin.community, zone=arrival.zone)

    def _ask(self, statement: Select[Any], **params: Any) -> Sequence[Row[Any]]:
        return self._connection().execute(statement, params).all()

    def _named_rows(self, statement: Select[Any], **params: Any) -> Sequence[RowMapping]:
        return self._connection().execute(statement, params).mappings().all()

    @property
    def _mine(self) -> dict[str, str]:
        return {"person": self.person.id, "community": self.community.id}

    def quiz(self, quiz_id: str) -> Quiz | None:
        if quiz_id in self._quizzes:
            return self._quizzes[quiz_id]
        statement = reads.QUIZ_LOCKED if self.locks else reads.QUIZ
        return self._kept(self._ask(statement, quiz=quiz_id, **self._mine))

    def open_quiz(self) -> Quiz | None:
        statement = reads.OPEN_QUIZ_LOCKED if self.locks else reads.OPEN_QUIZ
        return self._kept(self._ask(statement, **self._mine))

    def _kept(self, rows: Sequence[Row[Any]]) -> Quiz | None:
        if not rows:
            return None
        quiz = values.quiz(rows[0][0])
        return self._quizzes.setdefault(quiz.id, quiz)

    def item(self, ref: Ref) -> Item | None:
        rows = self._ask(reads.ITEM, owner=ref.owner, item=ref.id, hash=ref.hash, seed=ref.seed)
        return values.item(rows[0][0]) if rows else None

    def answer_of(self, instance: str) -> LogRow | None:
        rows = self._named_rows(reads.ANSWER_OF, instance=instance, person=self.person.id)
        return values.log(rows[0]) if rows else None

    def memory(self, item: str, owner: str = "") -> Memory | None:
        named = self._named
        current = named.asked[named.at].ref if named and named.at < len(named.asked) else None
        if current and (current.owner, current.id) == (owner, item):
            return values.memory(self._found.memory) if self._found.memory else None
        return self._memories([item], owner).get(item)

    def memories(self, items: Collection[str]) -> Mapping[str, Memory]:
        return self._memories(list(items), "")

    def _memories(self, items: list[str], owner: str) -> dict[str, Memory]:
        rows = self._named_rows(reads.MEMORIES, person=self.person.id, owner=owner, items=items)
        return {row["item"]: values.memory(row) for row in rows}

    def due(self, before: datetime, areas: Collection[str], limit: int) -> tuple[Memory, ...]:
        wanted = {"all": not areas, "areas": list(areas)}
        asked = {"person": self.person.id, "before": before, "limit": limit}
        return tuple(values.memory(row) for row in self._named_rows(reads.DUE, **asked, **wanted))

    def due_count(self, before: datetime) -> int:
        count: int = self._ask(reads.DUE_COUNT, person=self.person.id, before=before)[0][0]
        return count

    def next_due(self, after: datetime) -> datetime | None:
        first: datetime | None = self._ask(reads.NEXT_DUE, person=self.person.id, after=after)[0][0]
        return first

    def days(self, since: date) -> tuple[DayCount, ...]:
        rows = self._ask(reads.DAYS, person=self.person.id, since=since)
        return tuple(DayCount(*row) for row in map(tuple, rows))

    def board(self, scope: str, period: str, limit: int) -> Board:
        who = (self.community.id, self.person.id, self.member)
        return boards.board(self._ask, *who, scope, period, limit)

    def log(self, after: int = 0, limit: int = 1_000_000) -> tuple[LogRow, ...]:
        rows = self._named_rows(reads.LOG, person=self.person.id, after=after, limit=limit)
        return tuple(values.log(row) for row in rows)

    def export(self) -> dict[str, list[dict[str, Any]]]:
        return privacy.export(self._connection(), self.person.id)

"""What a handler can read: what was read about its press, and a few questions more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from bot.chat.events import Origin
from bot.learning.items import Params
from bot.store.candidates import Candidates
from bot.store.rows import LogRow, Memory, Quiz
from bot.store.scores import Board, DayCount
from questions.model import Item, Ref
from storage import boards, candidates, privacy, reads, values
from storage.boards import Asker
from storage.bound import Arrival
from storage.reads import Found
from storage.shared_looking import SharedLook


class Look(SharedLook):
    """The reading half of `bot.store.protocol.Tx`."""

    def __init__(
        self, origin: Origin, found: Found, arrival: Arrival, connection: Callable[[], Connection]
    ) -> None:
        super().__init__(origin, found, arrival, connection)
        self._named = None if found.quiz is None else values.quiz(found.quiz)
        self._quizzes = {} if self._named is None else {self._named.id: self._named}

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

    def correction_of(self, instance: str) -> LogRow | None:
        rows = self._named_rows(reads.CORRECTION_OF, instance=instance, person=self.person.id)
        return values.log(rows[0]) if rows else None

    def memory(self, item: str, owner: str = "") -> Memory | None:
        named = self._named
        current = named.asked[named.at].ref if named and named.at < len(named.asked) else None
        if current and (current.owner, current.id) == (owner, item):
            return values.memory(self._found.memory) if self._found.memory else None
        return self._memories([item], owner).get(item)

    def memories(self, items: Collection[str], owner: str = "") -> Mapping[str, Memory]:
        return self._memories(list(items), owner)

    def _memories(self, items: list[str], owner: str) -> dict[str, Memory]:
        rows = self._named_rows(reads.MEMORIES, person=self.person.id, owner=owner, items=items)
        return {row["item"]: values.memory(row) for row in rows}

    def candidates(self, refs: Collection[Ref], since: datetime) -> Candidates:
        met: set[tuple[str, str]] = set()
        made: dict[tuple[str, str], Params] = {}
        for owner in {ref.owner for ref in refs}:
            own = [ref for ref in refs if ref.owner == owner]
            names = [ref.id for ref in own]
            found = candidates.known(self._connection(), self.person.id, owner, names, since)
            met |= {(owner, item) for item in found.met}
            for ref in own if found.calibrated else ():
                params = found.calibrated.get((ref.id, ref.hash))
                if params is not None:
                    made[owner, ref.id] = params
        return Candidates(frozenset(met), made)

    def calibrated(self, ref: Ref) -> Params | None:
        return candidates.calibrated(self._connection(), ref)

    def suspects(self, limit: int) -> tuple[tuple[Ref, Params], ...]:
        rows = self._named_rows(reads.SUSPECTS, community=self.community.id, limit=limit)
        return tuple(
            (Ref(row["owner"], row["item"], row["hash"]), values.params(row["params"]))
            for row in rows
        )

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
        asker = Asker(self.community.id, scope, period, self.person.id, self.member.name)
        return boards.board(self._connection(), asker, limit)

    def log(self, after: int = 0, limit: int = 1_000_000) -> tuple[LogRow, ...]:
        rows = self._named_rows(reads.LOG, person=self.person.id, after=after, limit=limit)
        return tuple(values.log(row) for row in rows)

    def export(self) -> dict[str, list[dict[str, Any]]]:
        if not self.person.id:
            raise ValueError("nobody has nothing to be exported")
        return privacy.export(self._connection(), self.person.id)

"""The runners of queries and patterns: an answer, the solution and the known wrong ones, jailed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from bot.chat.cards import Job
from bot.chat.events import Value
from bot.features.quiz.jailed import ANSWER, CROWDED, RAN
from questions.model import Body, Regex, Sql

if TYPE_CHECKING:
    from bot.grading.regex import Matches, Tried
    from bot.grading.sql import Outcome, Ran

KEPT = 500  # questions whose own outcomes are kept in memory, a few kB each

K = TypeVar("K")
V = TypeVar("V")


class Walls(Protocol):
    """What a jail does (`jail.Jail`); its outcomes have the attributes of ours."""

    async def sql(
        self, query: str, fixtures: tuple[str, ...], *, person: str, community: str
    ) -> tuple[object, ...]:
        """One outcome for each fixture, which is a script of ours."""

    async def regex(
        self, pattern: str, subjects: tuple[str, ...], *, person: str, community: str
    ) -> object:
        """Which subjects match as a whole."""

    async def close(self) -> None:
        """End all that runs."""


class Unproven(Exception):
    """A solution of ours did not run, so that nothing can be graded by it."""


class Runs:
    """Runs answers behind walls that are opened with the first one.

    What our own queries and patterns give is computed once for each question and kept while the
    process lives. `crowded` is what the walls raise where too many wait.
    """

    def __init__(self, walls: Callable[[], tuple[Walls, type[Exception]]]) -> None:
        self._open = walls
        self._opened: tuple[Walls, type[Exception]] | None = None
        self._solved: dict[Sql, Ran] = {}
        self._tried: dict[Regex, Tried] = {}
        self._solving = asyncio.Lock()  # many may begin with the same new question

    async def run(self, job: Job, body: Body) -> Mapping[str, Value]:
        """Run what was answered to a question; raises ValueError where its kind is not run."""
        if isinstance(body, Sql):
            return await self.sql(job, body)
        if isinstance(body, Regex):
            return await self.regex(job, body)
        raise ValueError(job.kind)

    async def sql(self, job: Job, body: Sql) -> Mapping[str, Value]:
        """Run a query; without one, the solution alone."""
        walls, crowded = self._inside()
        given = job.payload
        try:
            ran = await self._solution(walls, body)
            if given["code"]:
                mine = await _run(walls, body, given["code"], given["person"], given["community"])
                ran = msgspec.structs.replace(ran, mine=mine)
        except crowded as many:
            return {CROWDED: _whose(many)}
        return {ANSWER: given[ANSWER], RAN: msgspec.json.encode(ran).decode()}

    async def regex(self, job: Job, body: Regex) -> Mapping[str, Value]:
        """Run a pattern."""
        walls, crowded = self._inside()
        given = job.payload
        try:
            tried = await self._mistakes(walls, body)
            mine = await _try(walls, body, given["code"], given["person"], given["community"])
        except crowded as many:
            return {CROWDED: _whose(many)}
        tried = msgspec.structs.replace(tried, mine=mine)
        return {ANSWER: given[ANSWER], RAN: msgspec.json.encode(tried).decode()}

    async def close(self) -> None:
        """Take the walls down, if they were ever built."""
        if self._opened is not None:
            await self._opened[0].close()

    def _inside(self) -> tuple[Walls, type[Exception]]:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    async def _solution(self, walls: Walls, body: Sql) -> Ran:
        """What the solution and the known wrong queries of a question give; raises Unproven."""
        async with self._solving:
            return self._solved.get(body) or await self._solve(walls, body)

    async def _solve(self, walls: Walls, body: Sql) -> Ran:
        from bot.grading.sql import Ran  # noqa: PLC0415 - loads with the first answer that is run

        expected = await _run(walls, body, body.solution)
        if bad := next((one for one in expected if one.table is None), None):
            raise Unproven(bad.error or bad.stopped)
        wrong = tuple([await _run(walls, body, one.query) for one in body.must_fail])
        found = Ran((), expected, wrong)
        if not any(one.stopped for each in wrong for one in each):
            _keep(self._solved, body, found)
        return found

    async def _mistakes(self, walls: Walls, body: Regex) -> Tried:
        """What the known wrong patterns of a question take."""
        async with self._solving:
            return self._tried.get(body) or await self._err(walls, body)

    async def _err(self, walls: Walls, body: Regex) -> Tried:
        from bot.grading.regex import Matches, Tried  # noqa: PLC0415 - as above

        wrong = tuple([await _try(walls, body, one.query) for one in body.must_fail])
        found = Tried(Matches(), wrong)
        if not any(one.stopped for one in wrong):
            _keep(self._tried, body, found)
        return found


async def _run(
    walls: Walls, body: Sql, query: str, person: str = "", community: str = ""
) -> tuple[Outcome, ...]:
    from bot.grading.sql import Outcome  # noqa: PLC0415 - as above

    scripts = tuple(f"{body.schema}\n;{one.rows}" for one in body.fixtures)
    found = await walls.sql(query, scripts, person=person, community=community)
    return tuple(msgspec.convert(one, Outcome, from_attributes=True) for one in found)


async def _try(
    walls: Walls, body: Regex, pattern: str, person: str = "", community: str = ""
) -> Matches:
    from bot.grading.regex import Matches  # noqa: PLC0415 - as above

    subjects = (*body.accept, *body.reject)
    found = await walls.regex(pattern, subjects, person=person, community=community)
    return msgspec.convert(found, Matches, from_attributes=True)


def _whose(many: Exception) -> str:
    return "own" if getattr(many, "own", False) else "others"


def _keep(kept: dict[K, V], key: K, value: V) -> None:
    if len(kept) >= KEPT:
        kept.clear()
    kept[key] = value

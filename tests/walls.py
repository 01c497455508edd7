"""Walls with behaviour and no jail: what a run gives, in this process, for questions of our own."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable
from typing import Literal

from bot.grading.regex import Matches
from bot.grading.sql import Outcome, Stopped, Table
from bot.runs import Walls


class Crowded(Exception):
    """Too many wait: of this person (`own`), or of others."""

    def __init__(self, *, own: bool) -> None:
        super().__init__("too many wait")
        self.own = own


class Open:
    """Runs at once what it is given; a test may stop it, crowd it or make it wait."""

    def __init__(self) -> None:
        self.ran: list[str] = []  # queries and patterns in the order they came
        self.whose: set[tuple[str, str]] = set()  # people and communities that wanted a run
        self.crowded: Literal["", "own", "others"] = ""
        self.stopped: Stopped = ""
        self.gate: asyncio.Event | None = None  # what a run waits for
        self.waiting: asyncio.Queue[str] = asyncio.Queue()  # what waits for it
        self.closed = False

    def __call__(self) -> tuple[Walls, type[Exception]]:
        """Open them, as a jail is opened with the first answer."""
        return self, Crowded

    async def sql(
        self, query: str, fixtures: tuple[str, ...], *, person: str, community: str
    ) -> tuple[Outcome, ...]:
        """Run a query on each fixture."""
        await self._enter(query, person, community)
        if person and self.stopped:
            return (Outcome(None, "interrupted", self.stopped),) * len(fixtures)
        return tuple(_queried(query, fixture) for fixture in fixtures)

    async def regex(
        self, pattern: str, subjects: tuple[str, ...], *, person: str, community: str
    ) -> Matches:
        """Match each string."""
        await self._enter(pattern, person, community)
        if person and self.stopped:
            return Matches((), "", self.stopped)
        try:
            found = tuple(re.fullmatch(pattern, one) is not None for one in subjects)
        except re.error as error:
            return Matches((), str(error))
        return Matches(found)

    async def close(self) -> None:
        """Be closed."""
        self.closed = True

    async def _enter(self, code: str, person: str, community: str) -> None:
        self.ran.append(code)
        self.whose.add((person, community))
        if person and self.gate is not None:
            self.waiting.put_nowait(code)
            await self.gate.wait()
        if person and self.crowded:
            raise Crowded(own=self.crowded == "own")


def _queried(query: str, fixture: str) -> Outcome:
    with sqlite3.connect(":memory:") as base:
        base.executescript(fixture)
        try:
            cursor = base.execute(query)
        except sqlite3.Error as error:
            return Outcome(None, str(error))
        columns = tuple(one[0] for one in cursor.description or ())
        return Outcome(Table(columns, tuple(map(tuple, cursor.fetchall()))))


def failing(why: str) -> Callable[[], tuple[Walls, type[Exception]]]:
    """Walls that must not be opened."""

    def opened() -> tuple[Walls, type[Exception]]:
        raise AssertionError(why)

    return opened

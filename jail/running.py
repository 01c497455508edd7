"""The jail: learners' SQL and patterns are run in children that may do nothing and live briefly."""

from __future__ import annotations

import asyncio
import os
import signal

import msgspec
from msgspec import Struct

from jail import gate
from jail.turns import Turns
from jail.values import Cell, Matches, Outcome, Stopped, Table
from jail.zygote import BOOT, Died, Ended, Zygote, born

SQL_SECONDS, REGEX_SECONDS = 1.6, 0.8  # of the wall; all is over within 2 and 1 seconds
FIXTURES = 16  # at most, in one run
SLOTS = min(4, max(2, os.cpu_count() or 2))  # children at once


class _Job(Struct, frozen=True):
    kind: str
    query: str = ""
    fixtures: tuple[str, ...] = ()
    writes: bool = False
    then: str = ""
    pattern: str = ""
    subjects: tuple[str, ...] = ()


class _Line(Struct, frozen=True):
    """What a child wrote; it is not believed to be anything but this."""

    columns: tuple[str, ...] | None = None
    rows: tuple[tuple[Cell, ...], ...] = ()
    cut: bool = False
    found: tuple[bool, ...] = ()
    error: str = ""
    stopped: Stopped = ""


class Jail:
    """Belongs to one event loop; nothing is started before the first run. Close it at the end."""

    def __init__(self, boot: str = BOOT, *, slots: int = SLOTS) -> None:
        self._boot = boot
        self._turns = Turns(slots)
        self._zygote: Zygote | None = None
        self._starting = asyncio.Lock()
        self.peak = 0  # kilobytes that the largest child took so far

    @property
    def kind(self) -> str:
        """The walls that hold: landlock+seccomp, landlock, seccomp, rlimits; '' before a run."""
        return self._zygote.kind if self._zygote else ""

    async def sql(
        self, query: str, fixtures: tuple[str, ...], *, person: str, community: str,
        writes: bool = False, then: str = "",
    ) -> tuple[Outcome, ...]:  # fmt: skip
        """Run one statement on each fixture (a script of ours), fresh each time, 1.6 s in all.

        With `writes` the statement may change rows, and the table is that of `then`, a query of
        ours. Raises Crowded, and ValueError for what we ask wrongly ourselves.
        """
        if not 1 <= len(fixtures) <= FIXTURES or bool(then) != writes:
            raise ValueError("1 to 16 fixtures; `then` goes with `writes`")
        try:
            statement = gate.statement(query, writes=writes)
        except gate.Refused as refused:
            return (Outcome(None, str(refused), refused.stopped),) * len(fixtures)
        job = _Job("sql", statement, fixtures, writes, then)
        lines = await self._run(job, len(fixtures), SQL_SECONDS, person, community)
        return tuple(_outcome(line) for line in lines)

    async def regex(
        self, pattern: str, subjects: tuple[str, ...], *, person: str, community: str
    ) -> Matches:
        """Match each subject as a whole, 0.8 s in all. Raises Crowded, ValueError as above."""
        if len(subjects) > gate.SUBJECTS or any(len(one) > gate.SUBJECT for one in subjects):
            raise ValueError("at most 200 subjects of 10,000 characters")
        try:
            job = _Job("regex", pattern=gate.pattern(pattern), subjects=subjects)
        except gate.Refused as refused:
            return Matches((), str(refused), refused.stopped)
        (line,) = await self._run(job, 1, REGEX_SECONDS, person, community)
        if not line.error and not line.stopped and len(line.found) != len(subjects):
            return Matches((), stopped="crash")
        return Matches(line.found, line.error, line.stopped)

    async def close(self) -> None:
        """End the zygote and all that runs."""
        async with self._starting:
            if self._zygote:
                await self._zygote.stop()

    async def _run(
        self, job: _Job, count: int, seconds: float, person: str, community: str
    ) -> tuple[_Line, ...]:
        """One line for each of `count`; the turn ends with the child, even if nobody waits."""
        await self._turns.taken(person, community)
        ending = asyncio.ensure_future(self._ended(msgspec.json.encode(job), seconds))
        ending.add_done_callback(lambda _: self._turns.back(person))
        ended = await asyncio.shield(ending)
        self.peak = max(self.peak, ended.kilobytes)
        return _lines(ended, count)

    async def _ended(self, job: bytes, seconds: float) -> Ended:
        try:
            return await (await self._awake()).run(job, seconds)
        except Died:
            return Ended("", int(signal.SIGKILL), 0, b"")

    async def _awake(self) -> Zygote:
        async with self._starting:
            if self._zygote is None or not self._zygote.alive:
                if self._zygote:
                    await self._zygote.stop()
                self._zygote = await born(self._boot)
            return self._zygote


def _lines(ended: Ended, count: int) -> tuple[_Line, ...]:
    """What was written to the end of a line, and for the rest what kept it from being written."""
    whole = ended.wrote.split(b"\n")[:-1][:count]
    try:
        lines = tuple(msgspec.json.decode(line, type=_Line) for line in whole)
    except (msgspec.DecodeError, UnicodeDecodeError):
        lines = ()
    return lines + (_Line(stopped=_why(ended)),) * (count - len(lines))


def _why(ended: Ended) -> Stopped:
    if ended.signal == signal.SIGXCPU or ended.how == "time":
        return "time"
    return "size" if ended.how == "size" else "crash"


def _outcome(line: _Line) -> Outcome:
    if line.error or line.stopped or line.columns is None:
        return Outcome(None, line.error, line.stopped or ("" if line.error else "crash"))
    return Outcome(Table(line.columns, line.rows, line.cut))

"""The line in front of a database: what waits, until when, and the threads that serve it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from bot.chat.events import Origin
from bot.store.protocol import Busy

DEADLINE = 2.0  # seconds a piece of work may wait; beyond it people are told to press again
TOGETHER = 256  # at most so many share one commit


class Job:
    """A piece of work that somebody awaits.

    With an origin it is a press (`work` takes a transaction), without one it takes a connection.
    `wakes` once it has written due work or posts.
    """

    __slots__ = ("_ticket", "future", "loop", "origin", "quiz", "wakes", "work")

    def __init__(
        self,
        work: Callable[[Any], Any],
        origin: Origin | None = None,
        quiz: str = "",
        *,
        wakes: bool = False,
    ) -> None:
        self.work, self.origin, self.quiz, self.wakes = work, origin, quiz, wakes
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self._ticket = [True]  # whoever takes it decides: begun by a worker, or dropped

    def take(self) -> bool:
        """Begin it or drop it; False if that was decided before."""
        try:
            return self._ticket.pop()
        except IndexError:
            return False

    def expire(self) -> None:
        if self.take() and not self.future.done():
            self.future.set_exception(Busy())


class Outcome(NamedTuple):
    """How a job ended; a value or an error."""

    job: Job
    value: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        future = self.job.future
        if future.done():  # nobody waits any more
            return
        if self.error is None:
            future.set_result(self.value)
        else:
            future.set_exception(self.error)


Serve = Callable[[Sequence[Job]], Iterable[Outcome]]


class Line:
    """A queue with its threads; each takes all that waits, at most `TOGETHER`."""

    def __init__(self, name: str, servers: Sequence[Serve], together: int = TOGETHER) -> None:
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._together = together
        self._threads = [
            threading.Thread(target=self._work, args=(serve,), name=f"{name}-{n}", daemon=True)
            for n, serve in enumerate(servers)
        ]
        for thread in self._threads:
            thread.start()

    async def wait(self, job: Job) -> Any:
        """Put it in line and await its end.

        Raises Busy when it could not begin within `DEADLINE`; it is then dropped. Whoever is
        cancelled before it began takes it along; once begun it is finished.
        """
        timer = job.loop.call_later(DEADLINE, job.expire)
        self._queue.put(job)
        try:
            return await job.future
        finally:
            timer.cancel()
            job.take()

    def close(self) -> None:
        """Finish what stands in line, then end the threads; blocks."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, serve: Serve) -> None:
        while True:
            jobs, ended = self._waiting()
            begun = [job for job in jobs if job.take()]
            if begun:
                _tell(_served(serve, begun))
            if ended:
                return

    def _waiting(self) -> tuple[list[Job], bool]:
        jobs: list[Job] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) >= self._together:
                return jobs, False
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs, False
        return jobs, True


def _served(serve: Serve, jobs: Sequence[Job]) -> list[Outcome]:
    """The outcomes; a bug in serving must not leave anybody waiting for ever."""
    try:
        return list(serve(jobs))
    except BaseException as error:  # noqa: BLE001 handed to everybody who waits
        return [Outcome(job, error=error) for job in jobs]


def _tell(outcomes: Sequence[Outcome]) -> None:
    """Hand the outcomes to their loops, one call each: waking a loop costs more than the rest."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Outcome]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome.job.loop, []).append(outcome)
    for loop, told in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_tell_all, told)


def _tell_all(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        outcome.tell()

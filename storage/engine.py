"""The database that the core is given: opened, made or brought up to date."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.chat.posts import Message
from bot.store.protocol import Fold, Tx
from bot.store.rows import Due, Outgoing
from storage import calibration, claims, version
from storage.address import postgres_url, sqlite_path
from storage.batch import Link, serve_looks, serve_writes
from storage.bound import Arrival
from storage.errors import Unusable
from storage.leases import Leases
from storage.line import Job, Line, Outcome

T = TypeVar("T")
Arrive = Callable[[], Arrival]
logger = logging.getLogger("sparring")


class Database:
    """Fulfils `bot.store.protocol.Store`."""

    def __init__(
        self,
        engine: Engine,
        writers: Sequence[Link],
        readers: Sequence[Link],
        arrive: Arrive,
        release: Callable[[], None],
    ) -> None:
        self.engine = engine  # for those who want to listen to its statements
        self._arrive, self._release = arrive, release
        self._closed = False
        self._leases = Leases()
        self._watchers: tuple[Callable[[], None], ...] = ()
        self._writes = Line("write", [partial(self._served, link) for link in writers])
        self._looks = Line("look", [partial(serve_looks, link, arrive) for link in readers])

    async def run(self, origin: Origin, work: Callable[[Tx], Reply], *, quiz: str = "") -> Reply:
        reply: Reply = await self._wait(self._writes, Job(work, origin, quiz))
        return reply

    async def look(self, origin: Origin, work: Callable[[Tx], T], *, quiz: str = "") -> T:
        value: T = await self._wait(self._looks, Job(work, origin, quiz))
        return value

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[Due, ...]:
        return await self._chore(self._leases.claim, now, limit, lease)

    async def next_due(self, platforms: Collection[str] = ()) -> datetime | None:
        now = self._arrive().now

        def work(connection: Connection) -> datetime | None:
            posts = claims.next_outbox(connection, now, platforms)
            times = (self._leases.next(connection, now), posts)
            return min((at for at in times if at is not None), default=None)

        first: datetime | None = await self._wait(self._looks, Job(work))
        return first

    def watch(self, wake: Callable[[], None]) -> None:
        self._watchers = (*self._watchers, wake)

    async def claim_outbox(
        self, platform: str, now: datetime, limit: int, lease: timedelta
    ) -> tuple[Outgoing, ...]:
        return await self._chore(claims.claim_outbox, platform, now, limit, lease)

    async def sent(self, outgoing_id: str, message: Message) -> None:
        await self._chore(claims.sent, outgoing_id, message, wakes=True)

    async def unsent(
        self, outgoing_id: str, again: datetime | None, why: str, *, counts: bool = True
    ) -> None:
        await self._chore(claims.unsent, outgoing_id, again, why, int(counts), wakes=True)

    async def calibrate(self, fold: Fold, limit: int) -> int:
        return await self._chore(calibration.calibrate, fold, limit)

    async def sweep(self, before: datetime) -> int:
        """Delete kept replies and finished posts older than that; how many."""
        return await self._chore(claims.sweep, before)

    async def close(self) -> None:
        await asyncio.to_thread(self.release)

    def release(self) -> None:
        """As `close`, for those without a loop; blocks."""
        if not self._closed:
            self._closed = True
            self._looks.close()
            self._writes.close()
            self._release()

    async def _chore(self, do: Callable[..., T], *args: Any, wakes: bool = False) -> T:
        def work(connection: Connection) -> T:
            return do(connection, *args)

        value: T = await self._wait(self._writes, Job(work, wakes=wakes))
        return value

    def _served(self, link: Link, jobs: Sequence[Job]) -> list[Outcome]:
        """The outcomes of what is committed by now; those who wait for due work hear of it."""
        outcomes = list(serve_writes(link, self._arrive, jobs))
        if any(outcome.job.wakes and outcome.error is None for outcome in outcomes):
            for wake in self._watchers:
                try:
                    wake()
                except Exception:  # what was committed is so whoever cannot hear of it
                    logger.exception("a watcher of the store failed")
        return outcomes

    async def _wait(self, line: Line, job: Job) -> Any:
        if self._closed:
            raise Unusable("The database is closed.")
        return await line.wait(job)


def open_store(
    url: str, *, clock: Callable[[], datetime], ids: Callable[[], str], zone: str = "UTC"
) -> Database:
    """Open the database at a path or URL, make it if it is empty, migrate it if it is older.

    `clock` gives UTC-aware times, `ids` unique ids; `zone` is what a new community begins with.
    Raises Unusable, whose text says what to do; Held if another process writes the file.
    """

    def arrive() -> Arrival:
        return Arrival(ids, clock(), zone)

    path = sqlite_path(url)
    return _open_postgres(postgres_url(url), arrive) if path is None else _open_file(path, arrive)


def _open_file(path: Path, arrive: Arrive) -> Database:
    from storage import sqlite  # noqa: PLC0415 each database's module only where it is used
    from storage.lock import Lock  # noqa: PLC0415

    sqlite.check_file(path)
    lock = Lock(path)
    try:
        with sqlite.friendly(path):
            _ready_file(path)
            engine = sqlite.engine_of(path)
            writer = sqlite.SqliteLink(engine)
            claims.free(writer.open())  # whoever held the lock before us is dead
            writer.end()
            reader = sqlite.SqliteLink(sqlite.engine_of(path, read_only=True), read_only=True)
    except BaseException:
        lock.release()
        raise

    def release() -> None:
        try:
            reader.close()
            writer.checkpoint()
        finally:
            writer.close()
            lock.release()

    return Database(engine, [writer], [reader], arrive, release)


def _ready_file(path: Path) -> None:
    from storage import sqlite  # noqa: PLC0415

    standing = "empty"
    if path.exists() and path.stat().st_size:
        # looked at before anything is changed: it may be somebody else's
        with sqlite.engine_of(path, read_only=True).connect() as connection:
            standing = version.standing(connection)
    if standing == "empty":
        with sqlite.engine_of(path).connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            version.make(connection)
            connection.exec_driver_sql("COMMIT")
    if standing == "older":
        from storage.migrations import migrate_file  # noqa: PLC0415 Alembic takes a while to load

        migrate_file(path)


def _open_postgres(url: str, arrive: Arrive) -> Database:
    from storage import postgres  # noqa: PLC0415

    engine = postgres.engine_of(url)
    try:
        with postgres.friendly():
            _ready_postgres(engine, url)
    except BaseException:
        engine.dispose()
        raise
    watch = postgres.Watch()

    def links(count: int) -> list[postgres.PostgresLink]:
        return [postgres.PostgresLink(engine, watch) for _ in range(count)]

    writers, readers = links(postgres.WRITERS), links(postgres.READERS)

    def release() -> None:
        watch.close()
        for link in (*writers, *readers):
            link.close()
        engine.dispose()

    return Database(engine, writers, readers, arrive, release)


def _ready_postgres(engine: Engine, url: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        version.alone(connection)
        standing = version.standing(connection)
        if standing == "empty":
            version.make(connection)
        connection.exec_driver_sql("COMMIT")
    if standing == "older":
        from storage.migrations import migrate_postgres  # noqa: PLC0415

        migrate_postgres(url)

"""Floors: one durable row in SQLite and in PostgreSQL, as plainly as it can be had."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg

TABLE = "CREATE TABLE answer (id INTEGER PRIMARY KEY, person TEXT, at TEXT, data TEXT)"
INSERT = "INSERT INTO answer (person, at, data) VALUES (?, ?, ?)"
PG_TABLE = "CREATE TABLE IF NOT EXISTS floor (id BIGSERIAL PRIMARY KEY, person TEXT, data TEXT)"
PG_INSERT = "INSERT INTO floor (person, data) VALUES (%s, %s)"
ROW = ("p1", "2026-11-23T09:00:00.000000+00:00", '{"picks": [1]}')

Insert = Callable[[], Awaitable[None]]


class File:
    """A SQLite file with a write-ahead log, every commit on the disk before it returns."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(TABLE)
        self._thread = ThreadPoolExecutor(1)

    async def blocking(self) -> None:
        """One row on the caller's own thread: the least there is, and it holds up the loop."""
        self._connection.execute(INSERT, ROW)

    async def threaded(self) -> None:
        """One row on a worker's thread, as a bot has to."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._connection.execute, INSERT, ROW)

    def close(self) -> None:
        """End the thread and the connection."""
        self._thread.shutdown()
        self._connection.close()


@contextmanager
def file() -> Iterator[File]:
    """A file in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        made = File(Path(folder) / "floor.db")
        yield made
        made.close()


class Server:
    """Connections to PostgreSQL that commit each insert by itself."""

    def __init__(self, url: str, connections: int) -> None:
        self._free = [psycopg.connect(url, autocommit=True) for _ in range(connections)]
        self._free[0].execute(PG_TABLE)
        self._threads = ThreadPoolExecutor(connections)

    def _insert(self) -> None:
        connection = self._free.pop()
        connection.execute(PG_INSERT, ROW[::2])
        self._free.append(connection)

    async def blocking(self) -> None:
        """One row on the caller's own thread."""
        self._insert()

    async def threaded(self) -> None:
        """One row on a worker's thread; as many at once as there are connections."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._insert)

    def close(self) -> None:
        """End the threads and the connections."""
        self._threads.shutdown()
        for connection in self._free:
            connection.close()

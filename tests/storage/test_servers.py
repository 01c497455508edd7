"""PostgreSQL that is slow, silent, cut off or restarted: nothing hangs, nothing counts twice."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from bot.chat.cards import Reply
from bot.store.protocol import Tx
from storage.bound import Arrival
from storage.engine import Database
from storage.errors import Gone, Unknown, Unusable
from storage.postgres import PostgresLink, Watch, engine_of
from tests.stores import START, Counted, Server, answering, origin, said, store_at, text_of

Mode = Literal["pass", "silent", "cut before commit", "cut after commit"]
SILENCE = 0.5
PLAIN = "sslmode=disable&gssencmode=disable&connect_timeout=2"


class Proxy:
    """Stands between a store and its server, and does to their conversation what it is told."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.target = str(Path(parse_qs(parts.query)["host"][0]) / ".s.PGSQL.5432")
        self.mode: Mode = "pass"
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.url = f"postgresql://postgres@127.0.0.1:{port}{parts.path}?{PLAIN}"
        self.lines: list[socket.socket] = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.target)
            self.lines += [client, server]
            Pair(self, client, server)

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for line in self.lines:
            line.close()


class Pair:
    """One connection through the proxy."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server = proxy, client, server
        self.deaf = False  # the client no longer hears the server
        for pump in (self.ask, self.answer):
            threading.Thread(target=self.until_it_ends, args=(pump,), daemon=True).start()

    def until_it_ends(self, pump: Callable[[], None]) -> None:
        with suppress(OSError):
            pump()
        self.hang_up()

    def ask(self) -> None:
        for data in received(self.client):
            if self.proxy.mode == "silent":
                continue
            if b"COMMIT" in data and self.proxy.mode == "cut before commit":
                break
            self.deaf |= b"COMMIT" in data and self.proxy.mode == "cut after commit"
            self.server.sendall(data)

    def answer(self) -> None:
        for data in received(self.server):
            if self.deaf and b"COMMIT\0" in data:
                break
            if not self.deaf and self.proxy.mode != "silent":
                self.client.sendall(data)

    def hang_up(self) -> None:
        for line in (self.client, self.server):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def received(line: socket.socket) -> Iterator[bytes]:
    while data := line.recv(65536):
        yield data


@pytest.fixture
def proxy(server_url: str) -> Iterator[Proxy]:
    between = Proxy(server_url)
    yield between
    between.close()


@pytest.fixture
def impatient(proxy: Proxy) -> Iterator[Database]:
    """A store through the proxy that cuts a silent connection after half a second."""
    store_at(proxy.url).release()
    engine, watch = engine_of(proxy.url), Watch(SILENCE)
    ids = Counted()
    links = [PostgresLink(engine, watch) for _ in range(2)]
    release = partial(_release, engine, watch, links)
    store = Database(engine, links[:1], links[1:], lambda: Arrival(ids, START), release)
    yield store
    proxy.mode = "pass"
    store.release()


def _release(engine: Engine, watch: Watch, links: list[PostgresLink]) -> None:
    watch.close()
    for link in links:
        link.close()
    engine.dispose()


async def answers(store: Database) -> int:
    return await store.look(origin(), lambda tx: tx.person.answers)


@pytest.mark.parametrize("mode", ["cut before commit", "cut after commit"])
async def test_a_commit_that_is_cut_counts_once(
    proxy: Proxy, impatient: Database, mode: Mode
) -> None:
    """Cut 12 times around its COMMIT, an answer is unknown, and once when it is pressed again."""
    for n in range(12):
        press = origin(key=f"{mode}{n}")
        proxy.mode = mode
        with pytest.raises(Unknown):
            await impatient.run(press, answering(f"q{n}"))
        proxy.mode = "pass"
        reply = await impatient.run(press, answering(f"q{n}"))
        assert text_of(reply) == f"q{n} is row {n + 1}"
    assert await answers(impatient) == 12
    assert impatient.engine.pool.checkedout() <= 2  # type: ignore[attr-defined]


async def test_silence_ends(proxy: Proxy, impatient: Database) -> None:
    """A server that says nothing more is given up after the silence allowed, and found again."""
    await impatient.run(origin(), answering("before"))
    proxy.mode = "silent"
    began = time.monotonic()
    with pytest.raises((Gone, Unknown, Unusable)):
        await impatient.run(origin(key="cut"), answering("cut"))
    with pytest.raises((Gone, Unknown, Unusable)):
        await answers(impatient)
    assert time.monotonic() - began < 20 * SILENCE + 10
    proxy.mode = "pass"
    await impatient.run(origin(key="cut"), answering("cut"))
    assert await answers(impatient) == 2


async def test_a_server_that_accepts_and_says_nothing_is_given_up(server_url: str) -> None:
    """Opening a store at a black hole ends in a sentence after the connection's timeout."""
    del server_url
    with socket.create_server(("127.0.0.1", 0)) as hole:
        port = hole.getsockname()[1]
        url = f"postgresql://postgres@127.0.0.1:{port}/x?{PLAIN}"
        began = time.monotonic()
        with pytest.raises(Unusable, match="does not answer"):
            await asyncio.to_thread(store_at, url)
    assert time.monotonic() - began < 15


async def test_a_refused_connection_says_so() -> None:
    """Where no server listens, opening a store says that it does not answer."""
    with pytest.raises(Unusable, match="does not answer"):
        store_at(f"postgresql://postgres@127.0.0.1:1/x?{PLAIN}")


async def test_connections_that_died_are_made_anew(server: Server, server_url: str) -> None:
    """After the server has dropped every connection the next press and look just work."""
    store = store_at(server_url)
    name = urlsplit(server_url).path[1:]
    for n in range(5):
        await store.run(origin(), answering(f"q{n}"))
        assert await answers(store) == n + 1
        server.say(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
    await store.run(origin(), answering("last"))
    assert await answers(store) == 6
    await store.close()


async def test_a_statement_that_takes_too_long_is_ended(server_url: str) -> None:
    """The server ends a statement past its time, and only its press fails."""
    store = store_at(f"{server_url}&options=-c%20statement_timeout%3D300")

    def slow(tx: Tx) -> Reply:
        tx._connection().exec_driver_sql("SELECT pg_sleep(30)")  # type: ignore[attr-defined]
        return said("")

    ended = await asyncio.gather(
        store.run(origin("discord:slow"), slow),
        store.run(origin(), answering("q")),
        return_exceptions=True,
    )
    await store.close()
    assert "statement timeout" in str(ended[0])
    assert not isinstance(ended[1], BaseException)

"""PostgreSQL that is slow, silent, cut off or restarted: nothing hangs, nothing counts twice."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.chat.cards import Reply
from bot.store.protocol import Tx
from storage.engine import Database
from storage.errors import Gone, Unknown, Unusable
from storage.looking import Arrival
from storage.postgres import PostgresLink, Watch, engine_of
from tests.stores import START, Counted, Server, answering, origin, said, store_at, text_of

Mode = Literal["pass", "silent", "cut before commit", "cut after commit"]
SILENCE = 0.5
PLAIN = "sslmode=disable&gssencmode=disable"


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
            for source, sink in ((client, server), (server, client)):
                to_server = source is client
                pump = threading.Thread(
                    target=self.pump, args=(source, sink, to_server), daemon=True
                )
                pump.start()

    def pump(self, source: socket.socket, sink: socket.socket, to_server: bool) -> None:
        cut = False
        try:
            while data := source.recv(65536):
                if self.mode == "silent":
                    continue
                commits = to_server and b"COMMIT" in data
                if commits and self.mode == "cut before commit":
                    break
                sink.sendall(data)
                if commits and self.mode == "cut after commit":
                    cut = True
                    self.await_commit(sink)
                    break
        except OSError:
            pass
        finally:
            del cut
            for line in (source, sink):
                self.hang_up(line)

    def await_commit(self, server: socket.socket) -> None:
        """The other pump may take the answer; either way the server has it done by then."""
        server.settimeout(0.2)
        try:
            while server.recv(65536):
                pass
        except OSError:
            pass

    @staticmethod
    def hang_up(line: socket.socket) -> None:
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self) -> None:
        self.listener.close()
        for line in self.lines:
            self.hang_up(line)
            line.close()


@pytest.fixture
def proxy(server_url: str) -> Iterator[Proxy]:
    between = Proxy(server_url)
    yield between
    between.close()

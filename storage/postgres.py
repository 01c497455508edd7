"""PostgreSQL: a pool, connections that never wait for ever, and a press in two round trips."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, cast

import psycopg
from msgspec.structs import asdict
from psycopg.errors import DeadlockDetected, UniqueViolation
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage import privacy
from storage.errors import Already, Gone, Unknown, Unusable
from storage.reads import Asked, Found, Reading, locking
from storage.statements import Statements
from storage.values import written
from storage.writes import Sheet, merged

Query = LiteralString | bytes
Params = dict[str, Any]

WRITERS, READERS = 4, 2
CONNECT = 5  # seconds
STATEMENT = 5  # seconds, on the server
SILENCE = 10  # seconds without an answer after which the line is cut from our side
RECYCLE = 1800  # seconds a connection is kept

# Every statement of ours looks up a few keys: these keep the plans so whatever the tables' sizes.
_PLANS = ("jit", "enable_hashjoin", "enable_mergejoin", "enable_seqscan")
_OPTIONS = {
    "statement_timeout": f"{STATEMENT}s",
    "lock_timeout": f"{STATEMENT}s",
    "idle_in_transaction_session_timeout": "30s",
    "TimeZone": "UTC",
    "synchronous_commit": "on",
    "plan_cache_mode": "force_generic_plan",
    **dict.fromkeys(_PLANS, "off"),
}
_LINE = {
    "connect_timeout": CONNECT,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENCE * 1000,
}


def engine_of(url: str) -> Engine:
    """A pool of connections that commit by themselves; transactions are begun by hand.

    Parameters of a connection that the URL names itself go before ours.
    """
    address = make_url(url).set(drivername="postgresql+psycopg")
    options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
    ours = {"options": options, **_LINE}
    return create_engine(
        address,
        isolation_level="AUTOCOMMIT",
        pool_size=WRITERS + READERS,
        max_overflow=0,
        pool_recycle=RECYCLE,
        pool_timeout=CONNECT,
        connect_args={k: v for k, v in ours.items() if k not in address.query},
    )


_SILENT = "The database does not answer. Look whether it runs and can be reached."
_LOOK: Query = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def friendly() -> Iterator[None]:
    """A server that cannot be used, in words that help."""
    try:
        yield
    except OperationalError as error:
        raise Unusable(f"{_SILENT} ({error.orig})") from error


class Watch:
    """Cuts connections on which an answer has been awaited for longer than `SILENCE`."""

    def __init__(self, silence: float = SILENCE) -> None:
        self._silence = silence
        self._since: dict[int, tuple[float, PostgresLink]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
        self._thread.start()

    def began(self, link: PostgresLink) -> None:
        self._since[id(link)] = (time.monotonic(), link)

    def ended(self, link: PostgresLink) -> None:
        self._since.pop(id(link), None)

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(self._silence / 10):
            latest = time.monotonic() - self._silence
            for since, link in list(self._since.values()):
                if since < latest:
                    link.cut()


class PostgresLink:
    """One worker's way to the database; fulfils `storage.batch.Link`."""

    def __init__(self, engine: Engine, watch: Watch) -> None:
        self._engine, self._watch = engine, watch
        self._reading = Reading(engine.dialect)
        self._locking = locking(engine.dialect)
        self._statements = Statements(engine.dialect)
        self._open: Connection | None = None
        self._committing = False

    def connection(self) -> Connection:
        if self._open is None:
            raise Gone(_SILENT)
        return self._open

    def open(self) -> Connection:
        self._check_out()
        self._raw.execute("BEGIN")
        return self.connection()

    def begin(self, everything: Sequence[Asked], first: Sequence[Asked]) -> list[Found]:
        self._check_out()
        return self._found(first, ("BEGIN", None), (self._locking.text, _given(everything)))

    def read(self, asked: Sequence[Asked]) -> list[Found]:
        return self._found(asked)

    def look(self, asked: Asked) -> Found:
        self._check_out()
        return self._found([asked], (_LOOK, None))[0]

    def _found(self, asked: Sequence[Asked], *before: tuple[Query, Params | None]) -> list[Found]:
        """One round trip: what comes before, and the read."""
        with self._raw.pipeline():
            for sql, params in before:
                self._raw.execute(sql, params)
            cursor = self._raw.execute(self._reading.prepared.text, _given(asked))
        return [self._reading.found(row) for row in cursor.fetchall()]

    def end(self) -> None:
        self._committing = True
        self._raw.execute("COMMIT")
        self._check_in()

    def write(self, sheets: Sequence[Sheet], *, last: bool) -> None:
        raw, rows = self._raw, merged(sheets)
        for sheet in sheets:
            if sheet.forgets:
                privacy.erase(self.connection(), sheet.forgets)
        with raw.pipeline():
            cursor = raw.cursor()
            for kind, each in rows:
                cursor.execute(*self._write(kind, each))
            if last:
                self._committing = True
                cursor.execute("COMMIT")
        if last:
            self._check_in()

    def failed(self, error: Exception) -> Exception | None:
        committing, self._committing = self._committing, False
        if self._open is None:
            return _unreachable(error)
        self._watch.ended(self)
        dead = self._open.invalidated or self._raw.closed
        if dead:
            self._open.invalidate()
            self._engine.dispose()  # the others have most likely died with it
        else:
            self._raw.rollback()
        self._check_in()
        if not dead:
            return None
        return Unknown(_SILENT) if committing else Gone(_SILENT)

    def fault(self, error: Exception) -> Exception:
        """A deadlock is over for whoever is rolled back: first sights may meet in one."""
        cause = getattr(error, "orig", error)
        if not isinstance(cause, UniqueViolation | DeadlockDetected):
            return error
        return Already(cause.diag.table_name or "")

    def cut(self) -> None:
        """From another thread: whoever waits for an answer here is told that it is dead."""
        if self._open is not None:
            with socket.socket(fileno=os.dup(self._raw.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)

    def _write(self, kind: str, rows: list[Any]) -> tuple[Query, Params]:
        if len(rows) == 1:
            return self._statements.one(kind).text, asdict(rows[0])
        return self._statements.many(kind).text, {"rows": written(rows)}

    def _check_out(self) -> None:
        self._open = self._engine.connect()
        self._watch.began(self)

    def _check_in(self) -> None:
        self._watch.ended(self)
        if self._open is not None:
            self._open.close()
        self._open, self._committing = None, False

    @property
    def _raw(self) -> psycopg.Connection[Any]:
        return cast("psycopg.Connection[Any]", self.connection().connection.driver_connection)


def _given(asked: Sequence[Asked]) -> Params:
    return {"asked": written([each._asdict() for each in asked])}


def _unreachable(error: Exception) -> Exception | None:
    """No connection could be had at all."""
    known = isinstance(getattr(error, "orig", error), psycopg.Error | PoolTimeout)
    return Unusable(f"{_SILENT} ({error})") if known else None

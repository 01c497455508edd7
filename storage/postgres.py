"""PostgreSQL: a pool, connections that never wait for ever, and a press in two round trips."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage import privacy
from storage.errors import Already, Gone, Unknown, Unusable
from storage.reads import Asked, Found
from storage.statements import spoken
from storage.values import written
from storage.wall import CURSOR
from storage.writes import Sheet, merged

try:
    import psycopg
    from psycopg import RawCursor
    from psycopg.errors import DeadlockDetected, UniqueViolation
except ModuleNotFoundError:
    raise Unusable("PostgreSQL's library is not installed: make run installs it.") from None

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
    "max_parallel_workers_per_gather": "0",  # to start one takes longer than any read of ours
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
        use_native_hstore=False,  # or every new connection asks for a type that we have none of
        pool_size=WRITERS + READERS,
        max_overflow=2,  # for who looks at the engine besides us
        pool_recycle=RECYCLE,
        pool_timeout=CONNECT,
        connect_args={k: v for k, v in ours.items() if k not in address.query},
    )


_SILENT = "The database does not answer. Look whether it runs and can be reached."
_LOOK = b"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


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
        self._statements = spoken(engine.dialect)
        self._kept: Connection | None = None
        self._open: Connection | None = None  # the same while a transaction is open
        self._made = 0.0
        self._raw: psycopg.Connection[Any]
        self._cursor: type[RawCursor[Any]]
        self._committing = False

    def connection(self) -> Connection:
        if self._open is None:
            raise Gone(_SILENT)
        return self._open

    def open(self) -> Connection:
        self._check_out()
        self._say(b"BEGIN")
        return self.connection()

    def begin(self, everything: Sequence[Asked], first: Sequence[Asked]) -> list[Found]:
        self._check_out()
        return self._found(
            first, (b"BEGIN", ()), (self._statements.locking.text, _given(everything))
        )

    def read(self, asked: Sequence[Asked]) -> list[Found]:
        return self._found(asked)

    def look(self, asked: Asked) -> Found:
        self._check_out()
        return self._found([asked], (_LOOK, ()))[0]

    def _found(self, asked: Sequence[Asked], *before: tuple[bytes, Sequence[Any]]) -> list[Found]:
        """One round trip: what comes before, and the read."""
        with self._raw.pipeline():
            for sql, params in before:
                self._say(sql, params)
            cursor = self._say(self._statements.reading.prepared.text, _given(asked))
        found = self._statements.reading.found
        return [found(row) for row in cursor.fetchall()]

    def end(self) -> None:
        self._committing = True
        self._say(b"COMMIT")
        self._check_in()

    def write(self, sheets: Sequence[Sheet], *, last: bool) -> None:
        statements = self._writing(merged(sheets), alone=len(sheets) == 1)
        forgotten = [sheet.forgets for sheet in sheets if sheet.forgets]
        with self._raw.pipeline():
            for sql, params in statements:
                self._say(sql, params)
            if last and not forgotten:
                self._committing = True
                self._say(b"COMMIT")
        # last, or what others write with them would name whoever is gone
        for person in forgotten:
            privacy.erase(self.connection(), person)
        if last and forgotten:
            self._committing = True
            self._say(b"COMMIT")
        if last:
            self._check_in()

    def failed(self, error: Exception) -> Exception | None:
        committing, self._committing = self._committing, False
        if self._open is None:
            return _unreachable(error)
        dead = self._open.invalidated or self._raw.closed
        if dead:
            self.close()
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

    def _writing(
        self, kinds: list[tuple[str, list[Any]]], *, alone: bool
    ) -> list[tuple[bytes, Sequence[Any]]]:
        """One statement for one press, one a kind for many: each is the faster one there."""
        if alone and kinds and "shown" not in dict(kinds):
            whole = self._statements.whole(tuple((kind, len(rows) > 1) for kind, rows in kinds))
            given: list[Any] = []
            for (_, rows), names in zip(kinds, whole.names, strict=True):
                row = rows[0]
                given += [written(rows)] if len(rows) > 1 else [getattr(row, n) for n in names]
            return [(whole.text, given)]
        return [(self._statements.many(kind).text, [written(rows)]) for kind, rows in kinds]

    def _check_out(self) -> None:
        """A connection is kept from one transaction to the next until it is old."""
        if time.monotonic() - self._made > RECYCLE:
            self.close()
        if self._kept is None:
            self._kept, self._made = self._engine.connect(), time.monotonic()
            fairy = self._kept.connection
            self._raw = cast("psycopg.Connection[Any]", fairy.driver_connection)
            self._cursor = fairy.info.get(CURSOR, RawCursor)
        self._open = self._kept
        self._watch.began(self)

    def _check_in(self) -> None:
        self._watch.ended(self)
        self._open, self._committing = None, False

    def _say(self, sql: bytes, params: Sequence[Any] = ()) -> RawCursor[Any]:
        return self._cursor(self._raw).execute(sql, params)

    def close(self) -> None:
        if self._kept is not None:
            self._kept.invalidate()  # it is not to be used again by anybody
            self._kept.close()
            self._kept = None


def _given(asked: Sequence[Asked]) -> list[str]:
    return [written([each._asdict() for each in asked])]


def _unreachable(error: Exception) -> Exception | None:
    """No connection could be had at all."""
    known = isinstance(getattr(error, "orig", error), psycopg.Error | PoolTimeout)
    return Unusable(f"{_SILENT} ({error})") if known else None

"""SQLite: one connection that writes, one that reads, and what a file must be to be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote

from msgspec.structs import astuple
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.store.protocol import Busy
from storage import privacy
from storage.errors import Already, Full, Unusable
from storage.reads import Asked, Found
from storage.statements import spoken
from storage.values import written
from storage.writes import Sheet, merged

OLDEST = (3, 35, 0)  # RETURNING
WAIT = 5000  # ms; only a backup or a checkpoint of ours can be in the way

_ALWAYS = (
    f"PRAGMA busy_timeout = {WAIT}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
)
_WRITER = (
    *_ALWAYS,
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL loses acknowledged answers when the power fails
    "PRAGMA secure_delete = ON",
)
# Only the writer checkpoints: SQLite 3.7.0-3.51.2 may corrupt a file that two connections do.
_READER = (*_ALWAYS, "PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0")


def check_file(path: Path) -> None:
    """Raise Unusable where no database can be opened or made."""
    if sqlite3.sqlite_version_info < OLDEST:
        found, wanted = sqlite3.sqlite_version, ".".join(map(str, OLDEST))
        raise Unusable(f"This Python has SQLite {found}; at least {wanted} is needed.")
    if not path.parent.is_dir():
        raise Unusable(f"The folder {path.parent} does not exist. Make it, or choose another file.")
    if path.is_dir():
        raise Unusable(f"{path} is a folder. Name a file in it.")
    if not path.exists():
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise Unusable(f"No file can be made in {path.parent}. Allow writing there.")
        return
    if not os.access(path, os.R_OK | os.W_OK):
        raise Unusable(f"{path} is read-only. Allow writing to it, or choose another file.")
    if not os.access(path.parent, os.W_OK):
        raise Unusable(f"The folder {path.parent} is read-only; SQLite writes beside its file.")
    with path.open("rb") as file:
        if file.read(16) not in (b"", b"SQLite format 3\0"):
            raise Unusable(f"{path} is not a database. Choose another file.")


def engine_of(path: Path, *, read_only: bool = False) -> Engine:
    """An engine whose connections are set up as they must be; transactions are begun by hand."""
    file = quote(str(path.absolute()))
    engine = create_engine(
        f"sqlite:///file:{file}?mode={'ro' if read_only else 'rwc'}&uri=true",
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _READER if read_only else _WRITER:
            connection.execute(pragma)

    return engine


@contextmanager
def friendly(path: Path) -> Iterator[None]:
    """What SQLite says of a file that cannot be used, in words that help."""
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        text = _MEANINGS.get(name.removeprefix("SQLITE_").partition("_")[0])
        if text is None:
            raise
        raise Unusable(f"{path} {text}") from error


_MEANINGS = {
    "NOTADB": "is not a database. Choose another file.",
    "CORRUPT": "is damaged. Keep a copy of it, and restore a backup.",
    "READONLY": "is read-only. Allow writing to it and beside it, or choose another file.",
    "CANTOPEN": "cannot be opened. Look at its permissions.",
    "FULL": "has no room on its disk. Free some space.",
    "IOERR": "cannot be read or written. Look at its disk.",
    "BUSY": "is in use by another program. Close that first.",
}


class SqliteLink:
    """A connection used by one thread; fulfils `storage.batch.Link`."""

    def __init__(self, engine: Engine, *, read_only: bool = False) -> None:
        self._connection = engine.connect()
        # statements of a press go straight to the driver: SQLAlchemy would cost more than SQLite
        self._raw = cast("sqlite3.Connection", self._connection.connection.driver_connection)
        self._begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        self._statements = spoken(engine.dialect)
        self._broken: Unusable | None = None
        self._forgetting = self._stale = False  # somebody is being deleted; still stands in the WAL

    def connection(self) -> Connection:
        return self._connection

    def open(self) -> Connection:
        self._say(self._begin)
        return self._connection

    def begin(self, everything: Sequence[Asked], first: Sequence[Asked]) -> list[Found]:
        del everything  # BEGIN IMMEDIATE locks the whole file
        if self._broken:
            raise self._broken
        self._say("BEGIN IMMEDIATE")
        return self.read(first)

    def read(self, asked: Sequence[Asked]) -> list[Found]:
        rows = self._raw.execute(self._statements.reading.prepared.sql, (written(asked),))
        return [self._statements.reading.found(row) for row in rows]

    def look(self, asked: Asked) -> Found:
        self._say("BEGIN")
        return self.read([asked])[0]

    def end(self) -> None:
        self._say("COMMIT")

    def write(self, sheets: Sequence[Sheet], *, last: bool) -> None:
        for kind, rows in merged(sheets):
            self._raw.executemany(self._statements.one(kind).sql, map(astuple, rows))
        forgotten = [sheet.forgets for sheet in sheets if sheet.forgets]
        for person in forgotten:
            privacy.erase(self._connection, person)
        self._forgetting |= bool(forgotten)
        if last:
            self._say("COMMIT")
            self._stale, self._forgetting = self._stale or self._forgetting, False
            if self._stale:
                self._stale = not self.checkpoint()

    def failed(self, error: Exception) -> Exception | None:
        self._forgetting = False
        if self._raw.in_transaction:
            self._say("ROLLBACK")
        cause = getattr(error, "orig", error)
        if not isinstance(cause, sqlite3.OperationalError):
            return error if error is self._broken else None
        name = cause.sqlite_errorname
        if name == "SQLITE_BUSY":
            return Busy()
        if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE"):
            return Full("There is no room for the database to write. Free some space, then go on.")
        if name.startswith("SQLITE_IOERR"):
            # After a failed fsync nobody knows what is on the disk; asking again would lie.
            self._broken = Unusable(f"The disk fails ({name}). Stop, check it, restore a backup.")
            return self._broken
        return None

    def fault(self, error: Exception) -> Exception:
        """SQLite says `UNIQUE constraint failed: log.instance, ...`."""
        if not isinstance(error, sqlite3.IntegrityError):
            return error
        return Already(str(error).rpartition(": ")[2].partition(".")[0])

    def checkpoint(self) -> bool:
        """Empty the write-ahead log into the file; False if a reader is in the way."""
        return not self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def close(self) -> None:
        self._connection.close()

    def _say(self, sql: str) -> None:
        self._raw.execute(sql)

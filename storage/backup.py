"""Backups of a SQLite file: whole, checked, and never half in place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import Unusable


def backup(database: Path, target: Path) -> Path:
    """Copy a database, in use or not, to `target`; only a whole and sound copy replaces it.

    Raises Unusable where there is nothing to copy, no room, or the copy does not pass
    `integrity_check`.
    """
    if not database.is_file():
        raise Unusable(f"{database} does not exist: there is nothing to back up.")
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        _copy(database, part)
        _check(part)
        _settle(part, target)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"{database} could not be backed up to {target}: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _copy(database: Path, part: Path) -> None:
    source = sqlite3.connect(database.absolute().as_uri() + "?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.backup(copy)
        # one file alone: the copy takes over that the original has a write-ahead log
        copy.execute("PRAGMA journal_mode = DELETE")


def _check(part: Path) -> None:
    with closing(sqlite3.connect(part.absolute().as_uri() + "?mode=ro", uri=True)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError("; ".join(found))


def _settle(part: Path, target: Path) -> None:
    """Content before name, name before the promise."""
    _sync(part)
    part.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The lock file beside a SQLite database: one process writes it at a time."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

from storage.errors import Held, Unusable


def lock_path(database: Path) -> Path:
    """Where the lock of a database lies."""
    return database.with_name(database.name + ".lock")


class Lock:
    """Held from its making until `release`, or until the process ends however it ends.

    Raises Held, which says who holds it: the pid and the command that are written in the file.
    """

    def __init__(self, database: Path) -> None:
        path = lock_path(database)
        try:
            self._file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise Unusable(f"{path} cannot be written: {error.strerror}.") from None
        self._file.seek(0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = self._file.read().strip() or "another process"
            self._file.close()
            raise Held(f"{database} is in use by {holder}. Stop that first.") from None
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()} ({_command()})\n")
        self._file.flush()

    def release(self) -> None:
        """The file stays: removing it would let two processes lock two files of one name."""
        if not self._file.closed:
            self._file.truncate(0)
            self._file.close()


def _command() -> str:
    name = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    return " ".join([name, *sys.argv[1:2]])

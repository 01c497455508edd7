"""A SQLite file: who may write it, what it says where it cannot be used, backups."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.chat.cards import Reply
from bot.store.protocol import Tx
from storage.address import sqlite_path
from storage.backup import backup
from storage.engine import Database
from storage.errors import Held, Unusable
from storage.lock import Lock, lock_path
from tests.stores import answering, origin, said, store_at

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def child(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    """Python that runs this in the project, its output kept."""
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_second_writer_is_told_who_holds_the_file(tmp_path: Path) -> None:
    """Another process that opens the file is refused, with the pid and command of the first."""
    path = tmp_path / "sparring.db"
    store = store_at(str(path))
    code = "import sys; from tests.stores import store_at; store_at(sys.argv[1])"
    second = child(code, path)
    with pytest.raises(Held, match=f"process {os.getpid()} "):
        store_at(str(path))
    store.release()
    assert "storage.errors.Held" in second.stderr
    assert f"{path} is in use by process {os.getpid()} (" in second.stderr


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    """A process that dies holding the lock leaves a file that the next one takes."""
    path = tmp_path / "sparring.db"
    code = "import os, sys; from tests.stores import store_at; store_at(sys.argv[1]); os._exit(9)"
    assert child(code, path).returncode == 9
    assert lock_path(path).read_text("utf-8").startswith("process ")
    store_at(str(path)).release()


def test_a_lock_is_free_again_after_release(tmp_path: Path) -> None:
    """Releasing twice is releasing once, and a lock file of somebody gone says nothing."""
    lock = Lock(tmp_path / "a.db")
    lock.release()
    lock.release()
    assert lock_path(tmp_path / "a.db").read_text("utf-8") == ""
    Lock(tmp_path / "a.db").release()


def make_missing(folder: Path) -> Path:
    return folder / "missing" / "sparring.db"


def make_folder(folder: Path) -> Path:
    return folder


def make_text(folder: Path) -> Path:
    path = folder / "notes.db"
    path.write_text("these are my notes, not a database at all")
    return path


def make_other(folder: Path) -> Path:
    path = folder / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE song (name TEXT)")
    return path


def make_newer(folder: Path) -> Path:
    path = folder / "newer.db"
    store_at(str(path)).release()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return path


def make_torn(folder: Path) -> Path:
    path = folder / "torn.db"
    store_at(str(path)).release()
    data = bytearray(path.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_missing, "folder .* does not exist. Make it"),
        (make_folder, "is a folder. Name a file"),
        (make_text, "is not a database. Choose another"),
        (make_other, "not one of Sparring's"),
        (make_newer, "newer Sparring made this database .schema 9999.*Install the newest"),
        (make_torn, "is (damaged|not a database)"),
    ],
)
def test_what_cannot_be_used_says_what_to_do(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    """Each unusable file is refused with a sentence, is left as it was, and is not locked."""
    path = make(tmp_path)
    before = path.read_bytes() if path.is_file() else None
    for _ in range(2):
        with pytest.raises(Unusable, match=words):
            store_at(str(path))
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("what", ["file", "folder", "new file"])
def test_read_only_places_say_so(tmp_path: Path, what: str) -> None:
    """A file or folder that cannot be written is refused with a sentence."""
    path = tmp_path / "data" / "sparring.db"
    path.parent.mkdir()
    if what != "new file":
        store_at(str(path)).release()
        path.chmod(0o444 if what == "file" else 0o666)
    path.parent.chmod(0o777 if what == "file" else 0o555)
    root = os.geteuid() == 0
    parents = [tmp_path, *tmp_path.parents[:3]]
    modes = [each.stat().st_mode for each in parents]
    if root:  # root may write everything: look as nobody does
        for each in parents:
            each.chmod(each.stat().st_mode | 0o055)
        os.seteuid(NOBODY)
    try:
        with pytest.raises(Unusable, match=r"read-only|Allow writing|cannot be written"):
            store_at(str(path))
    finally:
        if root:
            os.seteuid(0)
        for each, mode in zip(parents, modes, strict=True):
            each.chmod(mode)
        path.parent.chmod(0o755)


FILL = """
import asyncio, resource, sys
from storage.errors import Full
from tests.stores import answering, origin, said, store_at

async def main(path):
    store = store_at(path)
    acknowledged = []
    async def press(n):
        try:
            await store.run(origin(f"discord:p{n % 7}", key=f"k{n}"), answering(f"q{n}"))
            acknowledged.append(n)
        except Full as full:
            return str(full)
    await asyncio.gather(*(press(n) for n in range(40)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    said = [await press(n) for n in range(40, 400)]
    full = sum(1 for each in said if each)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    again = [await press(n) for n in range(400, 420)]
    people = [await store.look(origin(f"discord:p{n}"), lambda tx: tx.log()) for n in range(7)]
    await store.close()
    kept = {row.instance for log in people for row in log}
    assert kept == {f"q{n}" for n in acknowledged}, "acknowledged and kept differ"
    assert not any(again), again
    print(full, len(acknowledged), [each for each in said if each][0])

asyncio.run(main(sys.argv[1]))
"""


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Without room presses are refused in words; with room again it goes on without a restart."""
    ran = child(FILL, tmp_path / "sparring.db")
    assert ran.returncode == 0, ran.stderr
    full, kept, words = ran.stdout.split(maxsplit=2)
    assert int(full) > 0
    assert int(full) + int(kept) == 420
    assert "no room" in words
    with closing(sqlite3.connect(tmp_path / "sparring.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("copy*"))


async def test_a_backup_of_a_store_in_use_is_whole(file_store: Database, tmp_path: Path) -> None:
    """A backup under way of answers has those before it, in one file that passes its checks."""
    for n in range(20):
        await file_store.run(origin(), answering(f"q{n}"))
    copy = backup(tmp_path / "sparring.db", tmp_path / "copy.db")
    await file_store.run(origin(), answering("later"))
    assert copies(tmp_path) == ["copy.db"]
    restored = store_at(str(copy))
    log = await restored.look(origin(), lambda tx: tx.log())
    await restored.close()
    assert [row.instance for row in log] == [f"q{n}" for n in range(20)]


async def test_a_backup_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    """A damaged database is not copied over a good copy, and no half copy stays."""
    path, copy = tmp_path / "sparring.db", tmp_path / "copy.db"
    store = store_at(str(path))
    await store.run(origin(), answering("q"))
    await store.close()
    good = backup(path, copy).read_bytes()
    # a row that its index no longer finds
    damaged = path.read_bytes().replace(b"discord:guild", b"discord:build", 1)
    path.write_bytes(damaged)
    with pytest.raises(Unusable, match=r"could not be backed up.*index"):
        backup(path, copy)
    with pytest.raises(Unusable, match="nothing to back up"):
        backup(tmp_path / "none.db", copy)
    assert copy.read_bytes() == good
    assert copies(tmp_path) == ["copy.db"]


def test_addresses_are_understood() -> None:
    """A path, a SQLite URL and the PostgreSQL ones are told apart; others are refused."""
    assert sqlite_path("data/s.db") == Path("data/s.db")
    assert sqlite_path("sqlite:////var/s.db") == Path("/var/s.db")
    assert sqlite_path("postgresql://h/d") is None
    assert sqlite_path("postgresql+psycopg://h/d") is None
    for bad in ("mysql://h/d", "", "sqlite:///", ":memory:"):
        with pytest.raises(Unusable):
            sqlite_path(bad)


async def test_the_writer_is_set_up_to_lose_nothing(file_store: Database) -> None:
    """Write-ahead log, every commit synced, foreign keys on, what is deleted is overwritten."""
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    found: dict[str, object] = {}

    def work(tx: Tx) -> Reply:
        for name in pragmas:
            found[name] = tx._connection().exec_driver_sql(f"PRAGMA {name}").scalar()  # type: ignore[attr-defined]
        return said("")

    await file_store.run(origin(), work)
    assert found == pragmas


async def test_the_reader_neither_writes_nor_checkpoints(file_store: Database) -> None:
    """A look's connection cannot change the file."""

    def work(tx: Tx) -> object:
        return tx._connection().exec_driver_sql("DELETE FROM due WHERE due.person = ''")  # type: ignore[attr-defined]

    with pytest.raises(OperationalError, match="readonly"):
        await file_store.look(origin(), work)


def test_a_press_loads_neither_models_nor_migrations(tmp_path: Path) -> None:
    """Opening a new file and pressing loads SQLAlchemy Core, not its ORM, SQLModel or Alembic."""
    code = """
import asyncio, sys
from datetime import UTC, datetime
from bot.chat.cards import Reply
from bot.chat.events import Origin
from storage import open_store
assert "sqlalchemy" not in sys.modules
now = datetime.now(UTC)
async def main():
    store = open_store(sys.argv[1], clock=lambda: now, ids=iter("abcdef").__next__)
    await store.run(Origin(person="discord:1", place="p", at=now, key="k"), lambda tx: Reply())
    await store.close()
asyncio.run(main())
heavy = ("alembic", "sqlmodel", "pydantic", "psycopg", "sqlalchemy.dialects.postgresql")
print([name for name in heavy if name in sys.modules])
"""
    ran = child(code, tmp_path / "sparring.db")
    assert ran.stdout.strip() == "[]", ran.stderr

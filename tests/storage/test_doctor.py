"""The doctor finds what is wrong, and finds nothing where nothing is."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.posts import Message
from bot.learning.state import Ability
from bot.store.protocol import Tx
from bot.store.rows import LogRow, Memory
from bot.store.rules import PlaceRules
from bot.store.scores import Gain
from bot.streaks import Streak
from storage.doctor import Finding, affected, findings
from tests.storage.communal import ASKED, alias, appeal, challenge, daily, game, posting, proposal
from tests.stores import START, Server, answering, doing, origin, said, store_at

PEOPLE = 4


class Derived(Struct, frozen=True):
    answers: int
    streak: Streak
    ability: Ability
    memories: dict[tuple[str, str], Memory]
    gains: dict[tuple[str, str, str], Gain]


def replay(rows: Iterable[LogRow]) -> Derived:
    """What `leave` has left: each answer is two points, and its question is remembered."""
    log = list(rows)
    memory = Memory(item="i1", area="a", topic="t", shown=START, last=START, reps=len(log))
    points = sum(row.points for row in log)
    gain = Gain("all", "all", points, len(log), len(log))
    return Derived(
        answers=len(log),
        streak=Streak(),
        ability=Ability(),
        memories={("", "i1"): memory} if log else {},
        gains={(log[0].community, "all", "all"): gain} if log else {},
    )


def leave(turn: int) -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        answering(f"q{turn}")(tx)
        seen = Memory(item="i1", area="a", topic="t", shown=START, last=START, reps=turn + 1)
        tx.remember(seen)
        tx.remember(replace(seen, item="only-shown", last=None, reps=0))
        return said("")

    return work


def lead(tx: Tx) -> None:
    """A challenge whose daily is posted, a game, rules, a proposal, and a score of nothing."""
    tx.save_challenge(challenge(tx))
    tx.save_daily(daily(tx))
    tx.save_posting(posting(tx, message=Message("discord", "1", START)))
    tx.save_game(game(tx, asked=(ASKED,)))
    tx.save_place_rules(PlaceRules(place="discord:p"))
    tx.save_proposal(proposal(tx))
    tx.save_appeal(appeal(tx))
    tx.save_alias(alias(tx))
    for answers in (1, -1):  # what a repair took back
        tx.gain(Gain("believed/x", "w2026-48", 0, answers, 0))


@pytest.fixture
async def kept(url: str) -> str:
    """A database with a few people's answers, closed."""
    store = store_at(url)
    for n in range(PEOPLE):
        for turn in range(5):
            await store.run(origin(f"discord:p{n}"), leave(turn))
    await store.run(origin("discord:p0"), doing(lead))
    await store.close()
    return url


def bad(found: Iterable[Finding]) -> dict[str, str]:
    return {each.what: each.text for each in found if each.level == "bad"}


def change(url: str, sql: str) -> None:
    if url.endswith(".db"):
        with closing(sqlite3.connect(url, isolation_level=None)) as connection:
            connection.execute(sql)
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.encode())


async def test_a_sound_database_has_no_finding(kept: str, server: Server) -> None:
    """Schema, integrity, chains and caches are in order; they were looked at."""
    server.say("ALTER SYSTEM SET fsync = on")
    server.say("SELECT pg_reload_conf()")
    found = findings(kept, replay=replay)
    server.say("ALTER SYSTEM SET fsync = off")
    server.say("SELECT pg_reload_conf()")
    assert bad(found) == {}
    looked = {each.what: each.text for each in found}
    assert looked["schema"] == "at head"
    assert looked["chains"] == f"{PEOPLE} logs are whole"
    assert str(PEOPLE) in looked["caches"]


async def test_a_database_in_use_can_be_looked_at(url: str) -> None:
    """The doctor needs no lock: a store may be writing."""
    store = store_at(url)
    await store.run(origin(), leave(0))
    found = findings(url, replay=replay)
    await store.run(origin(), leave(1))
    await store.close()
    assert set(bad(found)) <= {"durability"}


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("chains", "UPDATE log SET points = points + 1 WHERE seq = 3"),
        ("chains", "DELETE FROM log WHERE seq = 5"),
        ("chains", "UPDATE person SET head = 'x'"),
        ("caches", "UPDATE person SET answers = answers + 1"),
        ("caches", "UPDATE person SET streak = '{\"days\":9}'"),
        ("caches", "UPDATE score SET points = points + 1"),
        ("caches", "DELETE FROM score"),
        ("caches", "UPDATE memory SET stability = 9 WHERE item = 'i1'"),
        ("caches", "DELETE FROM memory WHERE item = 'i1'"),
        ("ledger", "DELETE FROM challenge"),
        ("ledger", "DELETE FROM daily"),
        ("ledger", "UPDATE posting SET day = '2026-11-26'"),
        ("ledger", "UPDATE daily SET state = 'closed'"),
        ("ledger", "UPDATE game SET place = 'discord:elsewhere'"),
        ("ledger", "UPDATE proposal SET item = '{}'"),
        ("ledger", "UPDATE appeal SET response = '['"),
        ("ledger", "UPDATE place_rules SET body = 'x'"),
        ("schema", "UPDATE alembic_version SET version_num = '9'"),
    ],
)
async def test_each_planted_fault_is_found(kept: str, what: str, sql: str) -> None:
    """A changed log, cache or version is a bad finding of its kind."""
    change(kept, sql)
    found = bad(findings(kept, replay=replay))
    assert what in found or (what == "schema" and "newer" in found["database"])


async def test_durability_that_is_off_is_found(server: Server, kept: str) -> None:
    """PostgreSQL that does not sync its commits is a bad finding."""
    if not kept.endswith(".db"):
        assert "fsync is off" in bad(findings(kept))["durability"]


def dump(path: Path) -> object:
    """What the log and the caches say; an error where they cannot be read."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            names = ("log", "person", "memory", "score")
            return [connection.execute(f"SELECT * FROM {n}").fetchall() for n in names]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


async def test_flipped_bits_are_found(tmp_path: Path) -> None:
    """Of flips of one bit that change what is stored 95 of 100 are found, none is an exception."""
    path = tmp_path / "sparring.db"
    store = store_at(str(path))
    for turn in range(40):
        await store.run(origin(), leave(turn))
    await store.close()
    good, before = path.read_bytes(), dump(path)
    rng = random.Random(3)
    changing = found = 0
    while changing < 60:
        data = bytearray(good)
        data[rng.randrange(100, len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        if dump(path) != before:
            changing += 1
            found += bool(bad(findings(str(path), replay=replay)))
    assert found >= 60 * 0.95


def test_what_is_no_database_is_a_finding(tmp_path: Path) -> None:
    """A missing file, another file and a wrong address are findings, not exceptions."""
    other = tmp_path / "notes.db"
    other.write_text("x" * 5000)
    for url in (str(tmp_path / "none.db"), str(other), "mysql://h/d", "postgresql://127.0.0.1:1/x"):
        assert "database" in bad(findings(url))


def test_the_versions_with_the_reset_bug_are_known() -> None:
    """3.7.0 to 3.51.2 but for the mended branches (sqlite.org/wal.html#walresetbug)."""
    yes = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 46, 1), (3, 50, 6), (3, 51, 2)]
    no = [(3, 6, 23), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 54, 0)]
    assert all(map(affected, yes))
    assert not any(map(affected, no))

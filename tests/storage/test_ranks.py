"""Ranks: the histogram of scores equals a count of them, whatever happens to the scores."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from bot.chat.cards import Reply
from bot.store.protocol import Tx
from bot.store.scores import Board, Gain
from storage import histogram
from storage.doctor import findings
from storage.engine import Database
from storage.migrations import upgrade
from storage.schema import histogram as kept
from storage.schema import score
from storage.wall import EVERYBODY
from tests.stores import Server, doing, origin, said, store_at

PERIODS = ("all", "m2026-11", "w2026-48", "d2026-11-25")
PEOPLE = [f"discord:p{n}" for n in range(40)]
STEPS = int(os.environ.get("STEPS", "400"))  # `make kill` takes 2,000


def gaining(points: int, *periods: str) -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        for period in periods:
            tx.gain(Gain("all", period, points, 1, 1))
        return said("")

    return work


def hiding(hidden: bool) -> Callable[[Tx], Reply]:
    return doing(lambda tx: tx.save_member(replace(tx.member, hidden=hidden)))


def something(rng: random.Random) -> Callable[[Tx], Reply]:
    """A gain mostly, of few points or many, also less than none; a hide, a show, an erasure."""
    chance = rng.random()
    if chance < 0.03:
        return doing(lambda tx: tx.forget())
    if chance < 0.15:
        return hiding(chance < 0.09)
    points = rng.choice((-3, 0, 2, 2, 3, 10, 70, 5_000))
    return gaining(points, *rng.sample(PERIODS, rng.randint(1, 4)))


def wrong(store: Database) -> list[str]:
    with store.engine.connect() as connection:
        return histogram.wrong(connection, 9)


async def board(store: Database, who: str) -> Board:
    return await store.look(origin(who), lambda tx: tx.board("all", "all", 1_000))


def counted(connection: Connection) -> dict[str, tuple[int, int]]:
    """By person: their points, and how many who are shown have more, counted from the scores."""
    columns = (score.c.person, score.c.points, score.c.hidden)
    everybody = select(*columns).where(score.c.period == "all", score.c.scope == "all")
    rows = connection.execute(everybody.prefix_with(EVERYBODY)).all()
    return {
        row.person: (row.points, sum(not r.hidden and r.points > row.points for r in rows))
        for row in rows
    }


@pytest.mark.parametrize("seed", range(2))
async def test_the_histogram_equals_a_count(store: Database, seed: int) -> None:
    """After 2,000 random gains, hides, shows and erasures, in batches and in waves of them."""
    rng = random.Random(seed)
    for _ in range(STEPS // 50):
        people = (origin(rng.choice(PEOPLE)) for _ in range(50))
        await asyncio.gather(*(store.run(who, something(rng)) for who in people))
        assert wrong(store) == []
    with store.engine.connect() as connection:
        standing = counted(connection)
    assert len(standing) > len(PEOPLE) / 2
    for who in PEOPLE:
        ids = await store.look(origin(who), lambda tx: tx.person.id)
        own = (await board(store, who)).own
        assert (own and (own.points, own.rank - 1)) == standing.get(ids)


async def test_ranks_are_right_at_every_edge(store: Database) -> None:
    """Points around each border between buckets, below zero too, have the rank a sort gives."""
    edges = [
        sign * (64**step) + off for step in (1, 2, 3) for off in (-1, 0, 1) for sign in (1, -1)
    ]
    points = dict(zip(PEOPLE, [*edges, 0, 1, -2, -1, 63, 4095, 4097], strict=False))
    for who, some in points.items():
        await store.run(origin(who), gaining(some, "all"))
    for who, some in points.items():
        seen = await board(store, who)
        better = [other for other in points.values() if other > some]
        assert (seen.own and seen.own.rank, seen.people) == (len(better) + 1, len(points))
        if better:
            assert seen.ahead is not None
            above = sum(other > min(better) for other in better)
            assert (seen.ahead.points, seen.ahead.rank) == (min(better), above + 1)


async def test_concurrent_presses_count_right(server_url: str) -> None:
    """Two processes of four writers each, on the same people and boards: none fails."""
    stores = [store_at(server_url), store_at(server_url)]
    rng = random.Random(3)
    people = [f"discord:p{n}" for n in range(400)]
    left = iter(range(STEPS))

    async def pressing(store: Database) -> None:
        for _ in left:
            await store.run(origin(rng.choice(people)), something(rng))

    await asyncio.gather(*(pressing(stores[n % 2]) for n in range(64)))
    assert wrong(stores[0]) == []
    for store in stores:
        await store.close()


UPSERT = """
INSERT INTO score (community, scope, period, person, points, answers, "right", hidden)
VALUES ('c', 'all', %s, %s, %s, 1, 1, false)
ON CONFLICT (community, scope, period, person)
DO UPDATE SET points = score.points + excluded.points
"""


def writing(url: str, writer: int) -> int:
    """Transactions of three statements in an order of their own; the slots that were needed."""
    rng = random.Random(writer)
    slots: set[int] = set()
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(STEPS // 8):
            with connection.transaction():
                for _ in range(3):
                    rows = [
                        (period, f"{writer}/{rng.randrange(5)}", rng.choice((2, 10, 100)))
                        for period in rng.sample(PERIODS, 2)
                    ]
                    connection.cursor().executemany(UPSERT, rows)
                held = "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND pid = %s"
                mine = connection.execute(held, (connection.info.backend_pid,)).fetchall()
                slots |= {slot for (slot,) in mine}
    return len(slots)


async def test_writers_never_wait_for_each_other(server_url: str) -> None:
    """Four writers of the same boards, each in an order of its own, meet in no deadlock."""
    store = store_at(server_url)
    writers = (asyncio.to_thread(writing, server_url, n) for n in range(4))
    slots = await asyncio.gather(*writers)
    assert max(slots) > 1  # they did write at once
    assert wrong(store) == []
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT {EVERYBODY} coarse, sum(people) FROM histogram GROUP BY coarse ORDER BY coarse"
        ).all()
        people = connection.scalar(select(func.count()).select_from(score).prefix_with(EVERYBODY))
    assert [tuple(row) for row in rows] == [(step, people) for step in histogram.STEPS]
    await store.close()


async def test_doctor_says_where_a_histogram_is_wrong(store: Database, url: str) -> None:
    """A bucket that contradicts the scores is a finding; without one the ranks are well."""
    for who in PEOPLE[:3]:
        await store.run(origin(who), gaining(70, "all"))

    def ranks() -> list[tuple[str, str]]:
        return [(each.level, each.text) for each in findings(url) if each.what == "ranks"]

    assert [level for level, _ in ranks()] == ["ok"]
    with store.engine.connect() as connection:
        spoilt = f"UPDATE {EVERYBODY} histogram SET people = people + 1 WHERE coarse = 1"
        connection.exec_driver_sql(spoilt)
    ((level, said_of_it),) = ranks()
    assert level == "bad"
    assert "+1 people in bucket 1 of 64 points" in said_of_it


def older(url: str, rows: list[tuple[object, ...]]) -> None:
    """A database of the schema before, with these scores."""
    upgrade(url, to="0002")
    into = "INSERT INTO score VALUES (%s, %s, %s, %s, %s, 1, 1, %s)"
    if url.endswith(".db"):
        with closing(sqlite3.connect(url, isolation_level=None)) as file:
            file.executemany(into.replace("%s", "?"), rows)
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.cursor().executemany(into.encode(), rows)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_the_migration_counts_what_is_there(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Scores of before are in the histogram, and those that come later too."""
    server = None if kind == "sqlite" else request.getfixturevalue("server")
    url = server.empty() if server else str(tmp_path / "old.db")
    rng = random.Random(4)
    older(
        url,
        [
            (f"c{n % 3}", "all", rng.choice(PERIODS), f"p{n}", rng.randint(-90, 9_000), n % 5 == 0)
            for n in range(1_000)
        ],
    )
    upgrade(url)
    store = store_at(url)
    assert wrong(store) == []
    await asyncio.gather(*(store.run(origin(who), something(rng)) for who in PEOPLE))
    assert wrong(store) == []
    with store.engine.connect() as connection:
        total = select(func.sum(kept.c.people)).prefix_with(EVERYBODY).where(kept.c.coarse == 2)
        assert (connection.scalar(total) or 0) > 700
    await store.close()


def triggers(url: str) -> list[str]:
    """What a PostgreSQL server runs for the histogram."""
    functions = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'histogram%'"
    kept_by = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    with psycopg.connect(url) as connection:
        rows = [connection.execute(each).fetchall() for each in (functions, kept_by)]
    return sorted(map(str, rows[0])) + sorted(map(str, rows[1]))


def test_a_new_server_has_the_triggers_of_a_migrated_one(server: Server) -> None:
    """Both count in the same way; for files the whole definitions are compared elsewhere."""
    made, migrated = server.empty(), server.empty()
    store_at(made).release()
    upgrade(migrated)
    assert triggers(made) == triggers(migrated)
    assert len(triggers(made)) == 5

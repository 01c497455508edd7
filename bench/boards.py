"""Top ten, own rank and one period more, against one primary-key select and three periods.

All statements go the same way, prepared, to the driver. A board reads kept scores and their
histogram, never an answer: what grows with the answers is the log, which lies beside them.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from itertools import count
from time import perf_counter

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from bench import crowded
from bench.measure import FLYING, Arm, Row, micros, ratio, rounds, run, show, together
from bench.postgres import serving
from bot.chat.cards import Reply
from bot.store.protocol import Tx
from bot.store.scores import Gain
from storage import boards
from storage.boards import Asker
from storage.driver import rows
from storage.prepared import Prepared
from tests.stores import origin, row, said, silent, store_at

SMALL = {"people": 100_000, "answers": 1, "logged": 100_000}
LARGE = {"people": 1_000_000, "answers": 10, "logged": 1_000_000}
ASKED = 1_000
PRESSING = 256  # people who answer
KEY = (
    "SELECT score.points, score.answers FROM score WHERE score.community = :given_community "
    "AND score.scope = :given_scope AND score.period = :given_period "
    "AND score.person = :given_person"
)
PERIODS = ("d2026-11-25", "w2026-48", "m2026-11", "all")
Times = dict[str, list[float]]


async def main() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"{folder}/{name}.db" for name in ("small", "large", "written")]
        await _measured("SQLite", urls)
    with serving() as url:
        await _measured("PostgreSQL", [_database(url, name) for name in ("s", "l", "w")])


def _database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def _measured(name: str, urls: list[str]) -> None:
    small, large = await _asked(urls[0], SMALL), await _asked(urls[1], LARGE)
    people = f"of {LARGE['people']:,} people against one primary-key select, {name}"
    for arm, what, limit in (("top", "the top ten", 3.0), ("own", "the own rank", 4.5)):
        one, other = ratio(large, arm, "key"), ratio(small, arm, "key")
        show(Row(f"{what} {people}", one, limit, note=micros(large)))
        sizes = " to ".join(f"{size['people'] * size['answers']:,}" for size in (SMALL, LARGE))
        logged = " and ".join(f"{size['logged']:,}" for size in (SMALL, LARGE))
        note = f"{other:.2f} and {one:.2f} times the select; beside {logged} rows of the log"
        show(Row(f"{what} from {sizes} answers, {name}", one / other, 1.3, note=note))
    await _written(name, urls[2])


async def _asked(url: str, size: dict[str, int]) -> Times:
    store = store_at(url)
    crowded.fill(store, *crowded.PEOPLE, count=size["people"])
    crowded.fill(store, crowded.COMMUNITY, crowded.MEMBERS, count=size["people"])
    crowded.fill(store, crowded.SCORES, count=size["people"], answers=size["answers"])
    crowded.fill(store, crowded.LOG, count=size["logged"])
    rng = random.Random(1)
    with store.engine.connect() as connection:
        key = Prepared(text(KEY), connection.dialect)

        def asking(ask: Callable[[Asker], object]) -> Arm:
            async def arm() -> float:
                ids = [f"p{rng.randrange(size['people'])}" for _ in range(ASKED)]
                askers = [Asker("c1", "all", "all", each, "") for each in ids]
                start = perf_counter()
                for asker in askers:
                    ask(asker)
                return (perf_counter() - start) / ASKED

            return arm

        times = await rounds(
            {
                "key": asking(lambda asker: _key(connection, key, asker)),
                "top": asking(lambda asker: boards.top(connection, asker, 10)),
                "own": asking(lambda asker: boards.place(connection, asker)),
            }
        )
    await store.close()
    return times


def _key(connection: Connection, statement: Prepared, asker: Asker) -> object:
    given = {"community": asker.community, "scope": asker.scope, "period": asker.period}
    return rows(connection, statement, **given, person=asker.person)


async def _written(name: str, url: str) -> None:
    """The store's part of an answer: a row of the log, the person, its reply and the scores."""
    store = store_at(url)
    numbers = count()

    def answers(*periods: str) -> Arm:
        def work(tx: Tx) -> Reply:
            tx.append(row(tx, f"q{next(numbers)}"))
            for period in periods:
                tx.gain(Gain("all", period, 2, 1, 1))
            return said("")

        async def once() -> None:
            await store.run(origin(f"discord:{next(numbers) % PRESSING}"), work)

        return together(once, 8 * FLYING)

    for number in range(PRESSING):  # everybody is known before anything is measured
        await store.run(origin(f"discord:{number}"), silent)
    times = await rounds({"3": answers(*PERIODS[1:]), "4": answers(*PERIODS)})
    note = f"{FLYING} in flight; {micros(times)}"
    goal = f"an answer's writes with four periods against three, {name}"
    show(Row(goal, ratio(times, "4", "3"), 1.25, note=note))
    await store.close()


if __name__ == "__main__":
    run(main)

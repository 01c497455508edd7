"""Drawing the next question, against one primary-key select; both through the store, on SQLite.

A draw is all that is read and computed to choose a question for somebody: candidates from the
bank, what the person has met of them, what answers made of them, the engine's pick. It should cost
the same with 2,000 and 100,000 questions, and with no answers and with 10,000: as many questions
met, and then with all that answers in every topic let the engine believe of a person besides.
Everybody's answers have calibrated the questions of one bank.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from itertools import count

from msgspec.structs import replace
from sqlalchemy import insert

from bench.measure import Arm, Row, micros, ratio, rounds, run, show
from bot.features.feature import Bank
from bot.features.quiz import selecting
from bot.features.quiz.wanted import Wanted
from bot.learning import ability, items
from bot.learning.ability import Seen
from bot.learning.items import Showing
from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions import areas
from questions.collection import Collection
from questions.model import LEVELS, Item
from storage.engine import Database
from storage.schema import calibration
from storage.values import written
from tests import bank
from tests.stores import START, doing, origin, store_at

FEW, MANY, ANSWERED, DRAWS = 2_000, 100_000, 10_000, 200
RIGHT, TOLD = 0.65, 30


async def main() -> None:
    known = areas.load()
    small, large = _bank(known, FEW), _bank(known, MANY)
    asked = _bank(known, FEW, "asked")
    with tempfile.TemporaryDirectory() as folder:
        store = store_at(f"{folder}/draw.db")
        await store.run(origin("slack:new"), doing(lambda _tx: None))
        await store.run(origin("slack:somebody"), doing(partial(_meet, large)))
        await store.run(origin("slack:known"), doing(partial(_meet, large)))
        await store.run(origin("slack:known"), doing(partial(_believe, known)))
        _calibrate(store, known, asked)
        arms: dict[str, Arm] = {
            "key": _arm(store, "new", lambda tx, _rng: tx.memory("none")),
            "draw": _arm(store, "new", _drawn(small)),
            "calibrated": _arm(store, "new", _drawn(asked)),
            "many questions": _arm(store, "new", _drawn(large)),
            "many answers": _arm(store, "somebody", _drawn(large)),
            "all believed": _arm(store, "known", _drawn(large)),
        }
        times = await rounds(arms)
        await store.close()
    _told(times)


def _told(times: Mapping[str, list[float]]) -> None:
    key = "a draw against one primary-key select"
    show(Row(key, ratio(times, "draw", "key"), 3.5, note=micros(times)))
    show(Row(f"{key}, all questions calibrated", ratio(times, "calibrated", "key"), 3.5))
    flat = ratio(times, "many questions", "draw")
    show(Row(f"a draw from {MANY:,} questions against {FEW:,}", flat, 1.15))
    flat = ratio(times, "many answers", "many questions")
    show(Row(f"a draw after {ANSWERED:,} answers against none", flat, 1.15))
    flat = ratio(times, "all believed", "many questions")
    note = "beliefs of 26 areas, 24 KB, where somebody new has 4 areas and none: docs/why.md"
    show(Row(f"the same with all that {ANSWERED:,} answers let believe", flat, 1.15, note=note))


def _bank(known: areas.Areas, size: int, name: str = "item") -> Collection:
    slugs = [(area.slug, topic.slug) for area in known.areas for topic in area.topics]
    every = (_item(f"{name}-{n}", n, *slugs[n % len(slugs)]) for n in range(size))
    return Collection(every, known)


def _item(name: str, number: int, area: str, topic: str) -> Item:
    place = {"area": area, "topic": topic, "level": LEVELS[number % 3]}
    return replace(bank.SINGLE, id=name, hash=name, **place)


def _meet(questions: Collection, tx: Tx) -> None:
    """Somebody has met every tenth question."""
    for number in range(0, MANY, MANY // ANSWERED):
        item = questions.get(f"item-{number}")
        assert item is not None
        tx.remember(_met(item))


def _calibrate(store: Database, known: areas.Areas, questions: Collection) -> None:
    """Each has had answers enough for all of its options to be chosen."""
    rng = random.Random(2)
    rows = []
    for item in (item for area in known.areas for item in questions.items(area.slug)):
        params = items.prior(item.level, item.type)
        for _ in range(TOLD):
            right = float(rng.random() < RIGHT)
            shown = Showing(rng.gauss(0.0, 1.0), 0.5, 0.25, right, rng.choice("0123"), 30.0)
            params = items.calibrated(params, shown)
        row = {"owner": "", "item": item.id, "hash": item.hash, "suspect": False}
        rows.append(row | {"params": written(params)})
    with store.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        connection.execute(insert(calibration), rows)
        connection.exec_driver_sql("COMMIT")


def _believe(known: areas.Areas, tx: Tx) -> None:
    """They have answered in every topic, with the engine's beliefs after each."""
    rng = random.Random(1)
    topics = [(area.slug, topic.slug) for area in known.areas for topic in area.topics]
    person = tx.person.ability
    for number in range(ANSWERED):
        at = START - timedelta(hours=ANSWERED - number)
        params, credit = items.graded(rng.random()), float(rng.random() < RIGHT)
        person = ability.observe(person, Seen(*rng.choice(topics), params, 0.25, credit, at))
    tx.save_person(replace(tx.person, answers=ANSWERED, ability=person))


def _met(item: Item) -> Memory:
    due = START + timedelta(days=90)
    last = START - timedelta(days=3)
    return Memory(
        item=item.id, area=item.area, topic=item.topic, shown=last, due=due, last=last,
        last_day=last.date(), stability=90.0, difficulty=5.0, reps=1,
    )  # fmt: skip


def _drawn(questions: Bank) -> Callable[[Tx, random.Random], object]:
    wanted = Wanted(press_only=True, count=1)
    return lambda tx, rng: selecting.next_new(tx, questions, wanted, rng, ())


def _arm(store: Database, who: str, work: Callable[[Tx, random.Random], object]) -> Arm:
    seeds = count()

    async def arm() -> float:
        spent = []
        for _ in range(DRAWS):
            rng = random.Random(next(seeds))
            start = asyncio.get_running_loop().time()
            await store.look(origin(f"slack:{who}"), lambda tx, rng=rng: work(tx, rng))  # type: ignore[misc]
            spent.append(asyncio.get_running_loop().time() - start)
        return statistics.median(spent)

    return arm


if __name__ == "__main__":
    run(main)

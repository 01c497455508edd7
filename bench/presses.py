"""People with a question before them each, and the presses that answer it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import func, select

from bench.durable import File
from bench.measure import (
    FLYING,
    ROUNDS,
    Arm,
    Last,
    Once,
    Row,
    alone,
    micros,
    ratio,
    root,
    rounds,
    show,
    together,
)
from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Origin, Press
from bot.features.quiz import issuing
from bot.features.quiz.table import Table
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Quiz
from questions import areas
from questions.collection import Collection
from questions.loading import load
from questions.model import Choice, Item
from storage.engine import Database
from storage.schema import log
from tests.stage import Stage

T = TypeVar("T")
# how presses come, and how many in a round
WAYS: tuple[tuple[str, Callable[..., Arm], int], ...] = (
    (f"{FLYING} in flight", together, 8 * FLYING),
    ("alone", alone, 100),
)
PEOPLE = 256
ASKED = 5  # questions of a quiz
KINDS = ("single", "output")


def written() -> Collection:
    """The bank as it is written, checked or not."""
    entries = load(root() / "questions" / "bank").entries
    return Collection((entry.item for entry in entries), areas.load())


class Ready(Struct, frozen=True):
    """A press that answers an open question, and the card it stands on."""

    person: str
    token: str
    card: Card


class Crowd:
    """Writes open quizzes ahead of time, so that a round does nothing but answer."""

    def __init__(self, stage: Stage, before: str, community: str) -> None:
        self._stage = stage
        self._before = before  # of a platform's own id of a person: `slack:T1/U`
        self._community = community
        self._numbers = count()
        self._rng = random.Random(1)
        self._items = [item for item in _choices(stage) if item.type in KINDS]

    def origin(self, person: str) -> Origin:
        """The facts of an event of now."""
        return Origin(
            person=f"{self._before}{person}",
            place=f"{self._community}/c1",
            community=self._community,
            at=datetime.now(UTC),
            key=f"bench/{next(self._numbers)}",
            name=person,
        )

    async def prepare(self, presses: int) -> list[Ready]:
        """Open a quiz for each press; people take turns."""
        ready: list[Ready] = []
        for start in range(0, presses, PEOPLE):
            numbers = range(start, min(start + PEOPLE, presses))
            opened = (self._opened(str(1000 + number % PEOPLE)) for number in numbers)
            ready += await asyncio.gather(*opened)
        return ready

    async def _opened(self, person: str) -> Ready:
        made: list[Ready] = []

        def work(tx: Tx) -> Reply:
            drawn = self._rng.sample(self._items, ASKED)
            asked = tuple(issuing.asked(item, "new", self._rng) for item in drawn)
            quiz = Quiz(
                id=self._stage.new_id(),
                person=tx.person.id,
                community=tx.community.id,
                place=tx.origin.place,
                asked=asked,
                started=tx.origin.at,
                touched=tx.origin.at,
            )
            bank = self._stage.questions
            issued, item = issuing.issue(tx, bank, quiz, 0)
            assert item is not None
            tx.save_quiz(issued)
            table = Table(tx, self._stage.kit, bank, reader(tx), issued, 0, item)
            card = table.question()
            letters = [one.token for one in card.buttons if one.label in ("A", "B")]
            made.append(Ready(person, self._rng.choice(letters), card))
            return reply(Card(view="ready"))

        await self._stage.store.run(self.origin(person), work)
        return made[-1]

    def recorded(self) -> int:
        """Rows in the log: every answer that was measured must be one of them."""
        store = self._stage.store
        assert isinstance(store, Database)
        with store.engine.connect() as connection:
            found: int = connection.scalar(select(func.count()).select_from(log)) or 0
        return found

    async def answers(self, one: Ready) -> Reply:
        """Press it at the door."""
        said = await self._stage.door.handle(Press(self.origin(one.person), one.token))
        assert said.cards[0].view == "verdict", said
        return said


class Against(Struct, frozen=True):
    """A platform's library doing nothing, and one durable row: what an answer is held against.

    `limits` are the most that an answer may cost of it, one for each of `WAYS`.
    """

    platform: str
    library: str
    limits: tuple[float, ...]
    floor: File


async def compare(
    crowd: Crowd,
    against: Against,
    sent: Callable[[list[Ready]], Iterable[T]],
    *,
    idle: Callable[[T], Awaitable[object]],
    answer: Callable[[T], Awaitable[object]],
    last: Sequence[Last] = (),
) -> None:
    """Show what an answer costs: `sent` makes presses what the platform sends, of which both take.

    `last` awaits what of an answer is still being done.
    """
    floor, strict = against.floor, f"{against.library}, row on the loop"
    for (name, way, each), limit in zip(WAYS, against.limits, strict=True):
        every = list(sent(await crowd.prepare(each * (ROUNDS + 1))))
        before = crowd.recorded()
        arms = {
            against.library: way(_in_turn(every, idle, floor.threaded), each),
            strict: way(_in_turn(every, idle, floor.blocking), each),
            "answer": way(_in_turn(every, answer), each, *last),
        }
        times = await rounds(arms)
        goal = f"an answer on {against.platform} against {against.library} and one row, {name}"
        note = f"row on the loop {ratio(times, 'answer', strict):.2f}; {micros(times)}"
        show(Row(goal, ratio(times, "answer", against.library), limit, note=note))
        assert crowd.recorded() - before == each * (ROUNDS + 1)


def _in_turn(
    every: Iterable[T],
    act: Callable[[T], Awaitable[object]],
    then: Callable[[], Awaitable[object]] | None = None,
) -> Once:
    left = iter(every)

    async def once() -> None:
        await act(next(left))
        if then is not None:
            await then()

    return once


def _choices(stage: Stage) -> list[Item]:
    bank = stage.questions
    every = [item for area in bank.areas.areas for item in bank.items(area.slug)]
    return [item for item in every if isinstance(item.body, Choice)]

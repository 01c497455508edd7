"""Presses delivered one to four times, in any order, over 25 hours, with a restart: exact scores.

python -m tests.daily.redelivery
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec import Struct

from bot import scoring
from bot.chat.cards import Card
from bot.chat.events import Origin, Press
from bot.replay import derive
from bot.store.protocol import Tx
from bot.store.scores import Board, Rank
from storage.doctor import findings
from tests.daily.setting import COMMUNITY, OTHER, PLACE, Here, collection
from tests.stage import Stage

POSTED = datetime(2026, 11, 24, 9, 0, 1, tzinfo=UTC)
REVEALED = datetime(2026, 11, 25, 9, 0, 1, tzinfo=UTC)
SPAN = timedelta(hours=25)
HOUR = timedelta(hours=1)
NEAR = 0.4  # of the presses are made within an hour of the reveal, before or after it
EVERYBODY = 10**6
AT_ONCE = 64  # deliveries on their way at the same time


class Event(Struct, frozen=True):
    """A press as the platform knows it: its key and time, whose it is, what was pressed where."""

    key: str
    person: str
    token: str
    at: datetime
    place: str


class Outcome(Struct, frozen=True):
    """What a run came to."""

    events: int
    deliveries: int
    people: int
    answers: int
    wrong: tuple[str, ...]


def pressed(rng: random.Random, card: Card, count: int) -> Iterator[Event]:
    """Presses of many people on one post: letters, lock-ins of the same and of another letter."""
    letters = {one.label: one.token for one in card.buttons if len(one.label) == 1}
    number = 0
    while number < count:
        person = f"discord:p{number}"
        first, second = rng.choice(list(letters)), rng.choice(list(letters))
        lock = {one: letters[one].replace("daily-pick", "daily-lock") for one in letters}
        show = letters["A"].rpartition(":")[0].replace("daily-pick", "daily-show")
        unknown = show.replace("daily-show", "daily-lock") + ":unknown"
        kinds = (
            [letters[first], lock[first]],
            [letters[first], unknown],
            [letters[first], lock[first], lock[first], lock[second], show, letters[second]],
        )
        for token in rng.choices(kinds, (6, 1, 3))[0]:
            number += 1
            near = rng.random() < NEAR
            at = REVEALED + HOUR * rng.uniform(-1, 1) if near else POSTED + SPAN * rng.random()
            yield Event(f"k{number}", person, token, at, rng.choice((PLACE, OTHER)))


def deliveries(rng: random.Random, events: Sequence[Event]) -> list[tuple[datetime, Event]]:
    """Each event one to four times, never before it was pressed, else whenever it likes."""
    end = POSTED + SPAN
    found = [
        (one.at + (end - one.at) * (rng.random() if n else rng.random() ** 4), one)
        for one in events
        for n in range(rng.randint(1, 4))
    ]
    return sorted(found, key=lambda pair: pair[0])


class Expected:
    """The scores as the rules say, from what was delivered when."""

    def __init__(self, right: str) -> None:
        self.right = right
        self.points: dict[str, int] = {}
        self.where: dict[str, str] = {}

    def in_time(self, event: Event, now: datetime) -> bool:
        """The platform's time of the press decides, not when it arrived."""
        return now < REVEALED or event.at < REVEALED

    def delivered(self, event: Event, now: datetime) -> None:
        """The first lock-in that is in time counts, whatever comes after it."""
        verb, _, rest = event.token.partition(":")
        if verb != "daily-lock" or event.person in self.points:
            return
        if self.in_time(event, now):
            right = rest.endswith(f":{self.right}")
            self.points[event.person] = scoring.daily(right=right)
            self.where[event.person] = event.place


async def run(
    url: str,
    count: int,
    *,
    seed: int = 1,
    at_once: int = AT_ONCE,
    rule: type[Expected] = Expected,
) -> Outcome:
    """Deliver the events, restart in the middle, compare every score with what it should be.

    Where several connections write, only one at a time tells which of two lock-ins came first.
    """
    rng = random.Random(seed)
    stage = Stage(url, collection())
    here = Here(stage)
    await here.challenge(places=(PLACE, OTHER))
    stage.clock.at = POSTED
    await here.work.tick()
    card = here.channel.new()[0].card
    lines = [line for line in card.text.splitlines() if line[1:3] == ") "]
    expected = rule(next(line[0] for line in lines if "Both succeed" in line))
    events = tuple(pressed(rng, card, count))
    arriving = deliveries(rng, events)
    middle = len(arriving) // 2
    for begin in range(0, len(arriving), at_once):
        if begin <= middle < begin + at_once:
            await stage.restart()
            here.work = here.clockwork()
        await _deliver(here, arriving[begin : begin + at_once], expected)
    stage.clock.at = POSTED + SPAN + timedelta(minutes=5)
    await here.work.tick()
    await here.work.tick()
    wrong = [one async for one in _wrong(here, expected)]
    await stage.store.close()
    wrong += _unsound(url)
    people = len({one.person for one in events})
    return Outcome(len(events), len(arriving), people, len(expected.points), tuple(wrong))


async def _deliver(
    here: Here, arriving: Sequence[tuple[datetime, Event]], expected: Expected
) -> None:
    """Some at once; those of one person keep their order, as the store queues them."""
    stage = here.stage
    for half in _split(arriving):
        stage.clock.at = max(stage.clock.at, half[0][0])
        await here.work.work()
        for _, event in half:
            expected.delivered(event, stage.clock.at)
        presses = (Press(_origin(event), event.token) for _, event in half)
        await asyncio.gather(*(stage.door.handle(one) for one in presses))


def _split(
    arriving: Sequence[tuple[datetime, Event]],
) -> Iterator[Sequence[tuple[datetime, Event]]]:
    """No group has deliveries from both sides of the reveal."""
    before = [one for one in arriving if one[0] < REVEALED]
    after = [one for one in arriving if one[0] >= REVEALED]
    return (one for one in (before, after) if one)


def _origin(event: Event) -> Origin:
    return Origin(
        person=event.person,
        place=event.place,
        community=COMMUNITY,
        at=event.at,
        key=event.key,
        name=event.person.rpartition(":")[2],
    )


async def _wrong(here: Here, expected: Expected) -> AsyncIterator[str]:
    """A sentence for each score that is not what it should be."""
    scopes = {
        "all": expected.points,
        **{
            f"in/{place}": {
                one: points
                for one, points in expected.points.items()
                if expected.where[one] == place
            }
            for place in (PLACE, OTHER)
        },
    }
    for scope, wanted in scopes.items():
        board = await here.stage.store.look(here.origin(), partial(_board, scope))
        found = Counter({_name(one): one.points for one in board.top})
        for person in wanted.keys() | found.keys():
            if found.get(person) != wanted.get(person):
                yield f"{scope}: {person} has {found.get(person)}, not {wanted.get(person)}"
    first = min(await here.dailies(), key=lambda one: one.day)
    if first.answered != len(expected.points):
        yield f"the ledger has {first.answered} answers, not {len(expected.points)}"
    right = sum(points == scoring.DAILY_RIGHT for points in expected.points.values())
    if first.right != right:
        yield f"the ledger has {first.right} right, not {right}"


def _board(scope: str, tx: Tx) -> Board:
    return tx.board(scope, "all", EVERYBODY)


def _name(one: Rank) -> str:
    return f"discord:{one.name}"


def _unsound(url: str) -> Iterator[str]:
    """What the doctor finds wrong with the database: caches against the log, chains."""
    for one in findings(url, replay=derive):
        if one.level == "bad" and one.what not in ("durability", "SQLite", "sqlite"):
            yield f"{one.what}: {one.text}"


def main() -> int:
    """The whole of it on SQLite."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(run(f"sqlite:///{Path(folder) / 'redelivery.db'}", 10_000))
    print(
        f"{found.events} events, {found.deliveries} deliveries, {found.people} people, "
        f"{found.answers} answers: {len(found.wrong)} wrong, {time.perf_counter() - begun:.0f} s"
    )
    for line in found.wrong[:20]:
        print(line)
    return int(bool(found.wrong))


if __name__ == "__main__":
    sys.exit(main())

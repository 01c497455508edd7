"""A community's channel on a face: people act in it, and what they see of it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.chat.events import Origin
from bot.chat.posts import Poster
from bot.due import Clockwork
from bot.store.community import Daily, Game
from bot.store.protocol import Tx
from bot.store.rows import Answer
from bot.store.scores import Board
from questions.collection import Collection
from questions.model import Item, Level
from tests import bank
from tests.drivers.screen import Screen
from tests.stage import Stage

ADMIN = "Boss"
PEOPLE = ("Ada", "Ben", "Cem", "Dan", "Eve")
ZONE = "Europe/Berlin"
START = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)  # a Monday
SECOND = timedelta(seconds=1)
MOST_STEPS = 500  # of the clockwork between two things people do
_COMMAND = re.compile(r"/(?:quiz|sparring) (?=[a-z])")
_HANDLE = re.compile(r"\bu(boss|ada|ben|cem|dan|eve)\b")
_CHANNEL = re.compile(r"<#(\d+)>")


How = Literal["post", "edit", "thread"]


class Seen(Struct, frozen=True, kw_only=True):
    """What appeared in the channel: a post, its new look, or a message in its thread."""

    how: How
    lines: tuple[str, ...]
    buttons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All its words, however its lines were broken."""
        return " ".join(self.lines)


class Step(Struct, frozen=True):
    """What somebody did, and what they saw then."""

    did: str
    saw: str
    buttons: frozenset[str]


class Face(Protocol):
    """A platform with its people; `posts` counts the messages of the channel from 0."""

    platform: str
    community: str
    place: str

    async def command(self, person: str, line: str) -> Screen: ...
    async def press(self, person: str, label: str) -> Screen: ...
    async def press_on(self, person: str, post: int, label: str) -> Screen: ...
    async def again(self, person: str) -> Screen: ...
    async def types(self, person: str, text: str, post: int) -> Screen: ...
    async def choose(self, person: str, letters: tuple[str, ...], post: int) -> Screen: ...
    async def restart(self) -> None: ...
    def follow(self, at: datetime) -> None: ...
    def poster(self) -> Poster: ...
    def post(self, number: int) -> Screen: ...
    def posts(self) -> int: ...
    def public(self) -> tuple[Seen, ...]: ...
    def external(self, person: str) -> str: ...
    def allow(self, *, write: bool) -> None: ...


class Town:
    """A face with its store, door and clockwork, and a clock that goes when the test says so."""

    def __init__(self, stage: Stage, face: Face, *, restarts: bool = False) -> None:
        self.stage = stage
        self.face = face
        self.restarts = restarts
        self.steps: list[Step] = []
        self.work = self._clockwork()

    def _clockwork(self) -> Clockwork:
        return self.stage.clockwork({self.face.platform: self.face.poster()})

    async def perhaps_restart(self) -> None:
        """A new process on the old database, where this run is one with restarts."""
        if not self.restarts:
            return
        await self.stage.restart()
        await self.face.restart()
        self.work = self._clockwork()

    def set(self, at: datetime) -> None:
        """Let it be this time, and nothing be done yet."""
        self.stage.clock.at = at
        self.face.follow(at)

    async def until(self, at: datetime) -> None:
        """Let time pass and do each thing when it is due."""
        for _ in range(MOST_STEPS):
            await self.work.tick()
            coming = await self.work.next()
            if coming is None or coming > at:
                break
            self.set(max(coming, self.stage.clock() + SECOND))
        else:
            raise AssertionError("the clockwork never rests")
        self.set(max(at, self.stage.clock()))
        await self.work.tick()

    async def after(self, **delta: float) -> None:
        """Let so much time pass."""
        await self.until(self.stage.clock() + timedelta(**delta))

    async def at(self, day: int, clock: str) -> None:
        """Let it be this time of November 2026 in the community's zone."""
        hour, minute = map(int, clock.split(":"))
        there = datetime(2026, 11, day, hour, minute, 5, tzinfo=ZoneInfo(ZONE))
        await self.until(there.astimezone(UTC))

    async def says(self, person: str, line: str, step: str = "") -> Screen:
        """Type a command."""
        return self._saw(step or f"{person}: {line}", await self.face.command(person, line))

    async def presses(self, person: str, label: str, step: str = "") -> Screen:
        """Press a button on the newest message that the person sees it on."""
        return self._saw(step or f"{person}: [{label}]", await self.face.press(person, label))

    async def presses_on(self, person: str, post: int, label: str, step: str = "") -> Screen:
        """Press a button of a certain post."""
        name = step or f"{person}: [{label}] on a post"
        return self._saw(name, await self.face.press_on(person, post, label))

    async def presses_again(self, person: str) -> Screen:
        """Press what was pressed last once more, whatever stands there now."""
        return self._saw(f"{person}: again", await self.face.again(person))

    async def types(self, person: str, text: str, post: int) -> Screen:
        """Open the form of a post, type and send."""
        return self._saw(f"{person}: {text}", await self.face.types(person, text, post))

    async def chooses(self, person: str, letters: tuple[str, ...], post: int) -> Screen:
        """Open the form with a box for each letter, tick and send."""
        name = f"{person}: {' '.join(letters)}"
        return self._saw(name, await self.face.choose(person, letters, post))

    def letter(self, post: int, words: str) -> str:
        """The letter under which these words stand on a post."""
        return letter(self.face.post(post), words)

    def _saw(self, step: str, screen: Screen) -> Screen:
        said = " ".join(line for one in (screen, *screen.also) for line in lines(one))
        self.steps.append(Step(step, said, frozenset(buttons(screen))))
        return screen

    def origin(self, person: str = ADMIN) -> Origin:
        """The facts of a look into the database."""
        return Origin(
            person=self.face.external(person),
            place=self.face.place,
            community=self.face.community,
            at=self.stage.clock(),
            key="look",
        )

    async def ledger(self, person: str) -> list[tuple[str, str, int]]:
        """What the log holds of a person: question, mark, points."""
        rows = await self.stage.store.look(self.origin(person), lambda tx: tx.log())
        found: list[tuple[str, str, int]] = []
        for row in rows:
            answer = msgspec.json.decode(row.data, type=Answer)
            assert row.ref is not None
            found.append((row.ref.id, answer.verdict.mark, row.points))
        return found

    async def board(self, scope: str, period: str) -> list[tuple[int, str, int]]:
        """A board: rank, name, points."""

        def read(tx: Tx) -> Board:
            return tx.board(scope, period, 10)

        board = await self.stage.store.look(self.origin(), read)
        return [(one.rank, named(one.name), one.points) for one in board.top]

    async def game(self) -> Game:
        """The newest game."""
        return (await self.stage.store.look(self.origin(), lambda tx: tx.games(1)))[0]

    async def dailies(self) -> tuple[Daily, ...]:
        """The ledger, the newest first."""
        since = date(2026, 1, 1)
        return await self.stage.store.look(self.origin(), lambda tx: tx.dailies(since))


def lines(screen: Screen) -> tuple[str, ...]:
    """What a screen says, without what the platform alone decides.

    That is: columns, a command's prefix, how a channel is named, and the handle under which Slack
    knows a person before it was asked for their name.
    """
    links = "\n".join(f"Source: {label}" for label, _ in screen.links)
    whole = f"{screen.title}\n{screen.text}\n{links}\n{screen.note}"
    whole = _CHANNEL.sub(r"#\1", _COMMAND.sub("/", whole))
    whole = _HANDLE.sub(lambda found: found[1].capitalize(), whole)
    return tuple(" ".join(line.split()) for line in whole.split("\n") if line.strip())


def seen(how: How, one: Screen) -> Seen:
    """What a screen says, as it appeared."""
    return Seen(how=how, lines=lines(one), buttons=tuple(sorted(set(buttons(one)))))


def named(name: str) -> str:
    """A name without Slack's handle."""
    return _HANDLE.sub(lambda found: found[1].capitalize(), name)


def buttons(screen: Screen) -> Iterator[str]:
    """What can be pressed; in a terminal an answer is simply typed."""
    for one in (screen, *screen.also):
        yield from (label for label in one.buttons if label != "Answer")


def letter(screen: Screen, words: str) -> str:
    """The letter under which these words stand."""
    for line in screen.text.split("\n"):
        found = re.match(r"(?:✓ |✗ )?([A-J])\) (.*)", line.strip())
        if found and words in found[2]:
            return found[1]
    raise AssertionError((words, screen.text))


def questions() -> Collection:
    """They as a bank."""
    return bank.collection(items())


def items() -> tuple[Item, ...]:
    """Questions of our own, enough for three days: juniors and seniors to press, mids to type."""
    pressed = [_numbered(n, "junior" if n < 7 else "senior") for n in range(13)]
    short = replace(bank.SHORT, level="mid")
    return (*pressed, short, bank.MULTI)


def _numbered(number: int, level: Level) -> Item:
    prompt = f"Case {number + 1}. {bank.SINGLE.prompt}"
    name = f"case-{number + 1}"
    return replace(bank.SINGLE, id=name, hash=f"hash-{name}", level=level, prompt=prompt)


def secrets(item: Item) -> Iterator[str]:
    """What no payload of an open question may hold."""
    yield item.id
    yield " ".join(item.explain.split())
    yield from item.explain.split("\n")
    for option in getattr(item.body, "options", ()):
        yield option.why
        if option.misconception:
            yield option.misconception
    for miss in getattr(item.body, "near_misses", ()):
        yield miss.why

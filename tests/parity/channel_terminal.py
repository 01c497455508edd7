"""A channel in the terminal: a terminal for each person, all in one room."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace
from rich.console import Console

from adapters.terminal import render
from adapters.terminal.app import COMMUNITY, PLACE, Chat
from adapters.terminal.post import Poster as Printer
from bot.chat.cards import Card
from bot.chat.events import Origin
from bot.chat.posts import Message, Post, Poster
from tests import bank
from tests.drivers.screen import Screen
from tests.drivers.terminal import screen as printed_screen
from tests.parity.channel import ADMIN, ZONE, How, Seen, seen
from tests.stage import Stage

WIDE = 4000  # columns: a line is not broken
PROMPT = "\0"  # stands where a terminal waited for a line


class Seat(Chat):
    """One of several people at terminals of one room; only the admin may decide."""

    person = ""

    def _origin(self) -> Origin:
        name = self.person
        own = f"terminal:{name.casefold()}"
        return replace(super()._origin(), person=own, name=self._name, admin=name == ADMIN)


class Heard(Printer):
    """The terminal's poster; keeps what each post printed."""

    def __init__(self, face: TerminalFace) -> None:
        self._out = io.StringIO()
        self.face = face
        super().__init__(_console(self._out), face.overhear, now=face.stage.clock)

    async def send(self, post: Post, *, first: bool = False) -> Message:
        self._out.seek(0)
        self._out.truncate()
        sent = await super().send(post, first=first)
        self.face.note(post, self._out.getvalue())
        return sent


class TerminalFace:
    """A terminal for each person, all in one room."""

    platform, community, place = "terminal", COMMUNITY, PLACE

    def __init__(self, stage: Stage, names: Mapping[str, str]) -> None:
        self.stage, self.names = stage, names
        self._ids = bank.ids("key")
        self._seen: list[Seen] = []
        self._cards: dict[str, tuple[Card, str]] = {}  # posts as they look, by name
        self._pressed: dict[str, str] = {}
        self._sit_down()

    def _sit_down(self) -> None:
        self.out: dict[str, io.StringIO] = {}
        self.seats: dict[str, Seat] = {}
        self.typed: dict[str, list[str]] = {}
        for person in (ADMIN, *self.names):
            self._seat(person)

    def _seat(self, person: str) -> None:
        out, typed = io.StringIO(), list[str]()

        async def read(prompt: str) -> str | None:
            out.write(PROMPT)
            return typed.pop(0) if typed else None

        seat = Seat(
            self.stage.door,
            _console(out),
            read,
            now=self.stage.clock,
            new_id=self._ids,
            save=lambda name, _text: name,
            piped=False,
            zone=ZONE,
            name=self.names.get(person, person),
        )
        seat.person = person
        self.out[person], self.seats[person], self.typed[person] = out, seat, typed

    async def restart(self) -> None:
        self._sit_down()

    def follow(self, at: datetime) -> None:
        """It has no clock of its own."""

    def poster(self) -> Poster:
        return Heard(self)

    def overhear(self, card: Card) -> None:
        for seat in self.seats.values():
            seat.overhear(card)

    def note(self, post: Post, printed: str) -> None:
        """Keep what was posted and how it was printed."""
        name = post.edits.id if post.edits else post.dedupe
        if post.where == "place":
            self._cards[name] = (post.card, printed or self._cards[name][1])
        if printed:
            how: How = "edit" if post.edits else "post"
            body = printed.strip().partition("\n")[2]  # its first line says where it stands
            one = _read(body)
            self._seen.append(seen("thread" if post.where == "thread" else how, one))

    def external(self, person: str) -> str:
        return f"terminal:{person.casefold()}"

    def allow(self, *, write: bool) -> None:
        """Nothing can be forbidden here."""

    async def command(self, person: str, line: str) -> Screen:
        return await self._hears(person, line)

    async def press(self, person: str, label: str) -> Screen:
        button = self.seats[person].desk.button(label)
        self._pressed[person] = button.token if button else ""
        return await self._hears(person, label)

    async def again(self, person: str) -> Screen:
        self._clear(person)
        await self.seats[person]._press(self._pressed[person])
        return _read(self.out[person].getvalue())

    async def press_on(self, person: str, post: int, label: str) -> Screen:
        card, _ = list(self._cards.values())[post]
        self._pressed[person] = next(b.token for b in card.buttons if b.label == label)
        return await self.again(person)

    async def types(self, person: str, text: str, post: int) -> Screen:
        self.typed[person].append(text)
        return await self.press_on(person, post, "Answer")

    async def choose(self, person: str, letters: tuple[str, ...], post: int) -> Screen:
        return await self._hears(person, " ".join(letters))

    async def _hears(self, person: str, line: str) -> Screen:
        self._clear(person)
        await self.seats[person].hear(line)
        return _read(self.out[person].getvalue())

    def _clear(self, person: str) -> None:
        self.out[person].seek(0)
        self.out[person].truncate()

    def posts(self) -> int:
        return len(self._cards)

    def post(self, number: int) -> Screen:
        card, _ = list(self._cards.values())[number]
        out = io.StringIO()

        _console(out).print(render.card(card))
        return _read(out.getvalue())

    def public(self) -> tuple[Seen, ...]:
        return tuple(self._seen)


def _read(printed: str) -> Screen:
    """What was printed, after the last form that was filled."""
    printed = printed.rpartition(PROMPT)[2]
    one = printed_screen("\n".join(line.strip() for line in printed.split("\n")))
    kept = [line for line in one.text.split("\n") if not _is_buttons(line.strip())]
    return replace(one, text="\n".join(kept))


def _is_buttons(line: str) -> bool:
    return line.startswith("[") and line.endswith("]") and not line.startswith(("[ ]", "[x]"))


def _console(out: io.StringIO) -> Console:
    return Console(file=out, width=WIDE, highlight=False, no_color=True)

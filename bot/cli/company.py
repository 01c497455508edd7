"""Company in the terminal: simulated people who play along, through the same door as everybody."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from adapters.terminal import reading
from adapters.terminal.app import COMMUNITY, PLACE
from adapters.terminal.filling import ticked
from adapters.terminal.reading import LETTERS
from bot.chat.cards import Button, Card
from bot.chat.events import Origin, Press
from bot.chat.tokens import parse, wants_form
from bot.door import Door
from bot.features.feature import Mistake
from bot.store.protocol import Busy, Down, Unsure


class Known(Struct, frozen=True):
    """What may be known of an open question: its right letters or answer, and its time (s)."""

    letters: frozenset[str] = frozenset()
    text: str = ""
    seconds: float = 20


Key = Callable[[str], Awaitable[Known | None]]  # token of a post's button -> None once it is over


class Somebody(Struct, frozen=True):
    """A simulated person: how often right, and which part of the time thinking takes."""

    name: str
    skill: float
    least: float
    most: float


PEOPLE = (
    Somebody("Ada (simulated)", 0.8, 0.25, 0.6),
    Somebody("Ben (simulated)", 0.55, 0.2, 0.85),
    Somebody("Cem (simulated)", 0.35, 0.15, 0.7),
)


class Company:
    """Answers what is posted in the channel, each person once, after a while."""

    def __init__(
        self,
        door: Door,
        key: Key,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seed: str = "",
    ) -> None:
        self._door = door
        self._key = key
        self._now = now
        self._new_id = new_id
        self._pause = pause
        self._seed = seed or new_id()
        self._thinking: set[asyncio.Task[None]] = set()
        self._seen: set[str] = set()

    def saw(self, card: Card) -> None:
        """A card stands in the channel: who has something to press there begins to think."""
        first = _answerable(card)
        if first is None or first.token in self._seen:
            return
        self._seen.add(first.token)
        for somebody in PEOPLE:
            task = asyncio.ensure_future(self._answer(somebody, card, first))
            self._thinking.add(task)
            task.add_done_callback(self._thinking.discard)

    async def leave(self) -> None:
        """Nobody answers any more."""
        for task in self._thinking:
            task.cancel()
        await asyncio.gather(*self._thinking, return_exceptions=True)

    async def _answer(self, who: Somebody, card: Card, first: Button) -> None:
        rng = random.Random(f"{self._seed}/{who.name}/{first.token}")
        try:
            known = await self._key(first.token)
            if known is not None:
                await self._pause(rng.uniform(who.least, who.most) * known.seconds)
                known = await self._key(first.token)
            if known is not None:
                await self._press(who, card, first, known, rng)
        except (Mistake, Busy, Down, Unsure):
            return  # the time was over, or whoever plays is told of it already

    async def _press(
        self, who: Somebody, card: Card, first: Button, known: Known, rng: random.Random
    ) -> None:
        knows = rng.random() < who.skill
        if reading.typed(card):
            await self._type(who, card, first, known.text if knows else "")
        elif wants_form(first.token):
            await self._tick(who, first, known.letters, None if knows else rng)
        else:
            letters = [one for one in card.buttons if one.label in LETTERS]
            fits = [one for one in letters if (one.label in known.letters) == knows]
            chosen = rng.choice(fits or letters)
            await self._lock_in(who, chosen.token)

    async def _lock_in(self, who: Somebody, token: str) -> None:
        said = await self._door.handle(Press(self._origin(who), token))
        for lock in filter(None, map(reading.lock, said.cards)):
            await self._door.handle(Press(self._origin(who), lock.token))

    async def _type(self, who: Somebody, card: Card, first: Button, text: str) -> None:
        """Type what is right, or say that it is not known: nobody makes up a wrong answer."""
        unknown = reading.press(card, "Don't know")
        if text:
            await self._door.handle(Press(self._origin(who), first.token, {"answer": text}))
        elif unknown is not None:
            await self._lock_in(who, unknown.token)

    async def _tick(
        self, who: Somebody, first: Button, right: frozenset[str], slip: random.Random | None
    ) -> None:
        """Choose in a form: who makes a slip has one box wrong, and never none ticked."""
        form = await self._door.form(self._origin(who), first.token)
        if form is None:
            return
        boxes = LETTERS[: len(form.fields[0].choices)]
        slips = [right ^ {letter} for letter in boxes if right != {letter}]
        letters = slip.choice(slips) if slip and slips else right
        await self._door.handle(Press(self._origin(who), form.token, ticked(form, letters)))

    def _origin(self, who: Somebody) -> Origin:
        return Origin(
            person=f"terminal:{who.name.partition(' ')[0].casefold()}",
            place=PLACE,
            community=COMMUNITY,
            private=False,
            at=self._now(),
            ours=True,
            key=f"terminal/{self._new_id()}",
            name=who.name,
            admin=False,
        )


def _answerable(card: Card) -> Button | None:
    """The button of a post by which it is answered, or the first of them."""
    for button in card.buttons:
        form = wants_form(button.token) and button.label in (reading.ANSWER, reading.CHOOSE)
        if form or (len(button.label) == 1 and button.label in LETTERS):
            return button
    return None


def subject(token: str) -> tuple[str, str]:
    """The id of the daily or game that a post's button belongs to, and what stands after it."""
    read = parse(token)
    return (read.part(0), read.part(1)) if read else ("", "")

"""A terminal with its channel on a stage: typed lines, posts, company, and time that is set."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta

from msgspec import Struct
from rich.console import Console

from adapters.terminal.app import COMMUNITY, PERSON, PLACE, Chat
from adapters.terminal.post import PLATFORM, Poster
from bot.chat.cards import Card
from bot.chat.events import Origin
from bot.cli.company import PEOPLE, Company
from bot.cli.keys import key
from tests.stage import Stage

PATIENCE = 20.0  # seconds until a person that never thinks fails the test


class Thought(Struct, frozen=True):
    """Somebody who thinks until a time."""

    at: datetime
    over: asyncio.Future[None]
    who: asyncio.Task[None]


class Terminal:
    """One process: what was typed goes in, everything printed stands in `printed`."""

    def __init__(
        self, stage: Stage, *, width: int = 80, company: bool = True, piped: bool = False
    ) -> None:
        self.stage = stage
        self.lines: list[str] = []  # what is typed into forms
        self.out = io.StringIO()
        self.overheard: list[Card] = []
        self._thoughts: asyncio.Queue[Thought] = asyncio.Queue()
        console = Console(file=self.out, width=width, highlight=False, no_color=True)
        self.chat = Chat(
            stage.door,
            console,
            self._read,
            now=stage.clock,
            new_id=stage.new_id,
            save=lambda name, _text: name,
            piped=piped,
        )
        known = key(stage.store, stage.questions, stage.clock)
        self.company = Company(
            stage.door,
            known,
            now=stage.clock,
            new_id=stage.new_id,
            pause=self._pause,
            seed="company",
        )
        saw = self.company.saw if company else lambda _card: None
        poster = Poster(console, self._overhear, now=stage.clock, saw=saw)
        self.work = stage.clockwork({PLATFORM: poster})

    async def says(self, *lines: str) -> str:
        """Type lines; gives what was printed since, without the rests of what is due."""
        begun = self.out.tell()
        for line in lines:
            await self.chat.hear(line)
        return self.since(begun)

    async def settles(self) -> str:
        """Do what is due now; gives what was printed."""
        begun = self.out.tell()
        await self.work.tick()
        return self.since(begun)

    async def goes_on(self) -> str:
        """Let time pass until something is due, and do it."""
        at = await self.work.next()
        assert at is not None, "nothing is due any more"
        self.stage.clock.at = max(self.stage.clock.at, at)
        return await self.settles()

    async def thoughts(self) -> list[Thought]:
        """Everybody of the company, thinking about the post that came last; soonest first."""
        async with asyncio.timeout(PATIENCE):
            found = [await self._thoughts.get() for _ in PEOPLE]
        return sorted(found, key=lambda one: one.at)

    async def people_answer(self) -> str:
        """Let everybody think to the end, each at their time."""
        begun = self.out.tell()
        for one in await self.thoughts():
            self.stage.clock.at = max(self.stage.clock.at, one.at)
            await self.ends(one)
            await self.settles()
        return self.since(begun)

    async def ends(self, thought: Thought) -> None:
        """Somebody has thought, and does what they do."""
        thought.over.set_result(None)
        await thought.who

    async def plays(self) -> str:
        """Go on with a running game to its end; the person at the keyboard only watches."""
        begun = self.out.tell()
        while self.overheard[-1].view != "game-over":
            if self.overheard[-1].view == "game-question" and self.thinks:
                await self.people_answer()
            await self.goes_on()
        return self.since(begun)

    @property
    def thinks(self) -> bool:
        """Whether anybody is thinking."""
        return bool(self.company._thinking)

    def since(self, begun: int) -> str:
        """What was printed from there on."""
        return self.out.getvalue()[begun:]

    @property
    def printed(self) -> str:
        """Everything that was printed."""
        return self.out.getvalue()

    def origin(self, person: str = PERSON) -> Origin:
        """The facts of somebody there, to look at what is stored."""
        return Origin(
            person=person, place=PLACE, community=COMMUNITY, at=self.stage.clock(), key="look"
        )

    def _overhear(self, card: Card) -> None:
        self.overheard.append(card)
        self.chat.overhear(card)

    async def _read(self, prompt: str) -> str | None:
        self.out.write(prompt)
        await self.work.tick()  # time goes on while a line is typed
        return self.lines.pop(0) if self.lines else None

    async def _pause(self, seconds: float) -> None:
        who = asyncio.current_task()
        assert who is not None
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        at = self.stage.clock() + timedelta(seconds=seconds)
        self._thoughts.put_nowait(Thought(at, over, who))
        await over

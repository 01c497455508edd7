"""The channel of the terminal: what is posted there, when, and who else is in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from adapters.terminal.app import Chat
    from bot.chat.cards import Card
    from bot.cli.company import Company
    from bot.door import Door
    from bot.due import Clockwork
    from questions.collection import Collection
    from storage.engine import Database


class Room:
    """One database, one door, one screen; nothing runs by itself before it is opened.

    Nobody else is there where one plays alone, nor in a pipe: that must end the same way each time.
    """

    def __init__(
        self, store: Database, questions: Collection, door: Door, *, piped: bool, alone: bool
    ) -> None:
        from rich.console import Console  # noqa: PLC0415 - each command loads its own

        self.door = door
        self.piped = piped
        self.console: Console = Console(
            highlight=False, width=80 if piped else None, soft_wrap=False
        )
        self._alone = alone or piped
        self._store = store
        self._questions = questions
        self._chat: Chat | None = None
        self._work: Clockwork | None = None

    @asynccontextmanager
    async def open(self, chat: Chat) -> AsyncIterator[None]:
        """Let dailies and games run while the chat goes on; all is quiet afterwards."""
        self._chat = chat
        if self.piped:
            yield
            return
        from adapters.terminal.post import PLATFORM  # noqa: PLC0415
        from bot.cli import ticker  # noqa: PLC0415 - loads after the first question stands
        from bot.due import Alarm  # noqa: PLC0415

        company = None if self._alone else self._company()
        saw = company.saw if company else _nobody
        await self._take_up(chat, saw)
        work = self._clockwork(chat, saw)
        alarm = Alarm((PLATFORM,))
        stop = ticker.start(self._store, work, alarm)
        running = asyncio.ensure_future(work.run(alarm))
        try:
            yield
        finally:
            stop()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            if company is not None:
                await company.leave()

    async def settle(self) -> None:
        """In a pipe: do what is due and print what waits, before the next line is read."""
        if self._chat is None:
            return
        if self._work is None:
            self._work = self._clockwork(self._chat, _nobody)
        await self._work.tick()

    async def _take_up(self, chat: Chat, saw: Callable[[Card], None]) -> None:
        """Go on where the channel was left: a running game is shown, and others may answer."""
        from bot.app import kit, now  # noqa: PLC0415
        from bot.cli.standing import standing  # noqa: PLC0415

        for card in await standing(self._store, kit(self._questions), now):
            if card.view != "daily":
                chat.resume(card)
            saw(card)

    def _company(self) -> Company:
        from bot.app import new_id, now  # noqa: PLC0415
        from bot.cli.company import Company  # noqa: PLC0415
        from bot.cli.keys import key  # noqa: PLC0415

        known = key(self._store, self._questions, now)
        return Company(self.door, known, now=now, new_id=new_id)

    def _clockwork(self, chat: Chat, saw: Callable[[Card], None]) -> Clockwork:
        from adapters.terminal.post import PLATFORM, Poster  # noqa: PLC0415
        from bot.app import clockwork, now  # noqa: PLC0415

        poster = Poster(self.console, chat.overhear, now=now, saw=saw)
        return clockwork(self._store, self._questions, {PLATFORM: poster})


def _nobody(_card: Card) -> None:
    """Nobody else is there."""

"""The terminal as a person sees it: typed lines in, printed text out."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from rich.console import Console

from adapters.terminal.app import Chat
from tests.drivers.screen import Screen
from tests.stage import Stage

_BUTTON = re.compile(r"\[([^\[\]]+)\](?= |$)")


class TerminalDriver:
    """One person at a terminal; the screen is what was printed since the last line."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._printed = io.StringIO()
        self._typed: list[str] = []
        self._chat = self._begin()

    def _begin(self) -> Chat:
        console = Console(file=self._printed, width=100, highlight=False, no_color=True)

        async def read(prompt: str) -> str | None:
            self._printed.write(prompt)
            return self._typed.pop(0) if self._typed else None

        return Chat(
            self._stage.door,
            console,
            read,
            now=self._stage.clock,
            new_id=self._stage.new_id,
            save=lambda name, _text: name,
            piped=False,
        )

    async def restart(self) -> None:
        """A new process; what stood on the screen is still there to be pressed."""
        card = self._chat.desk.newest
        await self._stage.restart()
        self._chat = self._begin()
        self._chat.desk.newest = card

    async def command(self, person: str, line: str) -> Screen:
        """Type a command, its slash before it."""
        del person
        return await self._said(line)

    async def press(self, person: str, label: str) -> Screen:
        """Type the words of a button."""
        del person
        return await self._said(label)

    async def fill(self, person: str, values: Mapping[str, str]) -> Screen:
        """Answer a typed question, or the fields of a form in their order."""
        del person
        first, *self._typed = values.values()
        return await self._said(first)

    def token(self, person: str, label: str) -> str:
        """What a button carries that the person sees."""
        del person
        card = self._chat.desk.newest
        assert card is not None
        return next(button.token for button in card.buttons if button.label == label)

    async def raw(self, person: str, token: str) -> Screen:
        """Press a button that may be gone from the screen."""
        del person
        self._printed.seek(0)
        self._printed.truncate()
        await self._chat._press(token)
        return screen(self._printed.getvalue())

    async def _said(self, line: str) -> Screen:
        self._printed.seek(0)
        self._printed.truncate()
        await self._chat.hear(line)
        return screen(self._printed.getvalue())


def screen(printed: str) -> Screen:
    """What was printed, with the words of its buttons."""
    lines = printed.strip("\n").split("\n")
    buttons = tuple(
        found for line in lines if line.startswith("[") for found in _BUTTON.findall(line)
    )
    return Screen(title=lines[0], text="\n".join(lines[1:]), buttons=buttons, private=True)

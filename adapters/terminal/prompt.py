"""The prompt on a screen: history, completion of commands and areas."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from adapters.terminal.app import ReadLine
from bot.door import Door


class Commands(Completer):
    """Completes a line that begins with `/` from the table of commands and the areas."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """The names that what was typed may become."""
        del complete_event
        line = document.text_before_cursor
        if not line.startswith("/"):
            return
        name, space, rest = line[1:].partition(" ")
        if not space:
            for known in self._door.table.specs:
                if known.name.startswith(name):
                    yield Completion(known.name, -len(name), display_meta=known.about)
            return
        spec = self._door.table.find(name)
        if spec is None or not spec.args:
            return
        first = spec.args[0]
        found = first.choices or self._door.suggest(name, first.name, rest)
        for one in found:
            if first.suggests or one.startswith(rest):
                yield Completion(one, -len(rest))


def reader(door: Door, history: Path) -> ReadLine:
    """Read lines from the keyboard; None on Ctrl-D and Ctrl-C."""
    session: PromptSession[str] = PromptSession(
        completer=Commands(door), history=FileHistory(str(history)), complete_while_typing=True
    )

    async def read(prompt: str) -> str | None:
        try:
            with patch_stdout(raw=True):  # a post is printed above the line that is being typed
                return await session.prompt_async(prompt)
        except (EOFError, KeyboardInterrupt):
            return None

    return read

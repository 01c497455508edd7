"""One conversation for all faces: an item of each type, and everything that can go wrong."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from tests.drivers.screen import Screen

TYPED = {
    "numeric": ("40 workers", "50"),
    "short": ("git log", "git reflog"),
    "open": (
        "It is very fast.",
        "420 requests per second, measured with a load test; the limit was I/O.",
    ),
}
OUTCOME = re.compile(
    r"✓ Right|✗ Not|~ Partly[^\n]*?\)|The answer:|Nearly|already|is closed|is gone|"
    r"\d+ of \d+\.|rank \d+ with \d+ points|Streak \d+|Hint: |I have nothing on|"
    r"somebody else|Skipped"
)


class Driver(Protocol):
    """A face, driven as people drive it."""

    async def command(self, person: str, line: str) -> Screen: ...
    async def press(self, person: str, label: str) -> Screen: ...
    async def fill(self, person: str, values: Mapping[str, str]) -> Screen: ...
    async def raw(self, person: str, token: str) -> Screen: ...
    def token(self, person: str, label: str) -> str: ...


class Talk:
    """A person on a face; keeps what each step came to."""

    def __init__(self, driver: Driver, restart: Callable[[], Awaitable[None]]) -> None:
        self.driver = driver
        self.restart = restart
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.screen = Screen()

    def _saw(self, step: str, screen: Screen) -> Screen:
        self.screen = screen
        found = OUTCOME.findall(f"{screen.title}\n{screen.text}")
        self.seen.append((step, tuple(dict.fromkeys(found))))
        return screen

    async def says(self, line: str) -> Screen:
        """Type a command."""
        return self._saw(line, await self.driver.command("ada", line))

    async def presses(self, label: str, step: str = "") -> Screen:
        """Press a button."""
        return self._saw(step or label, await self.driver.press("ada", label))

    async def presses_again(self, token: str, step: str) -> Screen:
        """Press what may be gone from the screen."""
        return self._saw(step, await self.driver.raw("ada", token))

    async def types(self, text: str) -> Screen:
        """Open the form of a typed question and send it."""
        if "Answer" in self.screen.buttons:
            await self.driver.press("ada", "Answer")
        return self._saw(text, await self.driver.fill("ada", {"answer": text}))

    def letter(self, words: str) -> str:
        """The letter of what is chosen by its words."""
        for line in self.screen.text.split("\n"):
            found = re.match(r"(?:\[[ x]\] )?([A-J])\) (.*)", line.strip())
            if found and words in found[2]:
                return found[1]
        raise AssertionError((words, self.screen.text))


async def converse(talk: Talk) -> None:
    """Start, right, wrong, form, hint, stop, stale press, double press, restart in between."""
    await _single(talk)
    await _several(talk)
    await _sequences(talk)
    for kind, (wrong, right) in TYPED.items():
        for text in (right if kind == "short" else wrong,):
            await talk.says(f"/quiz type:{kind} 1")
            await talk.types(text)
            await talk.presses("Finish")
    await _case(talk)
    await talk.says("/quiz pizza")
    await talk.says("/leaderboard")
    await talk.says("/progress")


async def _single(talk: Talk) -> None:
    await talk.says("/quiz type:single 1")
    await talk.presses("Hint")
    await talk.restart()
    right, wrong = talk.letter("Both succeed"), talk.letter("deadlock")
    right_token, wrong_token = (talk.driver.token("ada", one) for one in (right, wrong))
    await talk.presses(right, "right")
    await talk.presses_again(right_token, "pressed twice")
    await talk.presses_again(wrong_token, "another letter of a decided question")
    await talk.restart()
    await talk.presses_again("pick:nowhere.0:0:A", "a button of another version")
    await talk.presses_again(right_token, "pressed after a restart")
    await talk.presses("Finish")
    await talk.presses_again(right_token, "stale: its quiz is over")
    await talk.says("/quiz type:output 1")
    await talk.presses(talk.letter("[2, 4]"), "wrong")
    await talk.presses("Finish")


async def _several(talk: Talk) -> None:
    await talk.says("/quiz type:multi 1")
    for words in ("A link from", "plain HTTP"):
        await talk.presses(talk.letter(words), words)
    await talk.presses("Send")
    await talk.presses("Finish")


async def _sequences(talk: Talk) -> None:
    await talk.says("/quiz type:order 1")
    for words in ("Add the", "Copy the", "Write both", "Read the"):
        await talk.presses(talk.letter(words), words)
    await talk.presses("Send")
    await talk.presses("Finish")
    await talk.says("/quiz type:match 1")
    for words in ("not executable", "No such", "SIGKILL"):
        await talk.presses(talk.letter(words), words)
    await talk.presses("Send")
    await talk.presses("Finish")


async def _case(talk: Talk) -> None:
    await talk.says("/quiz type:case 1")
    await talk.presses(talk.letter("Transactions wait"), "first step")
    await talk.restart()
    await talk.presses("⋯")
    await talk.presses("Stop the quiz")

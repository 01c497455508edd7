"""What a channel's faces over a wire have in common: a driver, and what each person pressed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from typing import Any

from tests.drivers.screen import Screen
from tests.stage import Stage


class Wired(ABC):
    """A face whose people press in a driver; what each pressed last can be pressed again."""

    driver: Any

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._stack = AsyncExitStack()
        self._pressed: dict[str, tuple[Any, ...]] = {}

    @abstractmethod
    async def open(self) -> None: ...

    @abstractmethod
    def post(self, number: int) -> Screen: ...

    @abstractmethod
    def _posts(self) -> list[Any]: ...

    @abstractmethod
    def _on(self, posted: Any, label: str) -> tuple[Any, ...] | None:
        """What the driver presses for the button of this label on a message."""

    @abstractmethod
    def _user(self, person: str) -> str:
        """Whom the driver knows this person as."""

    async def close(self) -> None:
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def command(self, person: str, line: str) -> Screen:
        screen: Screen = await self.driver.command(person, line)
        return screen

    async def press(self, person: str, label: str) -> Screen:
        self._pressed[person] = self.driver._found(self._user(person), label)
        return await self.again(person)

    async def again(self, person: str) -> Screen:
        screen: Screen = await self.driver.press_on(person, *self._pressed[person])
        return screen

    async def press_on(self, person: str, post: int, label: str) -> Screen:
        found = self._on(self._posts()[post], label)
        if found is None:
            raise AssertionError((label, self.post(post)))
        self._pressed[person] = found
        return await self.again(person)

    async def types(self, person: str, text: str, post: int) -> Screen:
        await self.press_on(person, post, "Answer")
        screen: Screen = await self.driver.fill(person, {"answer": text})
        return screen

    async def choose(self, person: str, letters: tuple[str, ...], post: int) -> Screen:
        await self.press_on(person, post, "Choose")
        screen: Screen = await self.driver.fill(person, {"picks": letters})
        return screen

    def posts(self) -> int:
        return len(self._posts())

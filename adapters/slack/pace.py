"""When Slack may be asked: what a 429 closed, and about one message a second for each channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from msgspec import Struct

from adapters.slack.recent import Recent

CHANNEL_SECONDS: Final = 1.0  # apis/web-api/rate-limits: one message a second in a channel
LINE_SECONDS: Final = 5.0  # that a request waits for others of its method
AGAIN_SECONDS: Final = 1.0
CHANNELS: Final = 10_000  # remembered; a forgotten one costs a 429 at most


class Closed(TimeoutError):
    """Slack is not to be asked this before so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"closed for {seconds:g} s")
        self.seconds = seconds


class Pace:
    """One workspace's: a 429 closes one method there, and no other (apis/web-api/rate-limits)."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._methods: Recent[_Gate] = Recent(100)
        self._channels: Recent[_Gate] = Recent(CHANNELS)
        self._lines: dict[str, asyncio.Lock] = {}

    def close(self, method: str, seconds: float) -> None:
        """A 429 said so; the longest word counts."""
        if seconds > self.rest(method):
            self._methods.put(method, _Gate(self._now(), seconds))

    def rest(self, method: str) -> float:
        """Seconds until a method may be asked again; 0 if it may now."""
        return self._rest(self._methods.get(method))

    def wrote(self, channel: str) -> None:
        """A message has been posted there."""
        self._channels.put(channel, _Gate(self._now(), CHANNEL_SECONDS))

    def wait(self, channel: str) -> float:
        """Seconds until the next message may be posted there; 0 if it may now."""
        return self._rest(self._channels.get(channel))

    @asynccontextmanager
    async def in_line(self, method: str) -> AsyncIterator[None]:
        """One request of a method at a time: a 429 is known before the next. Raises Closed."""
        line = self._lines.setdefault(method, asyncio.Lock())
        try:
            async with asyncio.timeout(LINE_SECONDS):
                await line.acquire()
        except TimeoutError:
            raise Closed(AGAIN_SECONDS) from None
        try:
            yield
        finally:
            line.release()

    def _rest(self, gate: _Gate | None) -> float:
        if gate is None:
            return 0.0
        # a clock that was set back makes nobody wait longer than was asked for
        left = gate.seconds - (self._now() - gate.at).total_seconds()
        return max(0.0, min(left, gate.seconds))


class _Gate(Struct, frozen=True):
    """Closed from then on for so many seconds."""

    at: datetime
    seconds: float

"""A platform that only counts: every message that people would see, by the post that made it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

REMEMBERED = timedelta(minutes=5)  # of the platform's time: "the past few minutes" of a nonce


class Platform:
    """Takes posts over TCP as Discord does: the same nonce within minutes is the same message.

    `struck` is called with the pid of whoever sent a post that was just taken and is not answered
    yet: the worst moment to be killed.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        struck: Callable[[int], None],
        remembered: timedelta = REMEMBERED,
    ) -> None:
        self.visible: Counter[str] = Counter()
        self.edits: Counter[str] = Counter()
        self.taken = 0
        self._now = now
        self._struck = struck
        self._remembered = remembered
        self._nonces: dict[str, tuple[datetime, str]] = {}
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._ready.wait()

    def close(self) -> None:
        """Take nothing any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._hear, "127.0.0.1", 0))
        self.port: int = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                said = json.loads(line)
                message = self._take(said)
                self._struck(said["pid"])
                writer.write(f"{message}\n".encode())
                await writer.drain()
        writer.close()

    def _take(self, said: dict[str, str]) -> str:
        self.taken += 1
        if said["edits"]:
            self.edits[said["edits"]] += 1
            return said["edits"]
        now = self._now()
        at, message = self._nonces.get(said["dedupe"], (now - 2 * REMEMBERED, ""))
        if now - at > self._remembered:
            self.visible[said["dedupe"]] += 1
            message = f"{said['dedupe']}#{self.visible[said['dedupe']]}"
            self._nonces[said["dedupe"]] = (now, message)
        return message

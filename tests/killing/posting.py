"""Workers that post dailies until they are killed: forked from a process that has loaded it all."""

from __future__ import annotations

import asyncio
import json
import logging
import mmap
import os
import signal
import struct
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.app import clockwork_of, new_id
from bot.chat.posts import Message, Post
from bot.due import Alarm
from bot.store.protocol import Down
from storage import open_store
from storage.errors import Unusable
from tests import bank

RING = 30.0  # seconds of the simulated time between two looks, as the ticker does


class Clock:
    """Time of a file that several processes share: it runs faster than ours, and can be set."""

    def __init__(self, file: Path, speed: float) -> None:
        self.file, self.speed = file, speed
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), 16)

    @classmethod
    def made(cls, file: Path, speed: float, at: datetime) -> Clock:
        """A new clock that stands at this time."""
        file.write_bytes(bytes(16))
        clock = cls(file, speed)
        clock.set(at)
        return clock

    def set(self, at: datetime) -> None:
        """Jump to a time; it goes on from there."""
        self._shared[:] = struct.pack("dd", at.timestamp(), time.time())

    def __call__(self) -> datetime:
        at, since = struct.unpack("dd", self._shared[:])
        return datetime.fromtimestamp(at + (time.time() - since) * self.speed, UTC)


class Sender:
    """Sends to the platform that counts; who does not answer is out of reach."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def send(self, post: Post, *, first: bool = False) -> Message:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        edits = post.edits.id if post.edits else ""
        said = {"dedupe": f"{post.where} {post.dedupe}", "edits": edits, "pid": os.getpid()}
        writer.write(json.dumps(said).encode() + b"\n")
        line = await reader.readline()
        writer.close()
        return Message("discord", line.decode().strip())


async def work(url: str, clock: Clock, port: int) -> None:
    """One worker's life."""
    store = None
    while store is None:
        try:
            store = open_store(url, clock=clock, ids=new_id)
        except (Unusable, Down):
            await asyncio.sleep(0.2)
    kit = bank.kit(bank.collection(bank.many()), new_id, seed=None)
    clockwork = clockwork_of(store, kit, {"discord": Sender(port)}, clock)
    alarm = Alarm(("discord",))
    store.watch(alarm.ring)
    running = asyncio.ensure_future(clockwork.run(alarm))
    while not running.done():
        await asyncio.sleep(RING / clock.speed)
        alarm.ring()


def forked(url: str, clock: Clock, port: int) -> int:
    """Start a worker; gives its pid."""
    if pid := os.fork():
        return pid
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.stdin.close()
    try:
        asyncio.run(work(url, clock, port))
    finally:
        os._exit(1)


def main(url: str, port: str, clock_file: str, speed: str) -> None:
    """Fork a worker for each line that is read, and say its pid."""
    logging.disable(logging.WARNING)  # a database that is killed is away, again and again
    clock = Clock(Path(clock_file), float(speed))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed need nobody to wait for them
    for _ in sys.stdin:
        print(forked(url, clock, int(port)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

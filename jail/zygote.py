"""The bot's end of the zygote: started at the first run, asked, and started again if it died."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import struct
import sys
from pathlib import Path

from msgspec import Struct

BOOT = "import sys; sys.path.append(sys.argv[1]); from inside import zygote; zygote.main()"
IN, OUT = struct.Struct(">III"), struct.Struct(">IBiII")  # as jail/inside/zygote.py has them
HOW = ("", "time", "size")
START = 10.0  # seconds a machine under load may take to start Python
GRACE = 2.0  # seconds after a run's deadline in which its end must be told, on any machine


class Died(Exception):
    """The zygote did not start, or is gone and what ran went with it."""


class Ended(Struct, frozen=True):
    """How a run ended: `how` is '' by itself, else what it was killed for."""

    how: str
    signal: int  # that ended it; 0 for none
    kilobytes: int  # of memory at its peak
    wrote: bytes


class Zygote:
    """One process in a session of its own, with an empty environment and no descriptor of ours."""

    def __init__(self, process: asyncio.subprocess.Process, kind: str) -> None:
        self.kind = kind
        self._process = process
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Ended]] = {}
        self._reader = asyncio.ensure_future(self._read())

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._reader.done()

    async def run(self, job: bytes, seconds: float) -> Ended:
        """Run a job and give its end, `seconds` later at the most; raises Died."""
        number = next(self._numbers)
        asked = asyncio.get_running_loop().create_future()
        self._asked[number] = asked
        try:
            if not self.alive:
                raise Died
            self._write(IN.pack(number, int(seconds * 1000), len(job)) + job)
            return await asyncio.wait_for(asked, seconds + GRACE)
        except TimeoutError:
            await self.stop()
            raise Died from None
        finally:
            self._asked.pop(number, None)

    async def stop(self) -> None:
        """End it with all that it runs, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(Died):
            await self._reader
        await self._process.wait()

    def _write(self, frame: bytes) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(frame)

    async def _read(self) -> None:
        try:
            while True:
                number, ended = await received(self._process)
                if (asked := self._asked.get(number)) and not asked.done():
                    asked.set_result(ended)
        except Died:
            for asked in self._asked.values():
                if not asked.done():
                    asked.set_exception(Died())
            if self._process.stdin is not None:
                self._process.stdin.close()


async def born(boot: str = BOOT) -> Zygote:
    """Start a zygote; raises Died."""
    inside = str(Path(__file__).parent)
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", "-c", boot, inside,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, env={}, cwd="/", start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise Died from error
    try:
        _, first = await asyncio.wait_for(received(process), START)
    except (Died, TimeoutError) as error:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise Died from error
    return Zygote(process, first.wrote.decode())


async def received(process: asyncio.subprocess.Process) -> tuple[int, Ended]:
    """The next frame and the number of its run; raises Died at the end."""
    if process.stdout is None:
        raise Died
    try:
        head = await process.stdout.readexactly(OUT.size)
        number, how, status, kilobytes, length = OUT.unpack(head)
        wrote = await process.stdout.readexactly(length)
    except (asyncio.IncompleteReadError, OSError):
        raise Died from None
    by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return number, Ended(HOW[how], by, kilobytes, wrote)

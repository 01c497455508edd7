"""Kill -9 in mid-press, again and again: `python -m tests.crash.kill 100 [--ack-first]`.

A child presses, `IN_FLIGHT` at a time, and acknowledges through a pipe what ended; the parent kills
it somewhere in between, counts what is left, and starts the next one, which first presses again
what was not acknowledged. `--work module:name` puts another work in the place of the store's.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

IN_FLIGHT = 16
MOST = 400  # acknowledgements before the latest kill


class Work(Protocol):
    """What can be killed."""

    async def open(self) -> None: ...
    async def press(self, name: str) -> None: ...
    async def close(self) -> None: ...
    def left(self) -> Counter[str]: ...


class Result(NamedTuple):
    """What was seen over all kills; `lost` and `twice` are broken promises."""

    kills: int
    acknowledged: int
    unknown: int
    lost: int
    twice: int


async def presses(work: Work, names: Iterator[str], pipe: int, ack_first: bool) -> None:
    """Press without end, `IN_FLIGHT` at a time."""
    await work.open()

    async def one() -> None:
        for name in names:
            if ack_first:
                os.write(pipe, f"{name}\n".encode())
            await work.press(name)
            if not ack_first:
                os.write(pipe, f"{name}\n".encode())

    await asyncio.gather(*(one() for _ in range(IN_FLIGHT)))


def child(work: Work, names: Iterator[str], ack_first: bool) -> tuple[int, int]:
    """Fork a process that presses; its pid and the pipe of its acknowledgements."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    os.close(read)
    try:
        asyncio.run(presses(work, names, write, ack_first))
    finally:
        os._exit(1)


def killed(pid: int, pipe: int, after: int, spin: float) -> set[str]:
    """Kill it `spin` seconds after so many acknowledgements; all that it has acknowledged."""
    heard = b""
    while heard.count(b"\n") < after:
        data = os.read(pipe, 65536)
        if not data:
            raise RuntimeError("the child ended by itself")
        heard += data
    until = time.perf_counter() + spin
    while time.perf_counter() < until:
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while data := os.read(pipe, 65536):
        heard += data
    os.close(pipe)
    return set(heard.decode().split("\n")[:-1])


def named(round_: int, again: Sequence[str], begun: list[str]) -> Iterator[str]:
    """What a child presses: what was not acknowledged before, then its own."""
    yield from again
    for n in range(10_000_000):
        begun.append(f"r{round_}n{n}")
        yield f"r{round_}n{n}"


def kill(make: Callable[[Path], Work], folder: Path, kills: int, *, ack_first: bool) -> Result:
    """Kill so many times; what was lost or counted twice is in the result."""
    rng = random.Random(kills)
    acknowledged: set[str] = set()
    lost: set[str] = set()
    twice: set[str] = set()
    unknown = 0
    again: list[str] = []
    for round_ in range(kills):
        pid, pipe = child(make(folder), named(round_, again, []), ack_first)
        acknowledged |= killed(pid, pipe, rng.randint(1, MOST), rng.random() * 0.005)
        left = make(folder).left()
        lost |= acknowledged - left.keys()
        twice |= {name for name, count in left.items() if count > 1}
        unknown += len(left.keys() - acknowledged)
        again = sorted(left.keys() - acknowledged)
    return Result(kills, len(acknowledged), unknown, len(lost), len(twice))


def main(arguments: Sequence[str]) -> int:
    """Print what was seen; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=10)
    parser.add_argument("--ack-first", action="store_true", help="acknowledge before the commit")
    parser.add_argument("--work", default="tests.crash.answers:Answers")
    given = parser.parse_args(arguments)
    module, _, name = given.work.partition(":")
    make: Callable[[Path], Work] = getattr(importlib.import_module(module), name)
    with tempfile.TemporaryDirectory(prefix="sparring-kill-") as folder:
        seen = kill(make, Path(folder), given.kills, ack_first=given.ack_first)
    print(
        f"{seen.kills} kills, {seen.acknowledged} acknowledged, {seen.unknown} unknown, "
        f"{seen.lost} lost, {seen.twice} twice"
    )
    return 1 if seen.lost or seen.twice else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The zygote: a small process that forks one child a run, kills it in time and says how it ended.

Frames, big-endian. In: number, milliseconds, length, job. Out: number, how (OVER, TIME, SIZE),
wait status, kilobytes at the peak, length, outcomes. The first frame out has number 0 and
names the walls.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import struct
import time
from typing import Any

from . import walls
from .run import KINDS, enter, run
from .run import OUT as RESULT

IN, OUT = struct.Struct(">III"), struct.Struct(">IBiII")
OVER, TIME, SIZE = 0, 1, 2
TRIALS: tuple[dict[str, Any], ...] = (  # a child that can do these can do its work
    {"kind": "sql", "query": "SELECT 1.5", "fixtures": [""], "writes": False, "then": ""},
    {"kind": "regex", "pattern": "a", "subjects": ["a"]},
)
WARMING = 8  # times after which Python has specialised the code that it runs
CHUNK, MOST = 1 << 16, 2 << 20  # bytes read at once; bytes of one run's outcomes


class Child:
    """A running child: its pipe, its end on the monotonic clock and what it wrote."""

    def __init__(self, number: int, seconds: float, body: bytes, *, strained: bool) -> None:
        self.number, self.how, self.wrote = number, OVER, b""
        self.end = time.monotonic() + seconds
        self.pipe, theirs = os.pipe()
        parent = os.getpid()
        self.process = os.fork()
        if self.process == 0:
            run(body, theirs, parent, strained=strained)
        os.close(theirs)

    def read(self) -> bool:
        """Take what is there; whether more may come."""
        chunk = os.read(self.pipe, CHUNK)
        self.wrote += chunk
        if len(self.wrote) > MOST:
            self.how = SIZE
        return bool(chunk) and self.how == OVER

    def bury(self) -> bytes:
        """Kill it, wait for it, and give the frame that says how it ended."""
        os.kill(self.process, signal.SIGKILL)
        os.close(self.pipe)
        _, status, usage = os.wait4(self.process, 0)
        head = OUT.pack(self.number, self.how, status, usage.ru_maxrss, len(self.wrote))
        return head + self.wrote


def main() -> None:
    """Serve until standard input ends."""
    walls.narrow()
    walls.seal()
    walls.ready()
    name = strongest()
    if not name:
        return  # nothing can be run here, with walls or without
    _warm()
    _send(OUT.pack(0, OVER, 0, 0, len(name)) + name.encode())
    children: dict[int, Child] = {}
    waiting = bytearray()
    while True:
        ready = _ready(children)
        if 0 in ready:
            chunk = os.read(0, CHUNK)
            if not chunk:
                break
            waiting += chunk
        for child in _begun(waiting, strained="seccomp" in name):
            children[child.pipe] = child
        for child in _ended(children, ready):
            del children[child.pipe]
            _send(child.bury())
    for child in children.values():
        child.bury()


def _warm() -> None:
    """Do once what would else be done anew in every child."""
    for job in TRIALS * WARMING:
        list(KINDS[job["kind"]](job))
    gc.collect()
    gc.freeze()


def _ready(children: dict[int, Child]) -> set[int]:
    ends = [child.end - time.monotonic() for child in children.values()]
    found, _, _ = select.select([0, *children], [], [], max(0, min(ends)) if ends else None)
    return set(found)


def _begun(waiting: bytearray, *, strained: bool) -> list[Child]:
    """Fork a child for each whole frame and take the frames away."""
    begun = []
    while len(waiting) >= IN.size:
        number, milliseconds, length = IN.unpack_from(waiting)
        if len(waiting) < IN.size + length:
            break
        body = bytes(waiting[IN.size : IN.size + length])
        del waiting[: IN.size + length]
        begun.append(Child(number, milliseconds / 1000, body, strained=strained))
    return begun


def _ended(children: dict[int, Child], ready: set[int]) -> list[Child]:
    ended = []
    for child in list(children.values()):
        if child.pipe in ready and not child.read():
            ended.append(child)
        elif time.monotonic() >= child.end:
            child.how = TIME
            ended.append(child)
    return ended


def strongest() -> str:
    """The walls that hold, as a child finds that tries them: `landlock+seccomp` at best."""
    return _held(strained=True) or _held(strained=False)


def _held(*, strained: bool) -> str:
    """What a child says that ran something behind the walls; '' if it could not."""
    pipe, theirs = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _try(theirs, parent, strained=strained)
    os.close(theirs)
    held = os.read(pipe, CHUNK).decode()
    os.close(pipe)
    os.waitpid(child, 0)
    return held


def _try(out: int, parent: int, *, strained: bool) -> None:
    try:
        enter(out, parent)
        names = ["landlock"] if walls.closed() else []
        if strained and walls.strain() and walls.strained():
            names.append("seccomp")
        for job in TRIALS:
            list(KINDS[job["kind"]](job))
        os.write(RESULT, "+".join(names or ["rlimits"]).encode())
    finally:
        os._exit(0)


def _send(frame: bytes) -> None:
    left = memoryview(frame)
    while left:
        left = left[os.write(1, left) :]

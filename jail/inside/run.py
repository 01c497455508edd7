"""One run: a forked process that computes behind the walls, writes its outcomes and ends."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator
from typing import Any

from . import pattern, sql, walls

NULL, OUT = 2, 3  # error output leads nowhere; the pipe is the only other thing that is open
YIELDING = 5  # the bot and the zygote, which ends this in time, come first
KINDS: dict[str, Callable[[dict[str, Any]], Iterator[dict[str, Any]]]] = {
    "sql": sql.run,
    "regex": pattern.run,
}


def run(body: bytes, out: int, parent: int, *, strained: bool) -> None:
    """Never returns; writes one JSON line an outcome as soon as it is there."""
    status = 1
    try:
        enter(out, parent)
        if strained:
            walls.strain()
        job = json.loads(body)
        for outcome in KINDS[job["kind"]](job):
            _write(json.dumps(outcome).encode() + b"\n")
        status = 0
    finally:
        os._exit(status)


def enter(out: int, parent: int) -> None:
    """Leave everything of the parent's behind but `out`, which becomes descriptor 3."""
    gc.disable()
    walls.tie(parent)
    os.nice(YIELDING)
    os.dup2(out, OUT)
    for taken in (0, 1):
        os.dup2(NULL, taken)
    os.closerange(OUT + 1, os.sysconf("SC_OPEN_MAX"))
    walls.limit()


def _write(line: bytes) -> None:
    left = memoryview(line)
    while left:
        left = left[os.write(OUT, left) :]

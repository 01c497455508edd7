"""What came of a proof."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["passed", "read", "waits", "failed", "not run", "unproven"]


class Outcome(Struct, frozen=True):
    """How a proof ended; `place` is the part of the item at which to look.

    `line` is a line of the proof's code from 1, 0 when none is to blame. `read` was read by two
    people; `waits` still lacks the second one;
    `unproven` was imported and says itself that nothing establishes its key.
    """

    state: State
    detail: str = ""
    runtime: str = ""
    line: int = 0
    place: tuple[str | int, ...] = ("proof",)


def passed(runtime: str) -> Outcome:
    """Say that the proof holds, and fails with every wrong answer in the key's place."""
    return Outcome("passed", runtime=runtime)


def failed(reason: str, *place: str | int, line: int = 0) -> Outcome:
    """Say why the proof does not establish the key, and what to mend."""
    return Outcome("failed", reason, line=line, place=place or ("proof",))


def not_run(runtime: str) -> Outcome:
    """Say what this machine lacks."""
    return Outcome("not run", runtime, runtime)

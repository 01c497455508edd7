"""What comes out of the jail: tables, truths, or what stopped them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Cell = str | int | float | None  # a blob is text (x'00ff'), an infinite number too
Stopped = Literal["", "time", "memory", "size", "forbidden", "crash"]


class Table(Struct, frozen=True):
    """Rows of a result, at most 200 and 64 kB of them; `cut` if rows or parts of cells miss.

    Cells are what people made: they go through the one render boundary before they are shown.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cut: bool


class Outcome(Struct, frozen=True):
    """A table, or SQLite's words (at most 200 characters) and the bound that was met."""

    table: Table | None
    error: str = ""
    stopped: Stopped = ""


class Matches(Struct, frozen=True):
    """Whether each subject matches as a whole; empty where the pattern did not run."""

    found: tuple[bool, ...]
    error: str = ""
    stopped: Stopped = ""


class Crowded(Exception):
    """Too many runs wait already, of this person (`own`) or of others; nothing was run."""

    def __init__(self, *, own: bool) -> None:
        super().__init__("you have runs waiting" if own else "others have runs waiting")
        self.own = own

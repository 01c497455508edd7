"""A mistake that an author made, with the file and the line where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct


class Mistake(Struct, frozen=True, order=True):
    """One thing to mend: `path` as it is shown, `line` from 1, `text` says what to do."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class BankErrors(Exception):
    """The bank cannot be used; `mistakes` holds everything that has to be mended."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def counted(number: int, thing: str) -> str:
    """`1 mistake`, `3 mistakes`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def shown(path: Path) -> str:
    """The path as an author reads it: relative to the working directory where it can be."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()

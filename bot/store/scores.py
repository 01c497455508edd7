"""What is kept of answers for boards and counts."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Gain(Struct, frozen=True):
    """Points to be added to a kept score."""

    scope: str  # "all", "in/" and a place, "believed/" and a misconception
    period: str  # "d2026-11-25", "w2026-47", "m2026-11", "all"
    points: int
    answers: int
    right: int


class Rank(Struct, frozen=True):
    """One line of a board; `right` are the right answers among those that brought its points."""

    rank: int
    person: str
    name: str
    points: int
    right: int = 0

    @property
    def named(self) -> bool:
        """Whether the points may stand beside a name: those of wrong answers alone may not."""
        return self.points > 0 and self.right > 0


class Board(Struct, frozen=True):
    """The top of a board and the asker's own place; `ahead` is who stands just above, if any."""

    top: tuple[Rank, ...]
    own: Rank | None
    ahead: Rank | None
    people: int


class DayCount(Struct, frozen=True):
    """Answers of one local date."""

    day: date
    area: str
    answered: int
    right: int

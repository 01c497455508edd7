"""What a picture of somebody's progress is drawn from: plain numbers and words, no pixels."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Named = Literal["", "strong", "weak", "measuring"]


class Bar(Struct, frozen=True, kw_only=True):
    """An area: the chance of a right answer there (0 to 1), and the range in which it likely lies.

    `answers` went into it. It is `named` where that is sure, or says that it is still measured:
    with `more` questions to go, where that is known.
    """

    label: str
    share: float
    low: float
    high: float
    answers: int
    named: Named = ""
    more: int = 0


class Week(Struct, frozen=True):
    """A week's answers and how many of them were right; `label` is the date of its Monday."""

    label: str
    answers: int
    right: int


class Outlook(Struct, frozen=True):
    """Of ten questions of what `label` names: how many right, at least and at most."""

    label: str
    expected: int
    low: int
    high: int


class Chart(Struct, frozen=True, kw_only=True):
    """Everything that the picture shows, top to bottom; weeks with the oldest first.

    `level` says of what questions the bars speak: "mid level".
    """

    level: str = ""
    bars: tuple[Bar, ...]
    weeks: tuple[Week, ...] = ()
    ready: Outlook | None = None

"""What a grader says of an answer: values only, the words are made by the views."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Mark = Literal["right", "close", "partly", "wrong", "unknown", "skipped"]
Seen = Literal["covered", "partly", "missing"]
Why = Literal[
    "",
    "alias",  # `matched` is the accepted answer it was taken for
    "typo",  # `matched`, and `forgiven` names the slips
    "near-miss",  # `why` is the author's explanation
    "known-wrong",  # the same for a number
    "option",  # the same for a chosen option
    "pitfall",  # the same for two steps in the wrong order
    "echo",  # it repeats the question
    "negated",  # it denies the answer
    "hedge",  # it names an alternative that is wrong
    "which",  # close: one directed question more
    "word",  # a real word or term that is close to the answer but another thing
    "unit",  # right number, wrong unit
    "not-a-number",
    "pairs",  # order or match: `hits` of `total` are right
    "points",  # open: see `points`
    "rows",  # sql: `compared` on the shown fixture; `hits` of `total` fixtures are right
    "sequence",  # sql: the right rows in another order
    "columns",  # sql: the right columns in another order
    "hidden",  # sql: right on the shown fixture, not on the one called `matched`
    "strings",  # regex: `matched` is the side and the class of a string that failed
    "stopped",  # sql, regex: it took too much of `matched`: time, memory, size
    "refused",  # sql, regex: it cannot be run, `matched` says why; no answer yet
    "unrelated",
    "empty",
]


class Response(Struct, frozen=True):
    """What a person answered.

    `picks` are indices into the authored order: of the options (single, multi, output, a case's
    step), of the steps in the order given (order), of the right side for each left one (match:
    pairs first, then the extra ones). `text` is what was typed.
    """

    picks: tuple[int, ...] = ()
    text: str = ""


class PointSeen(Struct, frozen=True):
    """How much of one point of a rubric an open answer covers."""

    point: str
    weight: int
    seen: Seen
    vetoed: str = ""


Cell = str | int | float | None


class Line(Struct, frozen=True):
    """A row of a table that was expected, was got, or both; its long texts are cut."""

    whose: Literal["both", "expected", "yours"]
    cells: tuple[Cell, ...]


class Compared(Struct, frozen=True):
    """Expected against got on the shown fixture: at most 8 lines, `more` are left out.

    `counts` and `widths` are the rows and columns of both in full (of mine as far as they were
    kept: `cut`), `got` the columns that were got where there are more or fewer than expected.
    """

    columns: tuple[str, ...]
    got: tuple[str, ...]
    lines: tuple[Line, ...]
    more: int
    counts: tuple[int, int]
    widths: tuple[int, int]
    cut: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """A graded answer.

    `credit` is 0.0 to 1.0 (1.0 only for `right`). `close` asks once more and counts nothing yet.
    `misconception` is the id of what the person seems to believe, '' if unknown. `straightened`
    are the kinds of typographic marks that were read as ASCII.
    """

    mark: Mark
    credit: float = 0.0
    reason: Why = ""
    matched: str = ""
    forgiven: tuple[tuple[str, str], ...] = ()
    why: str = ""
    misconception: str = ""
    hits: int = 0
    total: int = 0
    points: tuple[PointSeen, ...] = ()
    compared: Compared | None = None
    straightened: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether it counts as right on boards and in statistics."""
        return self.mark == "right"

"""Queries: what a run of one gave, against what the solution and known wrong queries give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import permutations
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.fitting import cut
from bot.chat.text import clean
from bot.grading.keyboard import Kind, straight, unwrapped
from bot.grading.verdict import Cell, Compared, Line, Verdict
from questions.model import MustFail, Sql

MOST_ROWS = 8  # of a table that is shown
MOST_COLUMNS = 8
WIDEST = 48  # characters of a cell that are kept
FEW = 5  # columns that are tried in every order
DIGITS = 10  # of a fraction that count: sums differ in the last ones by their order
HALF = 0.5  # the right rows in another order

_WORD = re.compile(r"\w+|[^\w\s]")
Stopped = Literal["", "time", "memory", "size", "forbidden", "crash"]
Row = tuple[Cell, ...]


class Table(Struct, frozen=True):
    """The rows of a query, all of them unless `cut`."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    cut: bool = False


class Outcome(Struct, frozen=True):
    """What running a query on one fixture came to: a table, the database's error, or neither."""

    table: Table | None = None
    error: str = ""
    stopped: Stopped = ""


class Ran(Struct, frozen=True):
    """The outcomes on each fixture: of the answer, the solution and each `must_fail` query."""

    mine: tuple[Outcome, ...]
    expected: tuple[Outcome, ...]
    wrong: tuple[tuple[Outcome, ...], ...] = ()


def readable(body: Sql, text: str) -> tuple[str, tuple[Kind, ...]]:
    """The query as it is run, and what a keyboard had made of it."""
    return straight(unwrapped(text), keep=_used(body), literals=False)


def _used(body: Sql) -> str:
    return body.schema + body.solution + "".join(one.rows for one in body.fixtures)


def sql(body: Sql, ran: Ran, text: str = "") -> Verdict:
    """Grade a query by its outcomes; pure.

    What the database refuses to begin on the shown fixture has the reason `refused` and is no
    answer yet. The wrong one is named that gives the same rows wherever this one fails; where
    several do, the one that is written most like it.
    """
    shown = ran.mine[0]
    walled = next((one.stopped for one in ran.mine if one.stopped in ("forbidden", "crash")), "")
    if walled or (shown.error and not shown.stopped):
        return Verdict(mark="wrong", reason="refused", matched=walled or shown.error)
    total = len(ran.expected)
    good = [_same(a, b, ordered=body.ordered) for a, b in zip(ran.mine, ran.expected, strict=True)]
    if all(good):
        return Verdict(mark="right", credit=1.0, reason="rows", hits=total, total=total)
    known = _fitting(body, ran, good, text)
    found = replace(_wrong(body, ran, good, known), hits=sum(good), total=total)
    return replace(found, why=known.why, misconception=known.misconception) if known else found


def _wrong(body: Sql, ran: Ran, good: list[bool], known: MustFail | None) -> Verdict:
    stopped = next((one.stopped for one in ran.mine if one.stopped), "")
    if stopped:
        return Verdict(mark="wrong", reason="stopped", matched=stopped)
    table = None if good[0] else _compared(body, ran)
    if known is None and (near := _nearly(ran)):
        return Verdict(mark="partly", credit=HALF, reason=near, compared=table)
    if good[0]:
        where = body.fixtures[good.index(False)].name
        return Verdict(mark="wrong", reason="hidden", matched=where)
    return Verdict(mark="wrong", reason="rows", compared=table)


def _same(one: Outcome, other: Outcome, *, ordered: bool) -> bool:
    if one.table is None or other.table is None:
        return one.table is other.table and one.stopped == other.stopped
    if one.table.cut or other.table.cut or _width(one.table) != _width(other.table):
        return False
    mine, theirs = _plain(one.table), _plain(other.table)
    return mine == theirs if ordered else Counter(mine) == Counter(theirs)


def _width(table: Table) -> int:
    return len(table.columns)


def _plain(table: Table) -> list[Row]:
    return [tuple(map(_value, row)) for row in table.rows]


def _value(cell: Cell) -> Cell:
    return float(f"{cell:.{DIGITS}g}") if isinstance(cell, float) else cell


def _fitting(body: Sql, ran: Ran, good: list[bool], text: str) -> MustFail | None:
    """The known wrong query that does the same: everywhere, else wherever this one fails."""
    same = [
        [_same(a, b, ordered=body.ordered) for a, b in zip(ran.mine, theirs, strict=True)]
        for theirs in ran.wrong
    ]
    pairs = list(zip(body.must_fail, same, strict=False))
    whole = [known for known, alike in pairs if all(alike)]
    part = [
        known
        for known, alike in pairs
        if all(like for like, right in zip(alike, good, strict=True) if not right)
    ]
    return closest(whole or part, text)


def closest(known: Sequence[MustFail], text: str) -> MustFail | None:
    """The one of these that is written most like an answer."""
    words = _WORD.findall(text.casefold())

    def likeness(one: MustFail) -> float:
        return SequenceMatcher(None, words, _WORD.findall(one.query.casefold())).ratio()

    return max(known, key=likeness, default=None)


def _nearly(ran: Ran) -> Literal["", "sequence", "columns"]:
    """Whether everything is right but the order: of the rows, or of the columns."""
    pairs = [(a.table, b.table) for a, b in zip(ran.mine, ran.expected, strict=True)]
    tables = [(a, b) for a, b in pairs if a is not None and b is not None and not a.cut]
    widths = {_width(table) for pair in tables for table in pair}
    if len(tables) < len(pairs) or len(widths) != 1:
        return ""
    width = widths.pop()
    if all(Counter(_plain(a)) == Counter(_plain(b)) for a, b in tables):
        return "sequence"
    orders = permutations(range(width)) if 1 < width <= FEW else ()
    return "columns" if any(_permuted(tables, order) for order in orders) else ""


def _permuted(tables: Sequence[tuple[Table, Table]], order: tuple[int, ...]) -> bool:
    moved = ([tuple(row[n] for n in order) for row in _plain(a)] for a, _ in tables)
    return all(Counter(a) == Counter(_plain(b)) for a, (_, b) in zip(moved, tables, strict=True))


def _compared(body: Sql, ran: Ran) -> Compared | None:
    """Expected against got on the shown fixture, what differs first where not all fits."""
    mine, theirs = ran.mine[0].table, ran.expected[0].table
    if mine is None or theirs is None:
        return None
    got, want = _plain(mine), _plain(theirs)
    lines = list(_sequences(want, got) if body.ordered else _multisets(want, got))
    differing = [line for line in lines if line.whose != "both"]
    kept = lines if len(lines) <= MOST_ROWS else _some(differing)
    same = _width(mine) == _width(theirs)
    return Compared(
        columns=_names(theirs),
        got=() if same else _names(mine),
        lines=tuple(kept),
        more=len(lines) - len(kept),
        counts=(len(want), len(got)),
        widths=(_width(theirs), _width(mine)),
        cut=mine.cut,
    )


def _some(lines: Sequence[Line]) -> list[Line]:
    """As many as fit, of both sides as far as both have some."""
    half = MOST_ROWS // 2
    want = [line for line in lines if line.whose == "expected"]
    got = [line for line in lines if line.whose == "yours"]
    kept = want[: max(half, MOST_ROWS - len(got))] + got[: max(half, MOST_ROWS - len(want))]
    return [line for line in lines if any(line is one for one in kept)]


def _names(table: Table) -> tuple[str, ...]:
    return tuple(_short(name) for name in table.columns[:MOST_COLUMNS])


def _short(text: str) -> str:
    return cut(clean(text, WIDEST * 2), WIDEST)


def _line(whose: Literal["both", "expected", "yours"], row: Row) -> Line:
    cells = (_short(one) if isinstance(one, str) else one for one in row[:MOST_COLUMNS])
    return Line(whose, tuple(cells))


def _multisets(want: list[Row], got: list[Row]) -> Iterator[Line]:
    left = Counter(got)
    for row in want:
        both = left[row] > 0
        left[row] -= both
        yield _line("both" if both else "expected", row)
    for row in got:
        if left[row] > 0:
            left[row] -= 1
            yield _line("yours", row)


def _sequences(want: list[Row], got: list[Row]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, want, got, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from (_line("both", row) for row in want[a:b])
        else:
            yield from (_line("expected", row) for row in want[a:b])
            yield from (_line("yours", row) for row in got[c:d])

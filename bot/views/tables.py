"""Tables on a phone: the data of a query's question, and what was expected against what was got."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.chat.fitting import CODE_COLUMNS, CUT
from bot.chat.say import Reader, count, say
from bot.chat.text import clean, fence
from bot.grading.verdict import Cell, Compared
from questions.model import Sql

BETWEEN = "  "
NARROWEST = 3  # columns of a cell that is cut
LOOKS_ELSE = re.compile(r"\s*|-?\d+(\.\d+)?([eE][+-]?\d+)?|null|.*\s|\s.*", re.IGNORECASE)


def data(body: Sql) -> str:
    """The tables of a question with the rows that are shown, as a program a phone can show."""
    script = f"{body.schema}\n{body.fixtures[0].rows}"
    return fence("\n".join(_laid(script)), "sql")


def _laid(script: str) -> Iterator[str]:
    for statement in script.split(";\n"):
        if words := " ".join(statement.split()).rstrip(";"):
            yield from _wrapped(_pieces(f"{words};"))


def _pieces(statement: str) -> list[str]:
    """A statement in pieces that stay whole: to each comma that separates columns or rows."""
    opens = statement.startswith("create")
    pieces, depth, start, quoted = [], 0, 0, False
    for at, char in enumerate(statement):
        quoted ^= char == "'"
        depth += (char == "(") - (char == ")") if not quoted else 0
        if char == "," and not quoted and depth == int(opens):
            pieces.append(statement[start : at + 1].strip())
            start = at + 1
    return [*pieces, statement[start:].strip()]


def _wrapped(pieces: Sequence[str]) -> Iterator[str]:
    first, *others = (word for piece in pieces for word in _narrow(piece))
    line = first
    for piece in others:
        if len(line) + 1 + len(piece) > CODE_COLUMNS:
            yield line
            line = f"  {piece}"
        else:
            line = f"{line} {piece}"
    yield line


def _narrow(piece: str) -> Sequence[str]:
    """A piece that no line holds goes word by word."""
    return (piece,) if len(piece) <= CODE_COLUMNS - len(BETWEEN) else piece.split(" ")


def difference(reader: Reader, compared: Compared) -> str:
    """Expected against got, 48 columns wide; cells and columns that do not fit are cut visibly."""
    rows = [("", tuple(map(_name, compared.columns)))]
    if compared.got:
        rows = [
            ("expected", tuple(map(_name, compared.columns))),
            ("yours", tuple(map(_name, compared.got))),
        ]
    rows += [(line.whose, tuple(map(cell, line.cells))) for line in compared.lines]
    drawn = list(_drawn(rows))
    if compared.got:
        drawn.insert(2, "")
    if compared.more:
        drawn.append(
            say(reader, "{cut} {more}", cut=CUT, more=count(compared.more, "more row", "more rows"))
        )
    return fence("\n".join(drawn))


def cell(value: Cell) -> str:
    """A value as SQL would write it where its plain text could be taken for another."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        text = _name(value)
        return f"'{text}'" if LOOKS_ELSE.fullmatch(text) else text
    return str(value)


def _name(text: str) -> str:
    return clean(text).replace("\n", "\u21b5").replace("\t", " ")


def _drawn(rows: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    label = max(wide(who) for who, _ in rows)
    widths, whole = _widths([cells for _, cells in rows], CODE_COLUMNS - label - len(BETWEEN))
    for who, cells in rows:
        shown = [_fit(text, width) for text, width in zip(cells, widths, strict=False)]
        tail = [] if whole or len(cells) <= len(widths) else [CUT]
        yield BETWEEN.join([who.ljust(label), *shown, *tail]).rstrip()


def _widths(rows: Sequence[tuple[str, ...]], room: int) -> tuple[list[int], bool]:
    """How wide each column is drawn, and whether all of them are."""
    number = max(map(len, rows))
    natural = [max(wide(row[n]) for row in rows if n < len(row)) for n in range(number)]
    gap = len(BETWEEN)
    most = (room - 1) // (NARROWEST + gap)
    kept = natural[:most]
    tail = 0 if number <= most else gap + 1
    while sum(kept) + gap * (len(kept) - 1) + tail > room and max(kept) > NARROWEST:
        kept[kept.index(max(kept))] -= 1
    return kept, number <= most


def _fit(text: str, width: int) -> str:
    if wide(text) > width:
        kept = ""
        for char in text:
            if wide(kept + char) > width - 1:
                break
            kept += char
        text = kept + CUT
    return text + " " * (width - wide(text))


def wide(text: str) -> int:
    """The columns a text takes where every letter takes one: Chinese and emoji take two."""
    marks = sum(unicodedata.combining(char) > 0 for char in text)
    return len(text) - marks + sum(unicodedata.east_asian_width(char) in "WF" for char in text)

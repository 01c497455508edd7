"""Rows of cells with their lines: comma-separated values, and Anki's, within limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from questions.exchange.files import Refused

MOST_COLUMNS = 1_000
MOST_FILLED = 300_000  # cells of a file; the whole bank fills a tenth
LONGEST = 131_072  # characters of a cell, the limit of Python's csv


def written(rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Rows with every cell in quotes, so that a line end or a separator in it does no harm."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


def read(name: str, text: str, separator: str, before: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line where it begins; raises Refused.

    `before` lines of the file stand before `text`.
    """
    lines = csv.reader(_lines(text), delimiter=separator, strict=True)
    filled, start = 0, before + 1
    while True:
        try:
            row = next(lines, None)
        except csv.Error as error:
            raise Refused(name, before + lines.line_num, _reason(error)) from None
        if row is None:
            return
        if len(row) > MOST_COLUMNS:
            raise Refused(name, start, f"more than {MOST_COLUMNS:,} columns")
        filled += sum(map(bool, row))
        if filled > MOST_FILLED:
            raise Refused(name, start, f"more than {MOST_FILLED:,} filled cells: split it")
        if any(row):
            yield start, row
        start = before + lines.line_num + 1


def by_column(
    name: str, line: int, columns: Sequence[str], row: Sequence[str]
) -> Mapping[str, str]:
    """The filled cells of a row by their columns; raises Refused for a row that is longer."""
    if len(row) > len(columns) and any(row[len(columns) :]):
        text = f"{len(row)} cells, but {len(columns)} columns: is a quote missing?"
        raise Refused(name, line, text)
    return {path: cell for path, cell in zip(columns, row, strict=False) if cell}


def _lines(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "field limit" in said:
        return f"a cell of more than {LONGEST:,} characters"
    if "unexpected end" in said:
        return "a quote is opened and never closed"
    return f"not in the format: {said}"

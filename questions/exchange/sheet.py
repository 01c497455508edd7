"""Comma-separated values: a row a question, a column for each of its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from questions.exchange.columns import PLACE, cells, gathered, header, unknown
from questions.exchange.files import Record, Taken, counted
from questions.exchange.plain import fields
from questions.exchange.rows import by_column, read, written
from questions.mistakes import Mistake
from questions.model import Item

SEPARATORS = ",;\t"


def sheet(items: Sequence[Item]) -> str:
    """The items as comma-separated values, the names of columns first."""
    rows = [placed(item) for item in items]
    columns = header(rows)
    return written(chain([columns], ([row.get(path, "") for path in columns] for row in rows)))


def placed(item: Item) -> dict[str, str]:
    """An item's cells by column, with its area and topic."""
    return cells({"area": item.area, "topic": item.topic, **fields(item)})


def taken(name: str, text: str) -> Taken:
    """The questions of a sheet; the separator is the one that its first line has most of."""
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    rows = read(name, text, separator)
    _, columns = next(rows, (1, []))
    columns = [path.strip() for path in columns]
    wrong = [Mistake(name, 1, text) for text in unknown(columns)]
    if not columns:
        wrong = [Mistake(name, 1, "nothing is in it: the first row has the names of columns")]
    if wrong:
        return Taken(refused=tuple(wrong[:20]))
    refused: list[Mistake] = []
    found = (record(name, line, by_column(name, line, columns, row), refused) for line, row in rows)
    return Taken(counted(name, found), tuple(refused))


def record(name: str, line: int, row: Mapping[str, str], refused: list[Mistake]) -> Record:
    """A row as a question; cells that clash are noted."""
    made, wrong = gathered(row)
    refused += [Mistake(name, line, text) for text in wrong]
    area, topic = (made.pop(key, "") for key in PLACE)
    return Record(line, made, str(area), str(topic))

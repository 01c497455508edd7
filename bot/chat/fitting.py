"""Making text fit: length as the stricter platform counts it, and cuts that can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

CODE_COLUMNS = 48  # what a phone of 390 pixels shows of a line of code
FOLD = "↳ "  # begins the rest of a line of code that was too wide
CUT = "…"


def size(text: str) -> int:
    """Length in UTF-16 units, the larger of the two ways in which a platform may count."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, room: int) -> str:
    """One line of plain text in at most `room` units, cut visibly."""
    line = " ".join(text.split())
    return line if size(line) <= room else longest(line, room - 1).rstrip() + CUT


def longest(text: str, room: int, cost: Callable[[str], int] = size) -> str:
    """The longest beginning of a text that costs at most `room`; '' where none does."""
    if cost(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if cost(text[:middle]) <= room else (low, middle - 1)
    return text[:low]


def folded(code: str, columns: int = CODE_COLUMNS) -> str:
    """A program whose wide lines go on below, marked, instead of running off a phone."""
    return "\n".join(
        part for line in code.expandtabs(4).split("\n") for part in _parts(line, columns)
    )


def _parts(line: str, columns: int) -> Iterator[str]:
    yield line[:columns]
    step = columns - len(FOLD)
    for at in range(columns, len(line), step):
        yield FOLD + line[at : at + step]

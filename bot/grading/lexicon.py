"""The words that the graders know: English, terms of the field, spellings and short forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent / "words"


def is_word(word: str) -> bool:
    """Whether it stands in the list of English words (small letters).

    The list stays one sorted blob of 0.7 MB: a set of it would take 12 MB and 20 ms to build.
    """
    blob = _english()
    sought = b"\n%b\n" % word.encode()
    low, high = 0, len(blob) - 1  # both are places of a line's end
    while low < high:
        start = blob.rfind(b"\n", low, (low + high) // 2 + 1)
        end = blob.index(b"\n", start + 1)
        line = blob[start : end + 1]
        if line == sought:
            return True
        low, high = (end, high) if line[1:-1] < sought[1:-1] else (low, start)
    return False


def is_term(word: str) -> bool:
    """Whether it is a term of the field."""
    return word in terms()


def english() -> list[str]:
    """Give the whole list of English words, for tests and measures."""
    return _english().decode().split()


@cache
def _english() -> bytes:
    return (_HERE / "english.txt").read_bytes()


@cache
def lines(name: str) -> tuple[str, ...]:
    """Give the lines of a file of words, without comments."""
    read = (_HERE / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in read if line and not line.startswith("#"))


@cache
def listed(name: str) -> frozenset[str]:
    """Give the lines of a file of words as a set."""
    return frozenset(lines(name))


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Give the rows of a file of two columns."""
    rows = (_HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple((left, right) for left, _, right in (row.partition("\t") for row in rows))


@cache
def table(name: str) -> dict[str, str]:
    """Give a file of two columns as a table from the first to the second."""
    return dict(pairs(name))


@cache
def terms() -> frozenset[str]:
    """Give the terms of the field and of the tables of short forms."""
    short = {left for left, _ in pairs("acronyms")} | set(table("abbreviations"))
    return listed("terms") | short

"""What keyboards and editors make of code, put back into ASCII before it is run or compared."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["quotes", "dashes", "spaces", "dots"]

_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'")
_QUOTES |= dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
# a phone makes one long dash of two short ones, which begin a comment or an option
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
_DASHES |= dict.fromkeys("\u2014\u2015", "--")
_SPACES = dict.fromkeys("\u00a0\u1680\u2007\u202f\u205f\u3000", " ")
_SPACES |= dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
_KINDS: dict[Kind, dict[str, str]] = {
    "quotes": _QUOTES,
    "dashes": _DASHES,
    "spaces": _SPACES,
    "dots": {"\u2026": "..."},
}
_QUOTED = re.compile(r"('(?:[^']|'')*')")  # a literal whose quotes were typed straight
_FENCED = re.compile(r"\s*```[\w+#-]*[ \t]*\n?(.*?)\n?```\s*", re.DOTALL)
_RAW = re.compile(r"r(['\"])(.+)\1", re.DOTALL)


def straight(text: str, *, keep: str = "", literals: bool = True) -> tuple[str, tuple[Kind, ...]]:
    """The text in ASCII as far as keyboards changed it, and what kinds of marks were changed.

    Characters of `keep` stay: the question itself uses them. Without `literals`, what stands
    between straight quotes stays: there the keyboard has left quotes alone, so they are meant.
    """
    table = _table(keep)
    parts = [text] if literals else _QUOTED.split(text)
    done = [
        part if not literals and number % 2 else "".join(table.get(char, char) for char in part)
        for number, part in enumerate(parts)
    ]
    before = "".join(part for n, part in enumerate(parts) if literals or not n % 2)
    kinds = (kind for kind, marks in _KINDS.items() if _changed(before, marks, keep))
    return "".join(done), tuple(kinds)


def _table(keep: str) -> dict[str, str]:
    every = {char: plain for marks in _KINDS.values() for char, plain in marks.items()}
    return {char: plain for char, plain in every.items() if char not in keep}


def _changed(text: str, marks: dict[str, str], keep: str) -> bool:
    return any(char in marks and char not in keep for char in text)


def unwrapped(text: str) -> str:
    """Code without the fence or the backticks that a chat puts around it."""
    if fenced := _FENCED.fullmatch(text):
        return fenced[1].strip()
    bare = text.strip()
    once = len(bare) > 2 and bare[0] == bare[-1] == "`" and "`" not in bare[1:-1]  # noqa: PLR2004 - two marks
    return bare[1:-1].strip() if once else bare


def unprefixed(pattern: str) -> str:
    r"""A pattern that was typed as Python writes it, `r"\d+"`, without that."""
    raw = _RAW.fullmatch(pattern)
    return raw[2] if raw else pattern

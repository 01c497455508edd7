"""The words that rules look for, and how text is taken apart for them."""

from __future__ import annotations

import re

_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_WORD = re.compile(r"[a-z0-9_+#.-]*[a-z0-9_+#]", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_ASKS = re.compile(r"\?(?=[\s\"')*_]|$)")
# Words that say nothing about a subject, so that sharing one with the stem gives nothing away.
_EMPTY_WORDS = (
    "a about after all an and any are as at be been before both but by can could did do does each "
    "every for from get gets had has have he her how i if in into is it its more most no not of on "
    "one or other our over same she should so some still such than that the their them then there "
    "these they this those to two under up use used uses using was we were what when where which "
    "while who why will with would yes you your answer best choose correct following option "
    "question select statement true"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


def prose(text: str) -> str:
    """The text without its code."""
    return _CODE.sub(" ", text)


def words(text: str) -> set[str]:
    """The words of a text that say something about its subject, in small letters."""
    found = (match.group().lower().strip(".-") for match in _WORD.finditer(text.replace("`", " ")))
    return {word for word in found if word and word not in _EMPTY}


def asks(text: str) -> bool:
    """Whether a question mark ends a sentence of the text."""
    return _ASKS.search(text) is not None


def question(text: str) -> str:
    """The sentences that ask, without code; '' when none does."""
    flat = " ".join(prose(text).split())
    return " ".join(part for part in _SENTENCE.split(flat) if asks(part))


def count(text: str) -> int:
    """Words between white space."""
    return len(text.split())


def clip(text: str, size: int = 40) -> str:
    """At most `size` characters of the first line, for a message."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= size and line == text else line[: size - 1] + "…"

"""The lexical gate: what cannot be one statement of a permitted kind is not run at all."""

from __future__ import annotations

import re

from jail.values import Stopped

QUERY, PATTERN = 10_000, 1_000  # characters
SUBJECTS, SUBJECT = 200, 10_000  # how many; characters of each
READS = ("SELECT", "WITH", "VALUES")
WRITES = (*READS, "INSERT", "UPDATE", "DELETE", "REPLACE")
_BLANK = r"\s+|--[^\n]*|/\*.*?(?:\*/|\Z)"
_TOKEN = re.compile(
    rf"(?P<blank>{_BLANK})|(?P<word>\w+)|(?P<end>;)"
    r"|'[^']*(?:'|\Z)|\"[^\"]*(?:\"|\Z)|`[^`]*(?:`|\Z)|\[[^\]]*(?:\]|\Z)|.",
    re.DOTALL,
)


class Refused(Exception):
    """A text that is not run; `stopped` as in an outcome."""

    def __init__(self, reason: str, stopped: Stopped = "forbidden") -> None:
        super().__init__(reason)
        self.stopped: Stopped = stopped


def statement(text: str, *, writes: bool) -> str:
    """The one statement without its semicolon; raises Refused."""
    _sane(text, QUERY)
    first, end = "", len(text)
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "blank":
            continue
        if end < len(text) and token.lastgroup != "end":
            raise Refused("one statement at a time")
        if token.lastgroup == "end":
            end = min(end, token.start())
        elif not first:
            first = (token["word"] or token[0]).upper()
    if first not in (WRITES if writes else READS):
        raise Refused(f"only {_either(WRITES if writes else READS)}")
    return text[:end]


def pattern(text: str) -> str:
    """The pattern as it is; raises Refused."""
    _sane(text, PATTERN)
    return text


def _sane(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused(f"too long: {len(text):,} characters, at most {most:,}", "size")
    if "\0" in text or not _encodable(text):
        raise Refused("a character that is no text")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"

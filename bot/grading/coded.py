"""Answers that are code: only white space, fences and a trailing `;` may differ."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"[(){}\[\]<>=$@;|^~*%\\\"]|--|(?:^|\s)-{1,2}\w|::|->|\w_\w|^[./~]\S|\w\.\w|[-rwx]{9}|&&|!=|\s/\S|#\w"
)
_PROSE = re.compile(r"(?:[a-z]\.){2,}|\w\.js\b|\d\.\d|'s\b", re.IGNORECASE)
_LETTER = re.compile(r"(?:(?<!\w)-|[\\%])([A-Za-z])(?![A-Za-z])")
_INNER = re.compile(r"\s*([^\w\s-])\s*|\s+")
_LEAD = re.compile(
    r"^(?:(?:the|a|an|with|use|run|type|call|command|option|flag|method|function|operator)\s+|\$\s)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"\s+(?:command|option|flag|method|function|operator|clause|statement|keyword|header|directive|"
    r"attribute|algorithm|search|language|permissions?|mode|error|exception|call)$",
    re.IGNORECASE,
)


def is_code(text: str) -> bool:
    """Whether an accepted answer has the punctuation of code."""
    return _CODE.search(_PROSE.sub("", text)) is not None


def form(text: str) -> str:
    r"""Give the form in which two spellings of the same code are equal.

    Small letters, except a single letter behind `-`, `\\` or `%`, where the case decides (-s, -S).
    """
    text = text.strip().rstrip(";").rstrip()
    folded = text.lower()
    for match in _LETTER.finditer(text):
        at = match.start(1)
        folded = f"{folded[:at]}{match[1]}{folded[at + 1 :]}"
    folded = folded.replace("'", '"')
    joined = _INNER.sub(lambda match: match[1] or " ", folded)
    return joined.removesuffix("()")


def forms(text: str) -> tuple[str, ...]:
    """Give the forms of a given answer: as it is, and without the words around it."""
    found = [form(text)]
    bare = text
    for _ in range(3):
        shorter = _TRAIL.sub("", _LEAD.sub("", bare)).strip()
        if shorter == bare:
            break
        bare = shorter
        found.append(form(bare))
    return (*found, form(bare.rstrip(".,!?")))

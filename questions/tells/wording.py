"""How a text looks to somebody who does not understand it: words, trigrams, shape."""

from __future__ import annotations

import re

ABSOLUTE = re.compile(
    r"\b(always|never|all|none|only|every|must|cannot|impossible|guarantee[sd]?"
    r"|completely|entirely|any)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(may|might|can|could|usually|typically|often|generally|sometimes|some|most|likely"
    r"|tends?|depends?)\b",
    re.IGNORECASE,
)
_ABOVE = r"(of )?(the )?(above|these|them|options|answers|choices)"
ALL_OF_THEM = re.compile(
    rf"^\W*(all {_ABOVE}|all of the answers|all are correct|both [a-d] and [a-d])\b",
    re.IGNORECASE,
)
NONE_OF_THEM = re.compile(rf"^\W*(none {_ABOVE}|none are correct)\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(not|except|incorrect|false|isn't|doesn't|cannot|least)\b", re.IGNORECASE)
NEGATIVE_MARKED = re.compile(
    r"\b(NOT|EXCEPT|INCORRECT|FALSE|LEAST)\b|\*\*(not|except|incorrect|false|least)\*\*"
    r"|_(not|except)_"
)
DENIAL = re.compile(r"\b(not|no|without|isn't|doesn't|don't)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9_+#.-]*[a-z0-9_+#]", re.IGNORECASE)
_NUMBER = re.compile(r"\W*(-?\d+(?:[.,]\d+)?)\s*([a-z%/]*)\W*", re.IGNORECASE)
_STOP_WORDS = (
    "a an the of to in on at for and or by is are was were be been it its this that these those"
    " with as from which what who when where how why will would do does did has have had can could"
    " should may might you your we our they their there if then than not no yes i he she into over"
    " following statement statements true best correct answer option choose select used use using"
    " one two"
)
_STOP = frozenset(_STOP_WORDS.split())


def norm(text: str) -> str:
    """Give the text without code and emphasis marks, on one line."""
    text = re.sub(r"`{1,3}\w*", " ", text)
    text = re.sub(r"[*_]{1,2}(\S.*?)[*_]{1,2}", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def toks(text: str) -> list[str]:
    """Give the words that carry meaning, small."""
    words = (match.group(0).lower().strip(".-") for match in _WORD.finditer(norm(text)))
    return [word for word in words if word and word not in _STOP]


def trigrams(text: str) -> frozenset[str]:
    """All runs of three characters of the padded text."""
    padded = f"  {norm(text).lower()} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared members as a share of all members, 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def shape(text: str) -> tuple[bool, ...]:
    """Say what strikes the eye: code marks, digits, full stop, capital, bracket, signs, comma."""
    bare = text.strip()
    return (
        "`" in bare,
        bool(re.search(r"\d", bare)),
        bare.endswith("."),
        bare[:1].isupper(),
        "(" in bare,
        bool(re.search(r"[<>{}=;/\\$]", bare)),
        "," in bare,
    )


def number(text: str) -> float | None:
    """Give the number that the text is, with or without a unit; None for anything else."""
    match = _NUMBER.fullmatch(norm(text))
    return float(match.group(1).replace(",", ".")) if match else None

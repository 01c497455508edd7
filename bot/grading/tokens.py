"""An answer as a row of words that are spelt one way: digits, American spelling, no short forms."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.grading import lexicon

SMALL = frozenset({"a", "an", "the", "of"})
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.){2,}[a-z]?(?![a-z0-9])")
_TOKEN = re.compile(
    r"(?<![\w-])--?[a-z][\w-]*"  # a flag
    r"|\d+(?:\.\d+)+"  # a version
    r"|[a-z]+(?:\+\+|[#+*])(?![a-z0-9(])"  # c++, c#, a*
    r"|[a-z]+n't|[a-z0-9]+(?:'[a-z]+)?"
    r"|[^\W\d_a-z]+(?:'[^\W\d_]+)?"  # letters of other alphabets
    r"|[^\w\s,.;:!?'\"()\[\]{}/-]+"  # symbols
    r"|(?<=\()\*(?=\))"
)
_RUN = re.compile(r"[a-z]+|\d+")
_NUMBERS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ],
        start=1,
    )
}
_LARGE = {"hundred": 100, "thousand": 1000}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_IZE = re.compile(r"is(e|ed|es|er|ers|ing|ation|ations|able|ability)$")
_SHORTEST_IZE = 7  # letters of a verb in -ize, or of its forms


def tokens(text: str) -> tuple[str, ...]:
    """Give the words of an answer in their one form, articles left out."""
    return tuple(word for word in _spelt(text) if word not in SMALL)


def unexpanded(text: str) -> tuple[str, ...]:
    """Give the same with its short forms as they are, so that a slip in one can be seen."""
    words = (_RUN.findall(token) if token.isalnum() else [token] for token in raw_tokens(text))
    return tuple(word for row in words for word in row if word not in SMALL)


def folded(text: str) -> tuple[str, ...]:
    """Give the same with acronyms in the place of their known expansions."""
    return tuple(word for word in _folded(_spelt(text)) if word not in SMALL)


def _spelt(text: str) -> list[str]:
    return _counted([part for token in raw_tokens(text) for part in _canonical(token)])


def raw_tokens(text: str) -> list[str]:
    """Give the words as they were typed, in small letters."""
    said = text.casefold()
    if "." in said:
        said = _DOTTED.sub(lambda match: match[0].replace(".", ""), said)
    return _TOKEN.findall(said.replace("_", " ").replace("&", " and "))


@lru_cache(maxsize=4096)
def spelling(word: str) -> str:
    """Give the American spelling."""
    known = lexicon.table("british").get(word)
    if known is not None:
        return known
    match = _IZE.search(word) if len(word) >= _SHORTEST_IZE else None
    if match is not None and not lexicon.is_word(word):  # surprise and revising stay
        return word[: match.start()] + "iz" + match[1]
    return word


def _canonical(token: str) -> tuple[str, ...]:
    if token.isalpha() and token.isascii():
        return _word(token)
    if (ordinal := _ORDINAL.fullmatch(token)) is not None:
        return (ordinal[1],)
    if "'" in token:
        stem, _, ending = token.partition("'")
        return _canonical(stem) if ending == "s" else (token,)
    if token.isalnum() and token.isascii() and not token.isdigit():
        short = lexicon.table("abbreviations").get(token)
        return tuple(short.split()) if short else tuple(_RUN.findall(token))
    return (token,)


def _word(token: str) -> tuple[str, ...]:
    short = lexicon.table("abbreviations").get(token)
    return tuple(short.split()) if short else (spelling(token),)


def _counted(words: list[str]) -> list[str]:
    """Put digits for the words of numbers: `twenty two`, `one hundred`, `third`."""
    done: list[str] = []
    before = ""
    for word in words:
        value = number_word(word)
        last = int(done[-1]) if number_word(before) is not None and done[-1].isdecimal() else None
        if value is None:
            done.append(word)
        elif last is not None and word in _LARGE:
            whole = last - last % 1000 if value < 1000 else 0  # noqa: PLR2004 two thousand
            done[-1] = str(whole + (last - whole) * value)
        elif last is not None and _goes_on(before, value):
            done[-1] = str(last + value)
        else:
            done.append(word if word in _LARGE else str(value))
        before = word
    return done


def _goes_on(before: str, value: int) -> bool:
    """Whether a number goes on behind a word: units behind tens, less behind hundreds."""
    return (before in _TENS and 0 < value < 10) or (before in _LARGE and value < _LARGE[before])  # noqa: PLR2004


def number_word(word: str) -> int | None:
    """Give the value of one word of a number, cardinal or ordinal."""
    for names in (_NUMBERS, _ORDINALS, _TENS, _LARGE):
        if word in names:
            return names[word]
    return None


def _folded(words: list[str]) -> list[str]:
    """Put the acronym for its known expansion."""
    known = _expansions()
    done: list[str] = []
    at = 0
    while at < len(words):
        for expansion, acronym in known.get(words[at], ()):
            if tuple(words[at : at + len(expansion)]) == expansion:
                done.append(acronym)
                at += len(expansion)
                break
        else:
            done.append(words[at])
            at += 1
    return done


@cache
def _expansions() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Give the known expansions by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for acronym, long in lexicon.pairs("acronyms"):
        words = tuple(_spelt(long))
        found.setdefault(words[0], []).append((words, acronym))
    return {
        first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()
    }

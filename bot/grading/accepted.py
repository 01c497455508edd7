"""The answers of a question, made ready to be compared with what people type."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bot.grading import coded, growth, lexicon
from bot.grading.plain import cleaned, key
from bot.grading.slips import keys_beside, singular
from bot.grading.tokens import folded, number_word, raw_tokens, tokens, unexpanded
from questions.model import NearMiss, Short

STOP = frozenset(
    [
        "not",
        "no",
        "nor",
        "never",
        "neither",
        "none",
        "without",
        "or",
        "and",
        "maybe",
        "vs",
        "versus",
        "than",
        "instead",
        "rather",
        "but",
        "except",
        "unlike",
        "only",
        "anything",
        "other",
        "opposite",
        "else",
        "non",
        "anti",
        "isn't",
        "aren't",
        "doesn't",
        "don't",
        "can't",
        "if",
        "unless",
        "different",
        "wrong",
        "false",
        "incorrect",
        "opposed",
        "cannot",
    ]
)
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,6}s?(?![A-Za-z])")
_OFFERED = 3  # words on each side of an `or`
_FEWEST = 3  # letters of an acronym made from first letters


class Alias(Struct, frozen=True):
    """One accepted answer or near miss in all forms that are compared.

    `code` and `cost` are '' where it is none. `exact` are the tokens in which no typo is forgiven,
    `firsts` the letters with which a word of it may begin, slips included.
    """

    text: str
    key: str
    code: str
    cost: str
    tokens: tuple[str, ...]
    joined: str
    initials: str
    exact: frozenset[str]
    head: str
    starts: frozenset[str]
    firsts: frozenset[str]


class Asked(Struct, frozen=True):
    """What the question says: its words, and those of them that may be repeated in an answer."""

    words: frozenset[str]
    literal: frozenset[str]
    context: frozenset[str]


Row = tuple[Alias, NearMiss | None]


class Accepted(Struct, frozen=True):
    """All answers of a question: by their letters, by their form, and one after another.

    A row is an alias with None, or with the near miss that it is; `missed` are the words of all
    near misses, code too. `costs` if a cost is asked for.
    """

    aliases: tuple[Alias, ...]
    rows: tuple[Row, ...]
    misses: tuple[Row, ...]
    missed: tuple[tuple[str, ...], ...]
    literal: dict[str, Row]
    keyed: dict[str, Row]
    coded: dict[str, Row]
    by_cost: dict[str, Row]
    asked: Asked
    costs: bool


@lru_cache(maxsize=2048)
def prepared(prompt: str, body: Short) -> Accepted:
    """Make the answers of a question ready; kept for the questions asked last."""
    named = any(_ACRONYM.fullmatch(text) for text in body.answers)  # then no other acronym fits
    right: list[Row] = [
        (replace(alias, initials="") if named else alias, None)
        for text in body.answers
        for alias in _forms(text)
    ]
    wrong: list[Row] = [
        (alias, miss)
        for miss in body.near_misses
        for text in miss.answers
        for alias in _forms(text)
    ]
    first = [*reversed(wrong), *reversed(right)]  # of two alike the first right one stays
    return Accepted(
        aliases=tuple(alias for alias, _ in right),
        rows=tuple(row for row in right if not row[0].code),
        misses=tuple(row for row in wrong if not row[0].code),
        missed=tuple(row[0].tokens for row in wrong if row[0].tokens),
        literal={row[0].text: row for row in first},
        keyed={row[0].key: row for row in first if not row[0].code},
        coded={row[0].code: row for row in first if row[0].code},
        by_cost={row[0].cost: row for row in first if row[0].cost},
        asked=_asked(prompt),
        costs=any(growth.is_wrapped(text) for text in body.answers),
    )


def _forms(text: str) -> tuple[Alias, ...]:
    """Give an answer as it is, with an acronym for its long form, with its short forms kept."""
    said = cleaned(text)
    rows = [tokens(said), folded(said)]
    short_forms = lexicon.table("abbreviations")
    if any(w in short_forms or number_word(w) is not None for w in raw_tokens(said)):
        rows.append(unexpanded(said))
    return tuple(_alias(text, said, words) for words in dict.fromkeys(rows))


def _alias(text: str, said: str, words: tuple[str, ...]) -> Alias:
    capitals = {word.lower() for word in _ACRONYM.findall(said)}
    exact = frozenset(word for word in words if word in capitals and not lexicon.is_word(word))
    return Alias(
        text=text,
        key=key(said),
        code=coded.form(said) if coded.is_code(said) else "",
        cost=growth.canonical(said),
        tokens=words,
        joined="".join(words),
        initials=_initials(said),
        exact=exact,
        head=_head(words),
        starts=_starts(words),
        firsts=frozenset().union(*map(_first_letters, words)),
    )


def _initials(said: str) -> str:
    """Give the first letters of three words and more."""
    words = [word for word in raw_tokens(said) if word.isalpha()]
    return "".join(word[0] for word in words) if len(words) >= _FEWEST else ""


def _head(words: tuple[str, ...]) -> str:
    """Give the name after which a law, an algorithm or a principle is known by itself."""
    if len(words) > 1 and words[0] in lexicon.listed("eponyms"):
        return words[0]
    return ""


def _starts(words: tuple[str, ...]) -> frozenset[str]:
    """Give the letters with which an answer's first word may begin; empty: any letter."""
    scenes = lexicon.listed("context") | lexicon.listed("droppable")
    if not words or (len(words) > 1 and words[0] in scenes):
        return frozenset()
    return _first_letters(words[0])


def _first_letters(word: str) -> frozenset[str]:
    """Give the letters with which a word may begin when one slip is forgiven."""
    return frozenset(word[:2]) | keys_beside(word[0])


def _asked(prompt: str) -> Asked:
    words = frozenset(tokens(prompt))
    literal = frozenset(raw_tokens(prompt)) | words
    usable = {word for word in words | {singular(word) for word in words} if word.isalpha()}
    context = frozenset(usable - STOP - _offered(prompt))
    return Asked(words | {singular(word) for word in words}, literal, context)


def _offered(prompt: str) -> frozenset[str]:
    """Give the words around each `or`: what is offered cannot stand beside the answer."""
    words = tokens(prompt)
    places = (at for at, word in enumerate(words) if word == "or")
    return frozenset(
        form
        for at in places
        for word in words[max(0, at - _OFFERED) : at + 1 + _OFFERED]
        for form in (word, singular(word))
    )

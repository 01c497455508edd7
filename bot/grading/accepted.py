"""The answers of a question, made ready to be compared with what people type."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from bot.grading import coded, growth, lexicon
from bot.grading.plain import cleaned, key
from bot.grading.slips import singular
from bot.grading.tokens import folded, raw_tokens, tokens
from questions.model import NearMiss, Short

STOP = frozenset(
    "not no nor never neither none without or and maybe vs versus than instead rather but except "
    "unlike only anything other opposite else non anti isn't aren't doesn't don't can't if unless "
    "different wrong false incorrect opposed never cannot".split()
)
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,6}s?(?![A-Za-z])")
_FEWEST = 3  # letters of an acronym made from first letters


class Alias(Struct, frozen=True):
    """
    One accepted answer or near miss in all forms that are compared.

    `code` and `cost` are '' where it is none. `exact` are the tokens in which no typo is forgiven.
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


class Asked(Struct, frozen=True):
    """What the question says: its words, and those of them that may be repeated in an answer."""

    words: frozenset[str]
    literal: frozenset[str]
    context: frozenset[str]


class Accepted(Struct, frozen=True):
    """All answers of a question that can be told from each other; `costs` if it asks for a cost."""

    aliases: tuple[Alias, ...]
    misses: tuple[tuple[Alias, NearMiss], ...]
    asked: Asked
    costs: bool


@lru_cache(maxsize=2048)
def prepared(prompt: str, body: Short) -> Accepted:
    """Make the answers of a question ready; kept for the questions asked last."""
    aliases = tuple(alias for text in body.answers for alias in _forms(text))
    misses = tuple(
        (alias, miss)
        for miss in body.near_misses
        for text in miss.answers
        for alias in _forms(text)
    )
    costs = any(growth.is_wrapped(text) for text in body.answers)
    return Accepted(aliases, misses, _asked(prompt), costs)


def _forms(text: str) -> tuple[Alias, ...]:
    """Give an answer as it is, and with an acronym for its long form."""
    said = cleaned(text)
    words, short = tokens(said), folded(said)
    plain = _alias(text, said, words)
    return (plain,) if short == words else (plain, _alias(text, said, short))


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
        head=_head(said, words),
    )


def _initials(said: str) -> str:
    """Give the first letters of three words and more."""
    words = [word for word in raw_tokens(said) if word.isalpha()]
    return "".join(word[0] for word in words) if len(words) >= _FEWEST else ""


def _head(said: str, words: tuple[str, ...]) -> str:
    """Give the name after which a law, an algorithm or a principle is known by itself."""
    if len(words) > 1 and words[0] in lexicon.listed("eponyms"):
        return words[0]
    return ""


def _asked(prompt: str) -> Asked:
    words = frozenset(tokens(prompt))
    literal = frozenset(raw_tokens(prompt)) | words
    choosing = "or" in literal
    usable = {word for word in words | {singular(word) for word in words} if word.isalpha()}
    context = frozenset() if choosing else frozenset(usable - STOP)
    return Asked(words | {singular(word) for word in words}, literal, context)

"""Guessers choose without reading the subject: each scores the options, the highest is chosen."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from questions.tells.figures import Play
from questions.tells.rows import Row
from questions.tells.wording import (
    ABSOLUTE,
    ALL_OF_THEM,
    HEDGE,
    jaccard,
    norm,
    number,
    shape,
    toks,
    trigrams,
)

Scores = Sequence[float]
Guesser = Callable[[Row], Scores]
_STEM = 5  # letters by which two words count as the same
_MENU = 3  # numbers from which one of them can be in the middle
_ARTICLE = re.compile(r"\b(a|an)\s*(?:_{2,}|\.{3}|:|\?)?\s*$", re.IGNORECASE)


def longest(it: Row) -> list[int]:
    """Prefer the option with most characters."""
    return [len(norm(option)) for option in it.options]


def shortest(it: Row) -> list[int]:
    """Prefer the option with fewest characters."""
    return [-length for length in longest(it)]


def most_overlap(it: Row) -> list[float]:
    """Prefer the option that shares most words with the others."""
    return _shared([frozenset(toks(option)) for option in it.options])


def most_trigrams(it: Row) -> list[float]:
    """Prefer the option that shares most letters with the others."""
    return _shared([trigrams(option) for option in it.options])


def _shared(sets: Sequence[frozenset[str]]) -> list[float]:
    return [
        round(sum(jaccard(mine, other) for j, other in enumerate(sets) if j != i), 6)
        for i, mine in enumerate(sets)
    ]


def stem_echo(it: Row) -> list[int]:
    """Prefer the option that repeats words of the stem that not all options have."""
    stem = {word[:_STEM] for word in toks(it.prompt)}
    sets = [{word[:_STEM] for word in toks(option)} for option in it.options]
    common = set.intersection(*sets) if sets else set()
    return [len((mine - common) & stem) for mine in sets]


def no_absolutes(it: Row) -> list[int]:
    """Strike out options with always, never, only and the like."""
    return [0 if ABSOLUTE.search(option) else 1 for option in it.options]


def hedged(it: Row) -> list[int]:
    """Prefer options with may, usually, often and the like."""
    return [1 if HEDGE.search(option) else 0 for option in it.options]


def odd_format(it: Row) -> list[int]:
    """Prefer the option that looks different in most respects."""
    shapes = [shape(option) for option in it.options]
    columns = list(zip(*shapes, strict=True))
    return [
        sum(column.count(value) == 1 for column, value in zip(columns, mine, strict=True))
        if len(shapes) > 2  # noqa: PLR2004 of two, both are odd
        else 0
        for mine in shapes
    ]


def numeric_middle(it: Row) -> list[int]:
    """Prefer a number that is neither the smallest nor the largest."""
    numbers = [number(option) for option in it.options]
    known = [value for value in numbers if value is not None]
    if len(known) < len(numbers) or len(set(known)) < _MENU:
        return [0] * len(numbers)
    return [0 if value in (min(known), max(known)) else 1 for value in known]


def grammar_a_an(it: Row) -> list[int]:
    """Prefer what fits the article at the end of the stem."""
    match = _ARTICLE.search(norm(it.prompt))
    if not match:
        return [0] * len(it.options)
    vowel = match.group(1).lower() == "an"
    return [1 if (norm(o)[:1].lower() in "aeiou") == vowel else 0 for o in it.options]


def all_of_the_above(it: Row) -> list[int]:
    """Prefer "all of the above"."""
    return [1 if ALL_OF_THEM.search(option) else 0 for option in it.options]


def position(place: int) -> Guesser:
    """Prefer the option at a place, -1 for the last."""

    def guess(it: Row) -> list[int]:
        last = len(it.options) - 1
        return [
            1 if at == place or (place == -1 and at == last) else 0 for at in range(len(it.options))
        ]

    return guess


GUESSERS: Mapping[str, Guesser] = {
    "longest": longest,
    "shortest": shortest,
    "most_overlap": most_overlap,
    "most_trigrams": most_trigrams,
    "stem_echo": stem_echo,
    "no_absolutes": no_absolutes,
    "hedged": hedged,
    "odd_format": odd_format,
    "numeric_middle": numeric_middle,
    "grammar_a_an": grammar_a_an,
    "all_of_the_above": all_of_the_above,
    "position_first": position(0),
    "position_second": position(1),
    "position_third": position(2),
    "position_last": position(-1),
}


def chosen(scores: Scores, key: int) -> tuple[float, int]:
    """Give the guesser's chance of hitting the key, and among how many options it wavers."""
    top = max(scores)
    best = [at for at, score in enumerate(scores) if score == top]
    return (key in best) / len(best), len(best)


def play(items: Sequence[Row], guess: Guesser) -> Play:
    """Let a guesser answer single-choice rows (at least one); ties share the point."""
    hits: list[tuple[float, int, bool]] = []
    for it in items:
        share, best = chosen(guess(it), it.key)
        hits.append((share, len(it.options), best < len(it.options)))
    count = len(hits)
    gains = [share - 1 / size for share, size, _ in hits]
    mean = sum(gains) / count
    spread = sum((gain - mean) ** 2 for gain in gains) / max(1, count - 1)
    spoken = [share for share, _, spoke in hits if spoke]
    return Play(
        score=sum(share for share, _, _ in hits) / count,
        chance=sum(1 / size for _, size, _ in hits) / count,
        lift=mean,
        ci=1.96 * math.sqrt(spread / count),
        spoke=len(spoken) / count,
        score_when_spoke=sum(spoken) / len(spoken) if spoken else None,
    )

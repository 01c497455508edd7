"""From words to areas: what a name means, what `/quiz` asks for, how a half-typed name goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process

from questions.areas import Areas, Target
from questions.asked import Asked, BadCount, BadType, Problem, parse_quiz
from questions.meaning import NEAR, NONE, Found, Meaning, Nothing, Unsure, resolve
from questions.names import Names, names, refused
from questions.spelling import normal

__all__ = [
    "Asked",
    "BadCount",
    "BadType",
    "Found",
    "Meaning",
    "Nothing",
    "Problem",
    "Target",
    "Unsure",
    "parse_quiz",
    "refused",
    "resolve",
    "suggest",
]

SUGGESTIONS = 25  # Discord shows no more choices of an autocomplete
LONGEST = 100  # characters of a choice's name, Discord's limit


def suggest(partial: str, areas: Areas, reserved: frozenset[str] = NONE) -> tuple[str, ...]:
    """Give at most 25 names that `partial` may become, one a target; each resolves exactly.

    After a `+` the last name is completed and what stands before it is kept.
    """
    known = names(areas, reserved)
    before, plus, last = partial.rpartition("+")
    said = normal(last)
    found: dict[Target, str] = {}
    for name in _matching(said, known):
        shown = before + plus + known.shown[name]
        if len(shown) <= LONGEST:
            found.setdefault(known.meaning[name], shown)
        if len(found) == SUGGESTIONS:
            break
    return tuple(found.values())


def _matching(said: str, known: Names) -> Iterator[str]:
    """Names that begin with `said`, then names with such a word, then names spelt like it."""
    if not said:
        yield from (name for name, target in known.meaning.items() if target.kind == "area")
        return
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name.startswith(said),
        lambda name: f" {said}" in name,
    )
    for test in tests:
        yield from filter(test, known.listed)
    yield from (
        name
        for name, _, _ in process.extract(
            said, known.listed, scorer=fuzz.ratio, score_cutoff=NEAR, limit=SUGGESTIONS
        )
    )

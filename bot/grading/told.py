"""Stories of one's own work: whether a point was told, where no phrasing can be foreseen."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from bot.grading.verdict import Seen
from questions.model import Point
from questions.phrasings import Clause, contents, sentences
from questions.wordforms import stem, words_of

_NUMBER = re.compile(r"[0-9][0-9.,:]*(?:%|ms|s|k|x)?")
_NUMBER_TEXT = (
    "two three four five six seven eight nine ten dozen twelve twenty thirty forty fifty hundred "
    "thousand million half third twice percent"
)
_NUMBER_WORDS = frozenset(_NUMBER_TEXT.split())
_NUMERIC = frozenset({stem("number"), stem("figure"), stem("minutes"), stem("percent")})
_SHORTEST = 4  # words of a part that tells something
_SIGNS = 2  # different ones, told in one breath, that cover a point

Story = tuple[frozenset[str], ...]


class _Wanted(Struct, frozen=True):
    """What a point is told by: its anchors and phrasings as sets of stems; a number or not."""

    signs: tuple[frozenset[str], ...]
    words: frozenset[str]
    number: bool


def story(text: str) -> Story:
    """Take a story apart, once for all points: the stems of each sentence, what is denied left out.

    A number is `#`.
    """
    return tuple(filter(None, dict.fromkeys(map(_stems, sentences(text)))))


def told(point: Point, heard: Story) -> Seen:
    """How much of a point a story tells.

    Two signs of it in a sentence cover it, and so do three in the whole; one touches it. A sign is
    an anchor, the telling words of a phrasing, or a number where the point wants one.
    """
    wanted = _wanted(point)
    signs = max((_signs(wanted, sentence) for sentence in heard), default=0)
    if signs >= _SIGNS or (signs and _signs(wanted, frozenset().union(*heard)) > _SIGNS):
        return "covered"
    return "partly" if signs else "missing"


def _signs(wanted: _Wanted, stems: frozenset[str]) -> int:
    found = {sign for sign in wanted.signs if sign <= stems}
    # a sign within another one is the same sign
    apart = [one for one in found if not any(one < other for other in found)]
    number = bool(wanted.number and "#" in stems)
    more = not number and len(wanted.words & stems - frozenset().union(*apart)) >= _SIGNS
    return len(apart) + number + (bool(apart) and more)


@lru_cache(maxsize=2048)
def _wanted(point: Point) -> _Wanted:
    anchors = {frozenset(map(stem, words_of(anchor))) for anchor in point.anchors}
    phrased = {contents(phrasing) for phrasing in point.phrasings}
    words = contents(point.point).union(*phrased)
    signs = anchors | {one for one in phrased if one}
    return _Wanted(tuple(signs), words, number=not _NUMERIC.isdisjoint(words.union(*anchors)))


def _stems(sentence: tuple[Clause, ...]) -> frozenset[str]:
    found: set[str] = set()
    for part in sentence:
        if len(part.known) < _SHORTEST:
            continue
        found |= part.known
        if any(_NUMBER.fullmatch(word) or word in _NUMBER_WORDS for word in part.words):
            found.add("#")
    return frozenset(found)

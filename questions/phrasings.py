"""Whether a text says a point of a rubric: a phrasing in one clause, neither negated nor vetoed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from questions.clausewords import DENYING, EMPTY, FILLERS, JOINS, NEGATION, VERBS
from questions.model import Point
from questions.wordforms import stem, words_of

# A sentence ends at a mark that white space follows, so that 0.8 and example.test stay whole, at
# an empty line and before an item of a list.
_SENTENCE = re.compile(
    r"[.!?;]+(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*\u2022]|[0-9]+[.)])\s)|\s[-\u2013\u2014]+\s"
)
# A line of more than 40 characters was wrapped; a shorter one was meant as a line.
_WRAP = re.compile(r"(?<=[^\n]{40})\n(?!\s*(?:[-*\u2022]|[0-9]+[.)])\s|\s*\n)")
_PART = re.compile(r"[,:](?=\s)|[()\n]|\b(?:but|whereas|while|although|though|however)\b")
_CALL = re.compile(r"(?<=\w)\(([^()\s]{0,20})\)")  # get(i): no remark in brackets
_CONTRASTS = frozenset({"than", "rather", "instead"})  # they compare in a story
_DENIALS = NEGATION - _CONTRASTS
_AFTER = frozenset({"nothing", "none"})  # they negate what stands before them as well
_TELLING = 2  # content words below which a phrasing must be said word for word
_MOST = 0.66  # of a phrasing's content words: near to saying it
_STATEMENT = 5  # words from which a clause may state something
_STATED = 0.25  # of its words join the others
_LONG = 8  # words from which a sentence needs some that join the others
_JOINING = 0.2  # of its words
_LONGER = 12  # words from which it needs more of them
_JOINING_LONG = 0.25
_MOST_CLAUSES = 800  # of one text that are compared
_ARTICLES = frozenset({"a", "an", "the"})
_SKIPPED = _ARTICLES | {stem(word) for word in FILLERS}
_MOST_FILLERS = 2  # in a row
_REACH = 3  # words that a negation before the first matched one may stand away


class _Phrase(Struct, frozen=True):
    """What a phrasing wants of a clause: words anywhere, or few words in a `row`."""

    content: frozenset[str]
    row: tuple[str, ...]
    negated: bool


class Clause(Struct, frozen=True):
    """A clause, or two neighbours of a sentence: its words and their stems, in order."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    known: frozenset[str]


class Heard(Struct, frozen=True):
    """The clauses of a text with every two neighbours, the stems of all, and the clauses alone."""

    clauses: tuple[Clause, ...]
    known: frozenset[str]
    alone: tuple[Clause, ...] = ()


def covered(point: Point, text: str) -> bool:
    """Whether one clause of the text has all content words of a phrasing of the point.

    A negated clause does not count, unless the phrasing is negated too ("percentiles not
    averages"), and a listed misconception that the text says vetoes the point.
    """
    heard = hear(text)
    return not veto(point, heard) and states(point, heard)


def hear(text: str) -> Heard:
    """Take a text apart, once for all points; rows of keywords are left out."""
    parts = [_parts(sentence) for sentence in _told(text)]
    alone = dict.fromkeys(words for row in parts for words in row)
    pairs = (first + second for row in parts for first, second in pairwise(row))
    made = {
        words: _clause(words) for words in list(dict.fromkeys((*alone, *pairs)))[:_MOST_CLAUSES]
    }
    known = frozenset[str]().union(*(clause.known for clause in made.values()))
    single = tuple(made[words] for words in alone if words in made)
    return Heard(tuple(made.values()), known, single)


def veto(point: Point, heard: Heard) -> str:
    """Give the listed misconception that was said, '' if none was.

    In one clause: "A does it, B does not" does not say that B does it.
    """
    single = Heard(heard.alone, heard.known)
    for one in point.misconceptions:
        if _said(_phrase(one), single if len(_PART.split(one)) == 1 else heard):
            return one
    return ""


def states(point: Point, heard: Heard) -> bool:
    """Whether a phrasing of the point was said."""
    return any(_said(_phrase(phrasing), heard) for phrasing in point.phrasings)


def contents(phrasing: str) -> frozenset[str]:
    """The stems of the words that tell something."""
    return _phrase(phrasing).content


def sentences(text: str) -> tuple[tuple[Clause, ...], ...]:
    """The sentences of a text that are no rows of keywords, each as those parts that deny nothing.

    A part that a sentence repeats is left out.
    """
    out = []
    for sentence in _sentences(text)[:_MOST_CLAUSES]:
        if is_stuffed(words_of(sentence)):
            continue
        parts = dict.fromkeys(words for part in _PART.split(sentence) if (words := words_of(part)))
        out.append(tuple(_clause(words) for words in parts if _DENIALS.isdisjoint(words)))
    return tuple(filter(None, out))


def _sentences(text: str) -> list[str]:
    """The different sentences of a text in small letters, its wrapped lines joined."""
    flowing = _WRAP.sub(" ", _CALL.sub(r" \1 ", text.lower().replace("\u2019", "'")))
    return list(dict.fromkeys(_SENTENCE.split(flowing)))


def touches(point: Point, heard: Heard) -> bool:
    """Whether a clause has most words of a phrasing, or an anchor and a word of the point."""
    phrases = [phrase for phrase in map(_phrase, point.phrasings) if phrase.content]
    near = (phrase for phrase in phrases if len(phrase.content & heard.known) >= _TELLING)
    if any(_nears(phrase, clause) for phrase in near for clause in heard.clauses):
        return True
    anchors = [frozenset(map(stem, words_of(anchor))) for anchor in point.anchors]
    meant = [phrase.content for phrase in phrases if not phrase.negated]
    spoken = _phrase(point.point).content.union(*meant)
    return any(
        anchor <= clause.known and _speaks_of(spoken - anchor, clause)
        for anchor in anchors
        if anchor and anchor <= heard.known
        for clause in heard.clauses
    )


def _speaks_of(spoken: frozenset[str], clause: Clause) -> bool:
    """Whether a clause is a statement, no bare list, with a word of the point beside the anchor."""
    words = set(clause.words)  # repeating one says no more
    if len(words) < _STATEMENT or spoken.isdisjoint(clause.known):
        return False
    joining = sum(word in EMPTY for word in words)
    return joining >= _STATED * len(words) and NEGATION.isdisjoint(clause.words)


def _nears(phrase: _Phrase, clause: Clause) -> bool:
    """Whether a clause has most of the content words of a phrasing, and denies as it does."""
    had = len(phrase.content & clause.known)
    if had < _TELLING or had < _MOST * len(phrase.content):
        return False
    return phrase.negated is not NEGATION.isdisjoint(clause.words)


def _clause(words: tuple[str, ...]) -> Clause:
    stems = tuple(map(stem, words))
    return Clause(words, stems, frozenset(stems))


@lru_cache(maxsize=8192)
def _phrase(text: str) -> _Phrase:
    words = words_of(text)
    content = frozenset(stem(word) for word in words if word not in EMPTY and word not in NEGATION)
    row = tuple(map(stem, words)) if len(content) < _TELLING else ()
    return _Phrase(content, row, negated=not NEGATION.isdisjoint(words))


def _said(phrase: _Phrase, heard: Heard) -> bool:
    if not phrase.content <= heard.known:
        return False
    for clause in heard.clauses:
        if not phrase.content <= clause.known:
            continue
        found = _span(phrase, clause.stems)
        if found is not None and phrase.negated == _negated(clause.words, *found):
            return True
    return False


def _span(phrase: _Phrase, stems: tuple[str, ...]) -> tuple[int, int] | None:
    """Where in a clause that has its words the phrase begins and ends, or None."""
    if phrase.row:
        ends = ((at, _end_of_row(phrase.row, stems, at)) for at in range(len(stems)))
        return next(((at, end) for at, end in ends if end), None)
    if not phrase.content:
        return None
    places = [place for place, stem in enumerate(stems) if stem in phrase.content]
    return places[0], places[-1] + 1


def _end_of_row(row: tuple[str, ...], stems: tuple[str, ...], at: int) -> int:
    """Where a row that begins at this place ends, 0 if it is not said there.

    One article is as good as another; between two words may stand fillers and articles.
    """
    for number, wanted in enumerate(row):
        skipped = 0
        while number and at < len(stems) and not _is(wanted, stems[at]):
            if stems[at] not in _SKIPPED or skipped == _MOST_FILLERS:
                return 0
            at, skipped = at + 1, skipped + 1
        if at >= len(stems) or not _is(wanted, stems[at]):
            return 0
        at += 1
    return at


def _is(wanted: str, given: str) -> bool:
    return wanted == given or (wanted in _ARTICLES and given in _ARTICLES)


def _negated(window: tuple[str, ...], first: int, end: int) -> bool:
    around = window[max(0, first - _REACH) : end]
    return not NEGATION.isdisjoint(around) or _denied_after(window[end : end + 2])


def _denied_after(following: tuple[str, ...]) -> bool:
    """Whether what was said is denied behind it: `is not the answer`, `nothing`."""
    if not following:
        return False
    if following[0] in _AFTER or following[0] in DENYING:
        return True
    return following[0] in VERBS and following[1:] in (("not",), ("never",))


def _told(text: str) -> Iterator[str]:
    """The sentences of a text that are no rows of keywords."""
    return (sentence for sentence in _sentences(text) if not is_stuffed(words_of(sentence)))


def _parts(sentence: str) -> list[tuple[str, ...]]:
    """The clauses of a sentence as words."""
    return [words for part in _PART.split(sentence) if (words := words_of(part))]


def is_stuffed(words: tuple[str, ...]) -> bool:
    """Whether a sentence is a row of keywords: many words and hardly one that joins them."""
    joining = sum(word in JOINS for word in words)
    least = _JOINING_LONG if len(words) >= _LONGER else _JOINING
    return len(words) >= _LONG and joining < least * len(words)

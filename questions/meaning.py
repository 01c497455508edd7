"""What words mean: the area, topic or group that a person names, however it is spelt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from questions.areas import Areas, Target
from questions.names import Names, names
from questions.spelling import normal

LIKE = 75  # fuzz.ratio from which a spelling is taken for a name
ALMOST = 90  # fuzz.ratio from which it is, even where its words are names (`mongo db`)
WITHIN = 90  # fuzz.token_set_ratio from which a sentence is taken to hold a name
NEAR = 60  # fuzz.ratio below which a name is not worth suggesting
BEGUN = 3  # letters from which the names that begin so are suggested
NEAREST = 3

NONE: frozenset[str] = frozenset()
_FILLER_WORDS = "a an and at in is it of on or the to with what how vs"
_FILLERS = frozenset(_FILLER_WORDS.split())
_PLUS = re.compile(r"(?<!\bn)\+", re.IGNORECASE)  # n+1 is one name
_JOINERS = (re.compile(r"\s+and\s+|[,&;]"), re.compile(r"[\s,&;]+(?:and\s+)?"))


class Found(Struct, frozen=True):
    """What was meant, one target a name; not `sure` when a misspelling was read as a name."""

    targets: tuple[Target, ...]
    sure: bool = True

    @property
    def scope(self) -> tuple[tuple[str, str], ...]:
        """What to draw from: (area, topic) pairs, topic '' for a whole area."""
        return tuple(dict.fromkeys(pair for target in self.targets for pair in target.scope))


class Unsure(Struct, frozen=True):
    """Words near several names: `nearest` holds at most three, best first."""

    words: str
    nearest: tuple[Target, ...]


class Nothing(Struct, frozen=True):
    """Words that are near no name."""

    words: str


Meaning = Found | Unsure | Nothing


def resolve(words: str, areas: Areas, reserved: frozenset[str] = NONE) -> Meaning:
    """Say what `words` name; `+` joins several, and all of them must be understood.

    Tried in turn: the exact name, a list of exact names, a spelling with fuzz.ratio >= 75, a
    sentence that holds a name (token_set_ratio >= 90). `reserved` are normal words that name
    nothing here (the commands).
    """
    known = names(areas, reserved)
    if (exact := known.meaning.get(normal(words))) is not None:
        return Found((exact,))
    if normal(words) in reserved:
        return Nothing(words)
    parts = [part for part in _PLUS.split(words) if normal(part)]
    if len(parts) > 1:
        return _joined([_single(part, known) for part in parts])
    return _single(words, known)


def _joined(meanings: list[Meaning]) -> Meaning:
    for meaning in meanings:
        if not isinstance(meaning, Found):
            return meaning
    found = [meaning for meaning in meanings if isinstance(meaning, Found)]
    targets = dict.fromkeys(target for meaning in found for target in meaning.targets)
    return Found(tuple(targets), sure=all(meaning.sure for meaning in found))


def _single(words: str, known: Names) -> Meaning:
    said = normal(words)
    if (exact := known.meaning.get(said)) is not None:
        return Found((exact,))
    if spelt := _spelt(said, known, ALMOST):
        return Found((known.meaning[spelt],), sure=False)
    if listed := _listed(words, known):
        return Found(listed)
    if spelt := _spelt(said, known, LIKE):
        return Found((known.meaning[spelt],), sure=False)
    held = tuple(_held(said, known))
    if len(held) == 1:
        return Found(held, sure=False)
    nearest = held or _nearest(said, known)
    return Unsure(words, nearest[:NEAREST]) if nearest else Nothing(words)


def _listed(words: str, known: Names) -> tuple[Target, ...]:
    """Give what each word of a list names (`sql, git`), nothing if one of them names nothing."""
    for joiner in _JOINERS:
        found = [known.meaning.get(normal(part)) for part in joiner.split(words) if normal(part)]
        if len(found) > 1 and all(found):
            return _narrowed(tuple(dict.fromkeys(target for target in found if target)))
    return ()


def _narrowed(found: tuple[Target, ...]) -> tuple[Target, ...]:
    """Leave out an area where one of its topics is named as well (`python decorators`)."""
    topical = {target.areas for target in found if target.topic}
    return tuple(t for t in found if t.topic or t.areas not in topical)


def _spelt(said: str, known: Names, least: int) -> str:
    """Give the name that is spelt most like `said`, '' if none has the ratio `least`."""
    hits = process.extract(said, known.listed, scorer=fuzz.ratio, score_cutoff=least, limit=8)
    ranked = [(score, OSA.normalized_similarity(said, name), -at) for name, score, at in hits]
    return known.listed[-max(ranked)[2]] if ranked else ""


def _held(said: str, known: Names) -> Iterator[Target]:
    """Give the longest name that stands in the sentence, else every name that the words begin."""
    tokens = set(said.split())
    hits = process.extract(
        said, known.listed, scorer=fuzz.token_set_ratio, score_cutoff=WITHIN, limit=None
    )
    inside = [name for name, _, _ in hits if set(name.split()) <= tokens - _FILLERS]
    if inside:
        most = max(len(name.split()) for name in inside)
        best = {known.meaning[name] for name in inside if len(name.split()) == most}
        yield _closest(said, known, best)
    elif tokens - _FILLERS:
        yield from dict.fromkeys(known.meaning[name] for name, _, _ in hits)


def _closest(said: str, known: Names, among: Collection[Target]) -> Target:
    """Give the target one of whose names shares most letters with the whole sentence."""
    listed = [name for name, target in known.meaning.items() if target in among]
    hit = process.extractOne(said, listed, scorer=fuzz.token_sort_ratio)
    return known.meaning[hit[0]]


def _nearest(said: str, known: Names) -> tuple[Target, ...]:
    begun = [name for name in known.listed if len(said) >= BEGUN and name.startswith(said)]
    hits = process.extract(said, known.listed, scorer=fuzz.ratio, score_cutoff=NEAR, limit=20)
    return tuple(dict.fromkeys(known.meaning[name] for name in (*begun, *(hit[0] for hit in hits))))

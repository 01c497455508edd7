"""The argument of `/quiz`: names, a level, a count and types, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA

from questions.areas import Areas, Target
from questions.meaning import NONE, Found, Nothing, Unsure, resolve
from questions.model import TYPES, Level, Type
from questions.names import names
from questions.spelling import normal

FEWEST, MOST = 1, 20  # questions in one quiz

_WORDS: dict[Level, str] = {
    "junior": "junior jr beginner entry",
    "mid": "mid middle medior intermediate",
    "senior": "senior sr expert advanced",
}
_LEVELS: dict[str, Level] = {word: level for level, said in _WORDS.items() for word in said.split()}
_SLIPPABLE = 5  # letters from which a level with one wrong letter is still a level
_NOISE_WORDS = (
    "a about all an and any anything ask everything for from give in interview is level levels me"
    " of on please practice practise question questions quiz random some something the to topic"
    " topics what with"
)
_NOISE = frozenset(_NOISE_WORDS.split())
_COUNT = re.compile(r"[+-]?\d+")
_KEYS = re.compile(r"\b(types?|areas?):\s*", re.IGNORECASE)


class BadCount(Struct, frozen=True):
    """A number of questions outside `fewest` to `most`."""

    said: str
    fewest: int = FEWEST
    most: int = MOST


class BadType(Struct, frozen=True):
    """A `type:` that does not exist; `types` lists those that do."""

    said: str
    types: tuple[Type, ...] = TYPES


Problem = Unsure | Nothing | BadCount | BadType


class Asked(Struct, frozen=True):
    """What a quiz should hold; what was not said is empty, what was not understood a problem."""

    targets: tuple[Target, ...] = ()
    level: Level | None = None
    count: int | None = None
    types: tuple[Type, ...] = ()
    sure: bool = True
    problems: tuple[Problem, ...] = ()

    @property
    def scope(self) -> tuple[tuple[str, str], ...]:
        """What to draw from: (area, topic) pairs, empty for everything."""
        return Found(self.targets).scope


class _Read(Struct, frozen=True):
    words: tuple[str, ...]
    level: Level | None = None
    count: str = ""


def parse_quiz(text: str, areas: Areas, reserved: frozenset[str] = NONE) -> Asked:
    """Read the whole argument of `/quiz`, such as `sql+git senior 10 type:sql`.

    `area:` before a name reaches it although it is a command. Never raises: problems are listed.
    """
    said = _KEYS.sub(lambda key: f"{key[1][0].lower()}:", text).split()
    kinds = [word[2:] for word in said if word.startswith("t:")]
    forced = any(word.startswith("a:") for word in said)
    words = tuple(word.removeprefix("a:") for word in said if not word.startswith("t:"))
    types, bad_types = _types(kinds)
    barred = NONE if forced else reserved
    read = _best(words, areas, barred)
    meaning = _meaning(read.words, areas, barred)
    found = meaning if isinstance(meaning, Found) else Found(())
    problems: list[Problem] = [*bad_types, *_counted(read.count)]
    if isinstance(meaning, Unsure | Nothing):
        problems.insert(0, meaning)
    count = int(read.count) if read.count and not _counted(read.count) else None
    return Asked(found.targets, read.level, count, types, found.sure, tuple(problems))


def _types(kinds: list[str]) -> tuple[tuple[Type, ...], list[BadType]]:
    said = [kind for word in kinds for kind in re.split(r"[,+]", word.casefold()) if kind]
    good = tuple(kind for kind in TYPES if kind in said)
    return good, [BadType(kind) for kind in said if kind not in TYPES]


def _counted(said: str) -> list[BadCount]:
    if not said or (len(said) < len(str(MOST)) + 3 and FEWEST <= int(said) <= MOST):
        return []
    return [BadCount(said)]


def _best(words: tuple[str, ...], areas: Areas, reserved: frozenset[str]) -> _Read:
    """Take out as little as leaves a name: `section 508` and `senior design` are names."""
    if not words:
        return _Read(())
    known = names(areas, reserved).meaning
    readings = list(_readings(words, _vocabulary(areas, reserved)))
    for read in readings:
        if not read.words or normal(" ".join(read.words)) in known:
            return read
    return readings[-1]


@lru_cache(maxsize=64)
def _vocabulary(areas: Areas, reserved: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in names(areas, reserved).meaning for word in name.split())


def _readings(words: tuple[str, ...], vocabulary: frozenset[str]) -> Iterator[_Read]:
    plain = _Read(words)
    yield plain
    yield (levelled := _levelled(plain, vocabulary))
    yield _numbered(plain)
    yield _numbered(levelled)


def _levelled(read: _Read, vocabulary: frozenset[str]) -> _Read:
    levels = [
        (at, level) for at, word in enumerate(read.words) if (level := _level(word, vocabulary))
    ]
    if not levels:
        return read
    gone = {at for at, _ in levels}
    kept = tuple(word for at, word in enumerate(read.words) if at not in gone)
    return _Read(kept, levels[-1][1], read.count)


def _level(word: str, vocabulary: frozenset[str]) -> Level | None:
    said = normal(word).removesuffix(" level")
    if said in _LEVELS:
        return _LEVELS[said]
    if len(said) < _SLIPPABLE or said in vocabulary:
        return None
    near = (
        _LEVELS[name]
        for name in _LEVELS
        if len(name) >= _SLIPPABLE and OSA.distance(said, name) == 1
    )
    return next(near, None)


def _numbered(read: _Read) -> _Read:
    for at in range(len(read.words) - 1, -1, -1):
        if _COUNT.fullmatch(read.words[at]):
            kept = (*read.words[:at], *read.words[at + 1 :])
            return _Read(kept, read.level, read.words[at])
    return read


def _meaning(
    words: tuple[str, ...], areas: Areas, reserved: frozenset[str]
) -> Found | Unsure | Nothing | None:
    """Say what is named; None when no word names anything."""
    said = " ".join(words)
    if normal(said) in names(areas, reserved).meaning:
        return resolve(said, areas, reserved)
    told = " ".join(word for word in words if normal(word) not in _NOISE)
    return resolve(told, areas, reserved) if normal(told) else None

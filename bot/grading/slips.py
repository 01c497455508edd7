"""Whether one word was meant for another: inflection, and typos within a budget."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from bot.grading import lexicon

NEVER = 99  # more edits than any budget
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LATIN = {
    "indices": "index", "indexes": "index", "vertices": "vertex", "vertexes": "vertex",
    "matrices": "matrix", "criteria": "criterion", "schemata": "schema", "data": "data",
    "phenomena": "phenomenon", "children": "child", "proxies": "proxy", "caches": "cache",
}  # fmt: skip
_SIBILANTS = ("ches", "shes", "sses", "xes", "zes")
_FEWEST = 4  # letters of a stem
_DOER = 7  # letters from which -er makes a word of a word: adopter


def budget(word: str) -> int:
    """Give the edits that are forgiven in a word: none under 4 letters, 1 under 8, 2 under 12."""
    size = len(word)
    return 0 if size < 4 else 1 if size < 8 else 2 if size < 12 else 3  # noqa: PLR2004 the rule


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """Give the word without the ending of a plural."""
    if word in _LATIN:
        return _LATIN[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word
    if word.endswith("ies") and len(word) > _FEWEST:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_SIBILANTS) else word[:-1]


def inflected(given: str, meant: str, *, among: bool) -> bool:
    """Whether both are forms of one word.

    Plural, -ing and -ion; -ed too where other words of the answer stand beside it (`among`). Two
    terms of the field are never forms of each other (http and https).
    """
    if not (given.isalpha() and meant.isalpha()) or given[0] != meant[0]:
        return False
    if lexicon.is_term(given) and lexicon.is_term(meant):
        return False
    if singular(given) == singular(meant):
        return True
    first, second = _stem(given, among=among), _stem(meant, among=among)
    verbal = first[1] or second[1]
    return verbal and (first[0] == second[0] or given == f"{meant}ing" or meant == f"{given}ing")


@lru_cache(maxsize=8192)
def _stem(word: str, *, among: bool) -> tuple[str, bool]:
    """Give what the base, -ing and -ion forms of a verb have in common, and whether it is one."""
    word = singular(word)
    for ending in ("ing", "ion", "ed") if among else ("ing", "ion"):
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST:
            stem = word[: -len(ending)]
            if ending != "ion" and stem[-1] == stem[-2] and stem[-1] not in "sl":
                stem = stem[:-1]
            return (stem[:-2] if stem.endswith("izat") else stem), True
    return (word[:-1] if word.endswith("e") and len(word) > _FEWEST else word), False


def edits(given: str, meant: str) -> int:
    """Count the slips between two words, NEVER where they are no typo of each other."""
    most = budget(meant)
    if (
        not most
        or abs(len(given) - len(meant)) > most
        or not given.isalpha()
        or not meant.isalpha()
    ):
        return NEVER
    found = OSA.distance(given, meant, score_cutoff=most)
    if found > most or opposed(given, meant):
        return NEVER
    if given[0] != meant[0] and (found > 1 or not _first_slipped(given, meant)):
        return NEVER
    return found


def is_known(word: str) -> bool:
    """Whether it is a word or a term of its own, so no slip."""
    if lexicon.is_term(word) or lexicon.is_word(word):
        return True
    base = singular(word)
    if lexicon.is_term(base):
        return True
    return base.endswith("er") and len(base) >= _DOER and lexicon.is_word(base[:-2])


def _first_slipped(given: str, meant: str) -> bool:
    """Whether one slip of the fingers explains another first letter."""
    if len(meant) <= _FEWEST:
        return False
    if given == meant[1:] or given[:2] == meant[1::-1]:
        return True
    return given[0] in _neighbours().get(meant[0], "") and (given[1:] in {meant[1:], meant})


def keys_beside(letter: str) -> frozenset[str]:
    """Give the letters on the keys around a letter's key."""
    return frozenset(_neighbours().get(letter, ""))


@cache
def _neighbours() -> dict[str, str]:
    """Give the keys around each key of a keyboard."""
    near: dict[str, str] = {}
    for row, letters in enumerate(_ROWS):
        for at, letter in enumerate(letters):
            rows = (other for other in (row - 1, row, row + 1) if 0 <= other < len(_ROWS))
            near[letter] = "".join(
                _ROWS[other][place]
                for other in rows
                for place in range(at - 1, at + 2)
                if 0 <= place < len(_ROWS[other]) and (other, place) != (row, at)
            )
    return near


@lru_cache(maxsize=8192)
def opposed(given: str, meant: str) -> bool:
    """Whether a prefix turns one word into the other (a-, non-, un-, de-; micro- and macro-)."""
    return _added(given, meant) or _lacking(given, meant) or _turned(given, meant)


def _added(given: str, meant: str) -> bool:
    """Whether the given word has a prefix more. One edit adds no prefix of two letters."""
    near = _slips(given, meant)
    for prefix in lexicon.lines("prefixes"):
        if given.startswith(prefix) and not meant.startswith(prefix):
            rest = given[len(prefix) :]
            if rest == meant or (not near and len(prefix) > 1 and _slips(rest, meant)):
                return True
    return False


def _lacking(given: str, meant: str) -> bool:
    """Whether the given word is the meant one without its prefix."""
    near = _slips(given, meant)
    for prefix in lexicon.lines("prefixes"):
        if meant.startswith(prefix) and not given.startswith(prefix):
            rest = meant[len(prefix) :]
            if (rest == given or (not near and _slips(rest, given))) and is_known(rest):
                return True
    return False


def _slips(first: str, second: str) -> bool:
    return OSA.distance(first, second, score_cutoff=1) <= 1


def _turned(given: str, meant: str) -> bool:
    for first, second in lexicon.pairs("opposites"):
        for one, other in ((first, second), (second, first)):
            if given.startswith(one) and meant.startswith(other):
                rest, wanted = given[len(one) :], meant[len(other) :]
                if rest and OSA.distance(rest, wanted, score_cutoff=1) <= 1:
                    return True
    return False

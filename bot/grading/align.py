"""Whether the words of an answer are those of an alias, in order, slips and extra words aside."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from bot.grading import lexicon
from bot.grading.accepted import STOP, Alias, Asked
from bot.grading.slips import NEVER, edits, inflected, is_known, singular

_MOST_TOKENS = 40  # of a given answer that are compared
_MOST_EDITS = 3  # in a whole answer
_ALONE = 6  # letters from which a typo is forgiven in the one word of an answer that was typed
_JOINED = 9  # letters from which a typo in words written together is forgiven
_ENDING = 3  # letters that a plural has more (`children`); a slip is one


class Fit(Struct, frozen=True):
    """How an answer fits an alias: its slips as pairs, the edits in them, words too many or few."""

    slips: tuple[tuple[str, str], ...] = ()
    edits: int = 0
    loose: int = 0
    real: bool = False  # a slip is a word of its own

    @property
    def cost(self) -> tuple[int, int]:
        """What orders fits, best first."""
        return (self.edits, self.loose)

    def __add__(self, other: Fit) -> Fit:
        if other is _EXACT:
            return self
        return Fit(
            self.slips + other.slips,
            self.edits + other.edits,
            self.loose + other.loose,
            self.real or other.real,
        )


def _worth(fit: Fit) -> tuple[bool, int, int]:
    return (fit.real, *fit.cost)


_EXACT = Fit()
_LOOSE = Fit(loose=1)


class Row:
    """The words of one answer, to be laid beside alias after alias."""

    def __init__(self, words: tuple[str, ...], asked: Asked, named: frozenset[str]) -> None:
        self.words = words[:_MOST_TOKENS]
        self.joined = "".join(self.words)  # the words without space
        self.asked = asked
        extras = lexicon.listed("extras")
        self.free = named | extras if named else extras  # words that may be too many
        self.numbers = _numbers(self.words)

    def fit(self, alias: Alias) -> Fit | None:
        """Give how the answer fits, None if it does not; a fit may still be `real`."""
        wanted = alias.tokens
        if not wanted or not self.words:
            return None
        if self.joined == alias.joined and self.numbers == _numbers(wanted):
            return _EXACT
        if alias.initials and self.joined == alias.initials:
            return _EXACT
        if alias.head and self.words[0] == alias.head and len(self.words) == 1:
            return _LOOSE
        if not self._may_fit(alias) or self._is_compound(alias):
            return None
        found = _Alignment(self, alias).best(0, 0)
        if found is None or found.edits > _MOST_EDITS:
            return None
        return None if self._too_little(found, alias) else found

    def _too_little(self, found: Fit, alias: Alias) -> bool:
        """Whether a slip stands in a short word that is all there is of a longer answer."""
        left = len(self.words) == 1 < len(alias.tokens)
        return left and any(len(meant) < _ALONE for _, meant in found.slips)

    @cached_property
    def _core(self) -> list[str]:
        """The first letters of the words that must be the alias's own."""
        return [word[0] for word in self.words if self._is_own(word)]

    @cached_property
    def _opening(self) -> frozenset[str]:
        """The first letters of the words that may be the alias's first: none but extras before."""
        own = (at for at, word in enumerate(self.words, 1) if self._is_own(word))
        return frozenset([word[0] for word in self.words[: next(own, None)]])

    def _is_own(self, word: str) -> bool:
        return word not in _scenes() and not self.is_extra(word)

    @cached_property
    def _compounds(self) -> list[tuple[str, str]]:
        known = lexicon.listed("compounds")
        return [both for both in pairwise(self.words) if " ".join(both) in known]

    def _may_fit(self, alias: Alias) -> bool:
        """Whether the core has about as many words as the alias, and begins as it does."""
        if alias.starts and alias.starts.isdisjoint(self._opening):
            return False
        size, given = len(alias.tokens), len(self.words)
        if given > size + 12 or len(self._core) > 2 * size:
            return False
        strange = len(self._core) - sum(map(alias.firsts.__contains__, self._core))
        return 2 * strange <= given  # a word written apart has one half with any letter

    def _is_compound(self, alias: Alias) -> bool:
        """Whether a word too many makes another thing of a word of the alias (`SQL server`)."""
        return any((one in alias.tokens) != (two in alias.tokens) for one, two in self._compounds)

    def is_extra(self, word: str) -> bool:
        """Whether a word may stand in an answer without being part of it."""
        if word in STOP:
            return False
        return word in self.free or word in self.asked.context or singular(word) in self.free

    def is_droppable(self, word: str) -> bool:
        """Whether a word of the alias may be left out at its end."""
        return word in self.asked.words or singular(word) in self.asked.words


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with digits, which are never taken apart or together: `3..0` is not `3.0`."""
    return tuple(word for word in words if not word.isalpha() and any(map(str.isdigit, word)))


def _scenes() -> frozenset[str]:
    return lexicon.listed("context")


class _Alignment:
    """One answer laid beside one alias; best(i, j) is the best fit from alias word i, word j."""

    def __init__(self, row: Row, alias: Alias) -> None:
        self.row = row
        self.given = row.words
        self.alias = alias
        self.wanted = alias.tokens
        self.kept: dict[tuple[int, int], Fit | None] = {}

    def best(self, i: int, j: int) -> Fit | None:
        place = (i, j)
        if place not in self.kept:
            self.kept[place] = None
            fits = [fit for fit in self._ways(i, j) if fit is not None]
            if fits:
                self.kept[place] = fits[0] if len(fits) == 1 else min(fits, key=_worth)
        return self.kept[place]

    def _ways(self, i: int, j: int) -> list[Fit | None]:
        if j == len(self.given):
            return [self._dropped(i)]
        if i == len(self.wanted):
            extra = all(self.row.is_extra(word) for word in self.given[j:])
            return [Fit(loose=len(self.given) - j) if extra else None]
        ways = [self._then(self._pair(i, j), i + 1, j + 1)]
        if ways[0] is not None and not ways[0].edits:
            return ways
        if self.row.is_extra(self.given[j]) or (i == 0 and self.given[j] in _scenes()):
            ways.append(self._then(_LOOSE, i, j + 1))
        if i == 0 and len(self.wanted) > 1 and self._is_scene(self.wanted[0]):
            ways.append(self._then(_LOOSE, i + 1, j))
        if i + 1 < len(self.wanted):
            ways.append(self._then(self._joined(i, i + 2, j, j + 1), i + 2, j + 1))
        if j + 1 < len(self.given):
            ways.append(self._then(self._joined(i, i + 1, j, j + 2), i + 1, j + 2))
        return ways

    def _then(self, fit: Fit | None, i: int, j: int) -> Fit | None:
        if fit is None:
            return None
        rest = self.best(i, j)
        return None if rest is None else fit + rest

    def _is_scene(self, word: str) -> bool:
        """Whether a first word of the alias only repeats what the question is about."""
        return (word in _scenes() and self.row.is_droppable(word)) or (
            word in lexicon.listed("droppable")
        )

    def _dropped(self, i: int) -> Fit | None:
        """Leave out the rest of the alias: words of the question, kinds of things."""
        left = self.wanted[i:]
        if not left:
            return _EXACT
        kept = self.wanted[:i]
        kinds = lexicon.listed("droppable")
        if not kept or not all(self.row.is_droppable(word) or word in kinds for word in left):
            return None
        telling = [word for word in kept if not self.row.is_droppable(word) and word not in kinds]
        return Fit(loose=len(left)) if telling else None

    def _pair(self, i: int, j: int) -> Fit | None:
        given, meant = self.given[j], self.wanted[i]
        if given == meant:
            return _EXACT
        if inflected(given, meant, among=len(self.wanted) > 1):
            return _EXACT
        return None if meant in self.alias.exact or given in STOP else self._slip(given, meant)

    def _slip(self, given: str, meant: str) -> Fit | None:
        found = edits(given, meant)
        if found == NEVER and (base := singular(given)) != given:
            found = edits(base, meant)
        if found == NEVER:
            return None
        return Fit(((given, meant),), found, 0, is_known(given))

    def _joined(self, i: int, after: int, j: int, until: int) -> Fit | None:
        """Fit words of which those on one side were written together."""
        wanted, parts = self.wanted[i:after], self.given[j:until]
        if abs(sum(map(len, parts)) - sum(map(len, wanted))) > _ENDING:
            return None
        given, meant = "".join(parts), "".join(wanted)
        if given == meant:
            return _EXACT
        if given[0] != meant[0] and given[-1] != meant[-1]:
            return None  # all that follows wants one of its ends
        if singular(given) == singular(meant):
            return _EXACT
        if len(meant) < _JOINED or not self.alias.exact.isdisjoint(wanted):
            return None
        whole = wanted if len(wanted) > 1 else parts
        if not (meant.startswith(whole[0]) and given.startswith(whole[0])) and not (
            meant.endswith(whole[-1]) and given.endswith(whole[-1])
        ):
            return None
        odd = [part for part in parts if part not in meant]
        if not odd or any(is_known(part) for part in odd) or edits(given, meant) != 1:
            return None
        return Fit(((given, meant),), 1)

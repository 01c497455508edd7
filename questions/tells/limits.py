"""The gates: what a bank may not exceed, with the reason for each limit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any, Literal

from msgspec import Struct

from questions.tells.figures import Lengths, Play, Report, Trained

SMALL = 300  # single-choice rows below which noise is allowed for


class Limit(Struct, frozen=True):
    """A figure of the report, named by its path, and what it must not pass."""

    name: str
    path: str
    op: Literal["<=", ">="]
    limit: float
    why: str


class Gate(Struct, frozen=True):
    """What a limit found: the figure and whether it passed, both None if not measurable."""

    limit: Limit
    value: float | None
    passed: bool | None

    def __str__(self) -> str:
        wanted = self.limit
        if self.value is None:
            return f"   gate ---- {wanted.name}: not measurable"
        mark = "pass" if self.passed else "MISS"
        return (
            f"   gate {mark} {wanted.name}: {self.value:.3f}"
            f" (wanted {wanted.op} {wanted.limit}) - {wanted.why}"
        )


def _at_most(name: str, path: str, limit: float, why: str) -> Limit:
    return Limit(name, path, "<=", limit, why)


def _at_least(name: str, path: str, limit: float, why: str) -> Limit:
    return Limit(name, path, ">=", limit, why)


LIMITS = (
    _at_most(
        "key strictly longest",
        "key_strictly_longest.excess",
        0.05,
        "share of items whose key is the only longest option, minus what chance gives",
    ),
    _at_most(
        "longest guesser",
        "guessers.longest.lift",
        0.05,
        "choosing the longest option must not pay",
    ),
    _at_most("shortest guesser", "guessers.shortest.lift", 0.05, "nor the shortest"),
    _at_most(
        "convergence guesser",
        "guessers.most_overlap.lift",
        0.05,
        "choosing what shares most words with the others",
    ),
    _at_most("echo guesser", "guessers.stem_echo.lift", 0.05, "choosing what repeats the stem"),
    _at_most(
        "absolutes guesser",
        "guessers.no_absolutes.lift",
        0.05,
        "striking out always/never/only",
    ),
    _at_most(
        "middle-number guesser",
        "guessers.numeric_middle.lift",
        0.03,
        "choosing a number that is neither smallest nor largest",
    ),
    _at_most(
        "odd-format guesser",
        "guessers.odd_format.lift",
        0.05,
        "the only option with code marks, digits, a full stop ...",
    ),
    _at_most(
        "trained guesser", "trained.lift", 0.07, "all surface features together, cross-validated"
    ),
    _at_most("position", "position.max_share_excess", 0.10, "only for items whose order is fixed"),
    _at_most("all/none of the above", "flags.aota_or_nota.rate", 0.0, "not used at all"),
    _at_most("negative stems", "flags.negative_stem.rate", 0.05, "few, and in capitals"),
    _at_least("explanation", "coverage.explanation", 1.0, "every item says why"),
    _at_least("source", "coverage.source", 1.0, "every item names its ground"),
    _at_least(
        "primary source",
        "coverage.primary_source",
        0.80,
        "and the ground is the standard or the manual",
    ),
    _at_most("duplicate ids", "duplicates.ids", 0, "ids are unique"),
    _at_most("duplicate items", "duplicates.pair_share", 0.005, "near-copies"),
    _at_most(
        "structure errors",
        "structure.errors",
        0,
        "no item without a key, with a key out of range, or with two equal options",
    ),
)


def gates(report: Report) -> tuple[Gate, ...]:
    """Compare a report with every limit.

    A bank of fewer than 300 single-choice rows is not failed for noise: there a guesser's limit
    must be passed by the lower end of the 95 % interval.
    """
    return tuple(_gate(report, limit) for limit in LIMITS)


def _gate(report: Report, wanted: Limit) -> Gate:
    *path, last = wanted.path.split(".")
    parent: Any = reduce(_part, path, report)
    value = _part(parent, last)
    if value is None:
        return Gate(wanted, None, None)
    noisy = report.single < SMALL and isinstance(parent, Play | Trained | Lengths)
    slack = parent.ci if noisy else 0.0
    passed = value - slack <= wanted.limit if wanted.op == "<=" else value >= wanted.limit
    return Gate(wanted, value, passed)


def _part(whole: Any, name: str) -> Any:
    return whole.get(name) if isinstance(whole, Mapping) else getattr(whole, name, None)

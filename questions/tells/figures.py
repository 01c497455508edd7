"""The figures of a report: shares between 0 and 1, lifts and half-widths in the same unit."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Play(Struct, frozen=True):
    """A guesser's mean score, chance, lift over it, 95 % half-width, and how often it spoke."""

    score: float
    chance: float
    lift: float
    ci: float
    spoke: float
    score_when_spoke: float | None


class Trained(Struct, frozen=True):
    """The cross-validated guesser's score, chance, lift over it and 95 % half-width."""

    score: float
    chance: float
    lift: float
    ci: float


class Structure(Struct, frozen=True):
    """Rows that cannot be measured: how many faults, and the first 200 as (id, fault)."""

    errors: int
    list: tuple[tuple[str, str], ...]


class Coverage(Struct, frozen=True):
    """Shares of rows that explain, annotate their options, and name their ground."""

    explanation: float
    explanation_words: int
    option_notes: float
    source: float
    primary_source: float
    level: float


class Duplicates(Struct, frozen=True):
    """Repeated ids, near-copies (score, id, id), equal stems, keys printed in other stems."""

    ids: int
    pairs: int
    pair_share: float
    same_stem_groups: int
    examples: tuple[tuple[float, str, str], ...]
    hinged: int
    hinged_share: float
    hinged_examples: tuple[tuple[str, str], ...]


class Lengths(Struct, frozen=True):
    """How often the key alone is longest, how often it would be by chance, and length ratios."""

    rate: float
    expected: float
    excess: float
    ci: float
    median_length_ratio: float
    mean_length_ratio: float


class Position(Struct, frozen=True):
    """Where the key stands among the most frequent number of options."""

    options: int
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    chi2: float
    p: float
    longest_run: int
    fixed_order_items: int
    max_share_excess: float


class Flag(Struct, frozen=True):
    """How many rows have a defect, as a share too, and the first 200 ids."""

    n: int
    rate: float
    ids: tuple[str, ...]


class Words(Struct, frozen=True):
    """Share of keys and of distractors that hold such words."""

    key: float
    distractor: float


class Report(Struct, frozen=True):
    """Everything measured; sections that need rows or single-choice rows may be missing."""

    items: int
    single: int
    types: Mapping[str, int]
    areas: int
    levels: Mapping[str, int]
    structure: Structure
    coverage: Coverage | None = None
    duplicates: Duplicates | None = None
    key_strictly_longest: Lengths | None = None
    guessers: Mapping[str, Play] = {}
    trained: Trained | None = None
    trained_with_position: Trained | None = None
    position: Position | None = None
    flags: Mapping[str, Flag] = {}
    words: Mapping[str, Words] = {}
    aota_key_rate_when_present: float | None = None

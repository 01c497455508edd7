"""The measures: how far a bank gives its answers away, repeats itself, and names its grounds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from questions.tells.copies import duplicates
from questions.tells.figures import Coverage, Lengths, Position, Report, Structure, Words
from questions.tells.flags import flags
from questions.tells.grounds import listed
from questions.tells.guessers import GUESSERS, longest, play
from questions.tells.rows import Row, faults, row
from questions.tells.training import trained
from questions.tells.wording import ABSOLUTE, HEDGE, toks

Primary = Callable[[str], bool]
SEED = 7
_OPTIONS = 3  # options from which a single-choice row is measured
_EXPLAINED = 4  # words of meaning from which an explanation counts
_FIXED = 20  # rows of fixed order from which their positions are judged
_FAULTS_SHOWN = 200


def measure(
    rows: Iterable[Mapping[str, Any]],
    primary: Primary = listed,
    errors: Sequence[tuple[str, str]] = (),
) -> Report:
    """Measure rows of the exported form (`questions.export`); KeyError for a row without id.

    `primary` says whether an address is a primary source, `errors` are faults found before, as
    (id, text). The same rows give the same report: the trained guesser has a fixed seed.
    """
    found = [row(raw) for raw in rows]
    broken = (*errors, *faults(found))
    bad = {name for name, _ in broken}
    singles = [it for it in found if it.type == "single" and it.id not in bad]
    singles = [it for it in singles if len(it.options) >= _OPTIONS]
    surface = _surface(singles) if singles else {}
    return Report(
        items=len(found),
        single=len(singles),
        types=Counter(str(it.type) for it in found),
        areas=len({it.area for it in found}),
        levels=Counter(str(it.level) for it in found),
        structure=Structure(len(broken), broken[:_FAULTS_SHOWN]),
        coverage=_coverage(found, primary) if found else None,
        duplicates=duplicates(found, singles) if found else None,
        **surface,
    )


def _surface(singles: Sequence[Row]) -> dict[str, Any]:
    flagged = flags(singles)
    collective = flagged["aota_or_nota"].n
    right = flagged["aota_or_nota_is_key"].n
    return {
        "key_strictly_longest": _lengths(singles),
        "guessers": {name: play(singles, guess) for name, guess in GUESSERS.items()},
        "trained": trained(singles, SEED),
        "trained_with_position": trained(singles, SEED, with_position=True),
        "position": _position(singles),
        "flags": flagged,
        "words": _words(singles),
        "aota_key_rate_when_present": right / collective if collective else None,
    }


def _coverage(found: Sequence[Row], primary: Primary) -> Coverage:
    def share(test: Callable[[Row], bool]) -> float:
        return sum(map(test, found)) / len(found)

    words = sorted(len(it.explanation.split()) for it in found)
    return Coverage(
        explanation=share(lambda it: len(toks(it.explanation)) >= _EXPLAINED),
        explanation_words=words[len(found) // 2],
        option_notes=share(lambda it: bool(it.option_notes)),
        source=share(lambda it: bool(it.sources)),
        primary_source=share(lambda it: any(map(primary, it.sources))),
        level=share(lambda it: it.level is not None),
    )


def _lengths(singles: Sequence[Row]) -> Lengths:
    strict, expected = 0, 0.0
    ratios: list[float] = []
    for it in singles:
        lengths = longest(it)
        alone = lengths.count(max(lengths)) == 1
        strict += alone and lengths[it.key] == max(lengths)
        expected += alone / len(lengths)
        others = sum(lengths) - lengths[it.key]
        ratios.append(lengths[it.key] / max(1, others / (len(lengths) - 1)))
    count = len(singles)
    rate, chance = strict / count, expected / count
    return Lengths(
        rate=rate,
        expected=chance,
        excess=rate - chance,
        ci=1.96 * math.sqrt(max(rate * (1 - rate), 1e-9) / count),
        median_length_ratio=sorted(ratios)[count // 2],
        mean_length_ratio=sum(ratios) / count,
    )


def _position(singles: Sequence[Row]) -> Position:
    sizes = Counter(len(it.options) for it in singles)
    size = max(dict.fromkeys(len(it.options) for it in singles), key=sizes.__getitem__)
    places = Counter(it.key for it in singles if len(it.options) == size)
    counts = tuple(places[at] for at in range(size))
    even = sum(counts) / size
    chi2 = sum((count - even) ** 2 / even for count in counts)
    fixed = Counter(it.key for it in singles if it.fixed_order)
    enough = fixed.total() >= _FIXED
    return Position(
        options=size,
        counts=counts,
        shares=tuple(count / sum(counts) for count in counts),
        chi2=chi2,
        p=chi2_p(chi2, size - 1),
        longest_run=max(len(list(run)) for _, run in groupby(it.key for it in singles)),
        fixed_order_items=fixed.total(),
        max_share_excess=max(fixed.values()) / fixed.total() - 1 / size if enough else 0.0,
    )


def chi2_p(chi2: float, freedom: int) -> float:
    """Give the upper tail of chi-square by Wilson and Hilferty's approximation (1931)."""
    scale = 2 / (9 * freedom)
    deviation = ((chi2 / freedom) ** (1 / 3) - (1 - scale)) / math.sqrt(scale)
    return 0.5 * math.erfc(deviation / math.sqrt(2))


def _words(singles: Sequence[Row]) -> dict[str, Words]:
    keys = [it.options[it.key] for it in singles]
    others = [o for it in singles for at, o in enumerate(it.options) if at != it.key]
    return {
        name: Words(
            key=sum(bool(rule.search(text)) for text in keys) / len(keys),
            distractor=sum(bool(rule.search(text)) for text in others) / len(others),
        )
        for name, rule in (("absolute", ABSOLUTE), ("hedge", HEDGE))
    }

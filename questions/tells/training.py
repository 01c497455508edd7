"""The trained guesser: a conditional logit over all surface features, cross-validated."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from operator import mul

from questions.tells.figures import Trained
from questions.tells.guessers import (
    chosen,
    hedged,
    longest,
    most_overlap,
    most_trigrams,
    no_absolutes,
    numeric_middle,
    odd_format,
    stem_echo,
)
from questions.tells.rows import Row
from questions.tells.wording import ALL_OF_THEM, DENIAL, NONE_OF_THEM

FEWEST = 40  # rows below which nothing is learnt
FOLDS = 5
EPOCHS, EPOCHS_OF_MANY, MANY = 30, 8, 3000
RATE, DECAY = 0.3, 1e-3
_PLACES = 4
_CAP = 4  # repetitions from which more say no more

Features = list[list[float]]


def features(it: Row, *, with_position: bool) -> Features:
    """Give the surface features of each option."""
    lengths = longest(it)
    mean = sum(lengths) / len(lengths)
    spread = math.sqrt(sum((x - mean) ** 2 for x in lengths) / len(lengths)) or 1.0
    top = max(lengths)
    columns = zip(
        ((length - mean) / spread for length in lengths),
        (float(length == top and lengths.count(top) == 1) for length in lengths),
        most_overlap(it),
        most_trigrams(it),
        (min(echo, _CAP) for echo in stem_echo(it)),
        no_absolutes(it),
        hedged(it),
        odd_format(it),
        numeric_middle(it),
        strict=True,
    )
    rows = [
        [*surface, *_marks(option)] for surface, option in zip(columns, it.options, strict=True)
    ]
    if with_position:
        return [r + [float(at == p) for p in range(_PLACES)] for at, r in enumerate(rows)]
    return rows


def _marks(option: str) -> tuple[float, ...]:
    return (
        float(bool(ALL_OF_THEM.search(option))),
        float(bool(NONE_OF_THEM.search(option))),
        min(option.count("`"), _CAP) / _CAP,
        min(len(re.findall(r"[,;]", option)), _CAP) / _CAP,
        float(bool(DENIAL.search(option))),
    )


def trained(items: Sequence[Row], seed: int = 7, *, with_position: bool = False) -> Trained | None:
    """Learn on four fifths, guess the fifth, five times over; None below 40 rows."""
    if len(items) < FEWEST:
        return None
    table = [features(it, with_position=with_position) for it in items]
    keys = [it.key for it in items]
    order = list(range(len(items)))
    random.Random(seed).shuffle(order)
    hits: list[tuple[float, int]] = []
    for fold in range(FOLDS):
        tested = set(order[fold::FOLDS])
        learnt = [at for at in order if at not in tested]
        weights = _weights(table, keys, learnt, random.Random(seed + fold))
        hits += [_hit(weights, table[at], keys[at]) for at in tested]
    gains = [share - 1 / size for share, size in hits]
    mean = sum(gains) / len(gains)
    spread = sum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1)
    score = sum(share for share, _ in hits) / len(hits)
    return Trained(score, score - mean, mean, 1.96 * math.sqrt(spread / len(gains)))


def _hit(weights: Sequence[float], rows: Features, key: int) -> tuple[float, int]:
    scores = [round(score, 9) for score in _scores(weights, rows)]
    return chosen(scores, key)[0], len(scores)


def _scores(weights: Sequence[float], rows: Features) -> Iterator[float]:
    for row in rows:
        yield sum(map(mul, weights, row))


def _weights(
    table: Sequence[Features], keys: Sequence[int], learnt: list[int], rng: random.Random
) -> list[float]:
    """Ascend the likelihood by AdaGrad (Duchi, Hazan, Singer 2011), one row at a time."""
    size = len(table[0][0])
    weights, squares = [0.0] * size, [1e-6] * size
    for _ in range(EPOCHS if len(learnt) < MANY else EPOCHS_OF_MANY):
        rng.shuffle(learnt)
        for at in learnt:
            _step(weights, squares, table[at], keys[at])
    return weights


def _step(weights: list[float], squares: list[float], rows: Features, key: int) -> None:
    scores = list(_scores(weights, rows))
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    chances = [power / total for power in powers]
    for at, column in enumerate(zip(*rows, strict=True)):
        slope = column[key] - sum(map(mul, chances, column)) - DECAY * weights[at]
        if slope:
            squares[at] += slope * slope
            weights[at] += RATE * slope / math.sqrt(squares[at])

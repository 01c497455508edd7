"""Ranks: how probably each of several uncertain abilities is among the lowest.

Abilities are normal and independent given the person's overall ability; what is uncertain of that
moves them together, so it is summed out by three-point Gauss-Hermite quadrature. The chance to be
among the lowest is an integral over the ability, its inside a truncated product of polynomials
(Poisson binomial distribution). No random numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erf, exp, pi, sqrt

NODES = ((-sqrt(3.0), 1 / 6), (0.0, 2 / 3), (sqrt(3.0), 1 / 6))
REACH = 4.0  # standard deviations beyond which nothing is summed
STEP = 0.8  # standard deviations of the surest: the trapezoid rule is exact to 1e-5 for a normal
MOST_STEPS = 120
ROOT2, DENSITY = sqrt(2.0), 1 / sqrt(2 * pi)
TINY = 1e-6


def lowest(
    means: Sequence[float], sds: Sequence[float], shares: Sequence[float], sd: float, count: int
) -> list[float]:
    """For each ability, the probability to be among the `count` lowest.

    `means` and `sds` given the overall ability, whose standard deviation is `sd`; `shares` say how
    much of a change of it each mean takes part in.
    """
    if len(means) <= count:
        return [1.0] * len(means)
    total = [0.0] * len(means)
    for node, part in NODES:
        moved = [mean + share * node * sd for mean, share in zip(means, shares, strict=True)]
        for index, one in enumerate(_lowest(moved, sds, count)):
            total[index] += part * one
    return total


def _lowest(means: Sequence[float], sds: Sequence[float], count: int) -> list[float]:
    start = min(mean - REACH * sd for mean, sd in zip(means, sds, strict=True))
    end = max(mean + REACH * sd for mean, sd in zip(means, sds, strict=True))
    steps = min(MOST_STEPS, int((end - start) / (STEP * min(sds))) + 2)
    width = (end - start) / steps
    total = [0.0] * len(means)
    for number in range(1, steps):
        x = start + number * width
        scores = [(x - mean) / sd for mean, sd in zip(means, sds, strict=True)]
        below = [min(0.5 + 0.5 * erf(score / ROOT2), 1.0 - TINY) for score in scores]
        whole = _counts(below, count)
        for index, score in enumerate(scores):
            if -REACH < score < REACH:
                dense = DENSITY * exp(-0.5 * score * score) / sds[index] * width
                total[index] += dense * _fewer(whole, below[index])
    return [min(1.0, one) for one in total]


def _counts(below: Sequence[float], count: int) -> list[float]:
    """The chances that 0, 1 ... `count` - 1 of all are below."""
    held = [1.0] + [0.0] * (count - 1)
    for one in below:
        for index in range(count - 1, 0, -1):
            held[index] += one * (held[index - 1] - held[index])
        held[0] *= 1.0 - one
    return held


def _fewer(whole: Sequence[float], own: float) -> float:
    """The chance that fewer than `count` of the others are below: one factor is divided out."""
    before, total = 0.0, 0.0
    for one in whole:
        before = (one - own * before) / (1.0 - own)
        total += before
    return min(1.0, max(0.0, total))

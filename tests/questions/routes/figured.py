"""What is measured and planned: each answer again, by another method than the template's."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product

from questions.model import Item
from tests.questions.routes.reading import listed, numbers


def error_budget(drawn: Item) -> int:
    slo = Fraction(re.findall(r"says that ([\d.]+) %", drawn.prompt)[0])
    total, failed = numbers(drawn.prompt.partition("succeed.")[2])
    return next(more for more in range(total) if (total - failed - more - 1) * 100 < slo * total)


def failing_chain(drawn: Item) -> int:
    single, twin = (Fraction(share) / 100 for share in re.findall(r"([\d.]+) %", drawn.prompt))
    failing = Fraction(0)
    for gateway, one, other in product((True, False), repeat=3):
        chance = single if gateway else 1 - single
        chance *= (twin if one else 1 - twin) * (twin if other else 1 - twin)
        failing += chance if gateway or (one and other) else 0
    return round(failing * 10**6)


def metric_series(drawn: Item) -> int:
    buckets, methods, routes, codes, instances = numbers(drawn.prompt)
    parts = [*range(buckets), "+Inf", "_sum", "_count"]
    combinations = list(product(range(methods), range(routes), range(codes)))
    return sum(len(parts) for _ in range(instances) for _ in combinations)


def sprint_forecast(drawn: Item) -> int:
    done = listed(drawn.prompt, "finished", "points")
    points, added = numbers(drawn.prompt.partition("sprints.")[2])
    sprints, left = 0, Fraction(points)
    while left > 0:
        sprints, left = sprints + 1, left + added - Fraction(sum(done), len(done))
    return sprints


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-error-budget": error_budget,
    "draw-failing-chain": failing_chain,
    "draw-metric-series": metric_series,
    "draw-sprint-forecast": sprint_forecast,
}

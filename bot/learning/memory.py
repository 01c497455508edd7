"""Memory: how well a question is retained and when it comes back, by FSRS-6.

The published formulas and weights (https://github.com/open-spaced-repetition/fsrs4anki/wiki,
"The Algorithm", FSRS-6), written out because the package's objects cost 40 ms to import and 20
times as much a step; tests/learning hold every step to the `fsrs` package's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import exp, log
from typing import Literal

from msgspec import Struct

Felt = Literal["", "hard", "easy"]
W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)  # the default weights of FSRS-6
DECAY = -W[20]
FACTOR = 0.9 ** (1 / DECAY) - 1  # so that after `stability` days 90 % is recalled
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
LEAST_STABILITY, MOST_DAYS = 0.001, 36500
HINT = 0.5  # each hint halves the share of a right answer that was known
EVEN = 0.5  # that a question was known before it was first answered, where nothing else is said


class Trace(Struct, frozen=True):
    """Stability (days), difficulty (1 to 10) and when the question is due."""

    stability: float
    difficulty: float
    due: datetime


class Outlook(Struct, frozen=True):
    """The recall of a question now, and at the horizon: left alone, or after an answer now."""

    recall: float = 0.0
    kept: float = 0.0
    good: float = 0.0
    again: float = 0.0


def retained(stability: float, days: float) -> float:
    """The share that is recalled after days (fractions count)."""
    return float((1 + FACTOR * days / stability) ** DECAY)


def recall(before: Trace | None, last: datetime | None, at: datetime) -> float:
    """The share that is recalled at `at`; even where the question was never answered."""
    if before is None or last is None:
        return EVEN
    return retained(before.stability, max(0.0, (at - last).total_seconds() / 86400))


def known(credit: float, recall: float, options: int, hints: int = 0) -> float:
    """The probability that an answer was known: a right one of few options may have been a guess.

    `recall` is that before the answer, `options` 0 where it is typed.
    """
    lucky = (1 - recall) / options if options else 0.0
    sure = recall / (recall + lucky) if lucky else 1.0
    return (sure if credit >= 1 else credit) * HINT**hints


def recalled(
    before: Trace | None, last: datetime | None, at: datetime, share: float, felt: Felt = ""
) -> Trace:
    """The trace after an answer at `at` (aware), known with the probability `share`.

    Between Good and Again log stability and difficulty are interpolated. Hard and Easy come from
    the person's own button alone and stand for what they say. `before` and `last` are None for the
    first answer. Called once a local day: FSRS's same-day steps predict badly and are left out.
    """
    high = {"": GOOD, "hard": HARD, "easy": EASY}[felt]
    days = (at - last).days if last is not None else 0
    up = _step(before, max(0, days), high)
    down = up if share >= 1 else _step(before, max(0, days), AGAIN)
    stability, difficulty = up
    if share < 1:
        stability = exp(share * log(up[0]) + (1 - share) * log(down[0]))
        difficulty = share * up[1] + (1 - share) * down[1]
    return Trace(stability, difficulty, at + timedelta(days=interval(stability)))


def interval(stability: float) -> int:
    """Days until 90 % is recalled: at least one, so that nothing comes back on the same day."""
    return min(max(round(stability), 1), MOST_DAYS)


def outlook(before: Trace | None, last: datetime | None, at: datetime, days: float) -> Outlook:
    """What an answer now is worth `days` later."""
    if before is None or last is None:
        good, again = initial(GOOD)[0], initial(AGAIN)[0]
        return Outlook(0.0, 0.0, retained(good, days), retained(again, days))
    since = max(0.0, (at - last).total_seconds() / 86400)
    now = retained(before.stability, since)
    good = grown(before.stability, before.difficulty, now, GOOD)
    again = lapsed(before.stability, before.difficulty, now)
    kept = retained(before.stability, since + days)
    return Outlook(now, kept, retained(good, days), retained(again, days))


def _step(before: Trace | None, days: int, rating: int) -> tuple[float, float]:
    if before is None:
        return initial(rating)
    stability, difficulty = before.stability, before.difficulty
    now = retained(stability, days)
    if rating == AGAIN:
        after = lapsed(stability, difficulty, now)
    else:
        after = grown(stability, difficulty, now, rating)
    return after, harder(difficulty, rating)


def initial(rating: int) -> tuple[float, float]:
    """Stability and difficulty after the first answer."""
    return max(W[rating - 1], LEAST_STABILITY), _bounded(_start(rating))


def grown(stability: float, difficulty: float, recall: float, rating: int) -> float:
    """The stability after a recall: the more was forgotten, the more it grows."""
    rise = exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (exp((1 - recall) * W[10]) - 1)
    bonus = W[15] if rating == HARD else W[16] if rating == EASY else 1.0
    return float(max(stability * (1 + rise * bonus), LEAST_STABILITY))


def lapsed(stability: float, difficulty: float, recall: float) -> float:
    """The stability after a miss."""
    kept = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1)
    long = kept * exp((1 - recall) * W[14])
    return float(max(min(long, stability / exp(W[17] * W[18])), LEAST_STABILITY))


def harder(difficulty: float, rating: int) -> float:
    """The difficulty after an answer: damped near 10, drawn to that of Easy."""
    moved = difficulty + (10 - difficulty) * -W[6] * (rating - 3) / 9
    return _bounded(W[7] * _start(EASY) + (1 - W[7]) * moved)


def _start(rating: int) -> float:
    return W[4] - exp(W[5] * (rating - 1)) + 1


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


NEW = outlook(None, None, datetime(2000, 1, 1, tzinfo=UTC), 30.0)  # never asked, 30 days ahead

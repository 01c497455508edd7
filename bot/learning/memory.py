"""Memory: when a question comes back, by FSRS-6 of the `fsrs` package."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from fsrs import Scheduler


class Trace(Struct, frozen=True):
    """Stability (days), difficulty (1 to 10) and when the question is due."""

    stability: float
    difficulty: float
    due: datetime


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler  # noqa: PLC0415 - 40 ms that a first question need not wait for

    # no learning steps: a chat asks again on another day; no fuzz: it draws from the global random
    return Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, desired_retention=0.9
    )


def recalled(before: Trace | None, last: datetime | None, at: datetime, *, right: bool) -> Trace:
    """The trace after an answer at `at` (aware); `before` and `last` are None for the first one.

    Right is Good, everything else Again; only the person's own button gives Hard or Easy.
    """
    from fsrs import Card, Rating, State  # noqa: PLC0415 - see above

    card = Card(card_id=1, state=State.Learning, step=0, due=at)
    if before is not None and last is not None:
        card = Card(
            card_id=1,
            state=State.Review,
            step=None,
            stability=before.stability,
            difficulty=before.difficulty,
            due=before.due,
            last_review=last,
        )
    after, _ = _scheduler().review_card(card, Rating.Good if right else Rating.Again, at)
    stability, difficulty = after.stability or 0.0, after.difficulty or 0.0
    least = timedelta(days=1)
    return Trace(stability, difficulty, max(after.due, at + least))

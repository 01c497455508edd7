"""Memory steps held to the `fsrs` package: `python -m tests.learning.steps 100000`."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

from bot.learning.memory import Felt, Trace, recalled

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
RATINGS: dict[Rating, tuple[float, Felt]] = {
    Rating.Again: (0.0, ""),
    Rating.Hard: (1.0, "hard"),
    Rating.Good: (1.0, ""),
    Rating.Easy: (1.0, "easy"),
}


def furthest(reviews: int, seed: int) -> float:
    """The largest relative difference of stability or difficulty, days of due among them.

    Random cards of 1 to 20 reviews with random ratings, each at least a day after the last one:
    within a day the rules differ on purpose.
    """
    rng = random.Random(seed)
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    worst, done = 0.0, 0
    while done < reviews:
        card = Card(card_id=1, state=State.Learning, step=0, due=START)
        trace: Trace | None = None
        last: datetime | None = None
        at = START
        for _ in range(rng.randint(1, 20)):
            rating = rng.choice(list(Rating))
            card, _log = scheduler.review_card(card, rating, at)
            trace = recalled(trace, last, at, *RATINGS[rating])
            worst = max(worst, _apart(card, trace))
            last, done = at, done + 1
            late = rng.choice((rng.uniform(1, 3), rng.uniform(1, 60), rng.uniform(1, 2000)))
            at += timedelta(days=late)
    return worst


def _apart(card: Card, trace: Trace) -> float:
    stability, difficulty = float(card.stability or 0), float(card.difficulty or 0)
    due = abs((card.due - trace.due) / timedelta(days=1))
    return max(
        abs(trace.stability / stability - 1), abs(trace.difficulty / difficulty - 1), float(due)
    )


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{count} reviews: at most {furthest(count, 1):.1e} apart")

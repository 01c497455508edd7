"""The learning engine: an answer seen, a prediction, a pick from 40; best rounds of many calls."""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.measure import Row, show
from bot.learning import ability, items, memory, picking, standing
from bot.learning.ability import Seen
from bot.learning.items import Showing
from bot.learning.picking import Candidate, Goal, Kind
from bot.learning.state import Ability

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
AREAS, TOPICS, ANSWERS, OFFERED, ROUNDS = 26, 8, 1000, 40, 9
NAMES = tuple(f"area-{number}" for number in range(AREAS))


def main() -> None:
    rng = random.Random(1)
    seen = [_seen(rng, number) for number in range(ANSWERS)]
    person = Ability()
    for one in seen:
        person = ability.observe(person, one)
    held = f"{len(person.areas)} areas of {TOPICS} topics"
    _figure("an answer seen", lambda: [ability.observe(person, one) for one in seen], 15, held)
    _figure("a prediction", lambda: [_predicted(person, one) for one in seen], 1.5, held)
    offers = [[_offered(rng) for _ in range(OFFERED)] for _ in range(ANSWERS // 10)]
    kinds: tuple[Kind, ...] = ("diagnose", "learn")
    for kind in kinds:
        goal = Goal(kind, NAMES)
        picks = _picks(person, offers, goal, rng)
        _figure(f"a pick from {OFFERED} ({kind})", picks, 50, held, of=len(offers))
    shown = Showing(0.3, 0.5, 0.25, 0.0, "B", 20.0)
    params = items.calibrated(items.prior("mid"), Showing(0.1, 0.5, 0.25, 1.0, "A", 30.0))
    work = [params] * ANSWERS
    _figure("an item calibrated", lambda: [items.calibrated(one, shown) for one in work], 30, "")
    trace = memory.recalled(None, None, START, 0.8)
    later = START + timedelta(days=3)
    step = [0.8] * ANSWERS
    _figure(
        "a memory step", lambda: [memory.recalled(trace, START, later, one) for one in step], 15, ""
    )
    _figure(
        "a standing", lambda: [standing.standing(person) for _ in range(10)], 5_000, held, of=10
    )


def _seen(rng: random.Random, number: int) -> Seen:
    return Seen(
        rng.choice(NAMES),
        f"topic-{rng.randrange(TOPICS)}",
        items.graded(rng.random()),
        rng.choice((0.25, 0.0)),
        float(rng.random() < 0.6),
        START + timedelta(hours=number),
    )


def _predicted(person: Ability, one: Seen) -> float:
    return ability.predict(person, one.area, one.topic, one.params, one.at, one.guess)


def _offered(rng: random.Random) -> Candidate:
    trace = memory.recalled(None, None, START, rng.random())
    late = START + timedelta(days=rng.randrange(2, 40))
    outlook = memory.outlook(trace, START, late, 30.0) if rng.random() < 0.5 else memory.NEW
    return picking.candidate(rng.choice(NAMES), "", items.graded(rng.random()), 0.25, outlook)


def _picks(
    person: Ability, offers: Sequence[Sequence[Candidate]], goal: Goal, rng: random.Random
) -> Callable[[], object]:
    return lambda: [picking.pick(person, offered, goal, rng) for offered in offers]


def _figure(
    goal: str, work: Callable[[], object], limit: float, note: str, of: int = ANSWERS
) -> None:
    """Microseconds of CPU a call, in the best of the rounds: others use the machine too."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = process_time()
        work()
        times.append((process_time() - start) / of)
    show(Row(goal, min(times) * 1e6, limit, "us", note))


if __name__ == "__main__":
    main()

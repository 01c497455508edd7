from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot.learning import ranks
from bot.learning.standing import forecast, readiness, standing
from bot.learning.state import Ability
from tests.learning.answers import AREAS, NOW, taught, uneven


def test_an_area_is_named_only_when_it_is_sure() -> None:
    """Two wrong answers name no weak area; ten wrong among many right ones do, and why."""
    few = taught(Ability(), "sql", 0.0, 2)
    assert standing(few).weak == ()
    assert [(one.area, one.more) for one in standing(few).measuring] == [("sql", 1)]
    [weak] = standing(uneven()).weak
    assert (weak.area, weak.n, weak.right) == ("sql", 12, 0.0)
    assert weak.sure > 0.8
    assert weak.expected > 6


def test_an_undecided_area_says_how_many_questions_are_missing() -> None:
    """Two answers in a new area decide nothing; what is surely weak is measured no more."""
    person = taught(uneven(), "css", 0.0, 2)
    left = {one.area: one.more for one in standing(person).measuring}
    assert 1 <= left["css"] <= 30
    assert "sql" not in left


def test_the_topic_that_makes_an_area_weak_is_named() -> None:
    """All of its misses lie in one topic, all hits in another."""
    person = uneven()
    person = taught(taught(person, "sql", 0.0, 12, topic="joins"), "sql", 1.0, 12, topic="basics")
    [weak] = standing(person).weak
    assert (weak.area, weak.topic) in {("sql", "joins"), ("sql", "t")}


def test_misconceptions_are_named_from_the_second_time() -> None:
    """One slip is none."""
    person = Ability(misconceptions={"once": 1, "often": 3})
    assert standing(person).misconceptions == (("often", 3),)


def test_ranks_are_what_sampling_gives() -> None:
    """The quadrature agrees with 20,000 draws of all abilities."""
    rng = random.Random(5)
    means = [rng.gauss(0, 0.7) for _ in range(8)]
    sds = [rng.uniform(0.2, 0.8) for _ in means]
    shares = [rng.uniform(0.1, 1.0) for _ in means]
    chances = ranks.lowest(means, sds, shares, 0.5, 3)
    counts = [0] * 8
    for _ in range(20_000):
        common = rng.gauss(0, 0.5)
        drawn = [
            rng.gauss(mean + share * common, sd)
            for mean, sd, share in zip(means, sds, shares, strict=True)
        ]
        for index in sorted(range(8), key=drawn.__getitem__)[:3]:
            counts[index] += 1
    assert sum(chances) == pytest.approx(3, abs=0.01)
    assert chances == pytest.approx([one / 20_000 for one in counts], abs=0.015)


def test_readiness_is_a_range_around_what_is_expected() -> None:
    """It holds the expectation, moves with the answers, and asks for what the role weighs."""
    person = uneven()
    plain, ready = readiness(Ability(), AREAS, "mid"), readiness(person, AREAS, "mid")
    assert plain.low <= plain.expected <= plain.high
    assert plain.high - plain.low > ready.high - ready.low
    by_role = [readiness(person, AREAS, "mid", {area: 1.0}).expected for area in ("git", "sql")]
    assert by_role[1] < ready.expected < by_role[0]
    assert readiness(person, AREAS, "senior").expected < readiness(person, AREAS, "junior").expected


def test_a_forecast_grows_with_practice_and_fades_without() -> None:
    """Sixty days off cost, six hundred answers bring more right of ten."""
    later = NOW + timedelta(days=60)
    idle, busy = (
        forecast(uneven(), AREAS, "mid", None, NOW, later, planned) for planned in (0, 600)
    )
    now = readiness(uneven(), AREAS, "mid")
    assert idle.expected <= now.expected < busy.expected
    assert busy.high - busy.low >= now.high - now.low

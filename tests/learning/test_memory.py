from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.learning import memory
from bot.learning.memory import known, recalled
from tests.learning.steps import furthest

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_steps_are_those_of_the_package() -> None:
    """Two thousand random reviews agree to 1e-9; `python -m tests.learning.steps` does 100,000."""
    assert furthest(2000, 3) < 1e-9


def test_a_miss_comes_back_sooner_than_a_hit() -> None:
    """A wrong answer is due before a right one, and nothing is due on the same day."""
    hit, miss = recalled(None, None, NOW, 1.0), recalled(None, None, NOW, 0.0)
    assert NOW + timedelta(days=1) <= miss.due < hit.due
    assert recalled(hit, NOW, hit.due, 1.0).stability > hit.stability


def test_a_lucky_hit_is_a_soft_one() -> None:
    """Half known of four options: 0.5 / (0.5 + 0.125); typed it was known; a hint halves it."""
    assert known(1.0, 0.5, 4) == pytest.approx(0.8)
    assert known(1.0, 0.5, 0) == 1.0
    assert known(1.0, 0.5, 4, hints=1) == pytest.approx(0.4)
    assert known(0.0, 0.5, 4) == 0.0
    assert known(0.6, 0.9, 0) == 0.6


def test_between_good_and_again_log_stability_is_interpolated() -> None:
    """Known with one half: the geometric mean of both stabilities, the mean of difficulties."""
    good, half, again = (recalled(None, None, NOW, share) for share in (1.0, 0.5, 0.0))
    assert half.stability == pytest.approx((good.stability * again.stability) ** 0.5)
    assert half.difficulty == pytest.approx((good.difficulty + again.difficulty) / 2)


def test_ease_is_what_the_person_says() -> None:
    """Hard comes back sooner, easy later than a plain hit."""
    hard, good, easy = (
        recalled(None, None, NOW, 1.0, felt).stability for felt in ("hard", "", "easy")
    )
    assert hard < good < easy


def test_an_outlook_is_worth_most_where_most_was_forgotten() -> None:
    """Asked at once it brings little; asked late it brings more, and a miss less than a hit."""
    trace = recalled(None, None, NOW, 1.0)
    soon, late = (
        memory.outlook(trace, NOW, NOW + timedelta(days=days), 30.0) for days in (0.01, 10)
    )
    assert soon.recall > late.recall > late.kept
    assert late.good - late.kept > soon.good - soon.kept
    assert late.again < late.good

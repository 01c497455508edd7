from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import streaks
from bot.streaks import Streak

MONDAY = date(2026, 11, 2)


def after(*offsets: int, rest: tuple[int, ...] = ()) -> Streak:
    streak = Streak()
    for offset in offsets:
        streak = streaks.advance(streak, MONDAY + timedelta(days=offset), rest)
    return streak


def test_days_in_a_row_count() -> None:
    """Each further day adds one; a second answer on a day adds none."""
    assert after(0, 1, 1, 2).days == 3
    assert after(0, 1, 1, 2).today == 1
    assert after(0, 1, 1).today == 2


def test_a_missed_day_ends_a_run() -> None:
    """Without a freeze a missed day begins the count afresh and the best run stays."""
    streak = after(0, 1, 2, 4)
    assert (streak.days, streak.best) == (1, 3)


def test_a_freeze_is_earned_at_every_seventh_day_and_used_by_itself() -> None:
    """Seven done days earn one freeze, at most two are held, and a missed day uses one."""
    week = after(*range(7))
    assert week.freezes == 1
    assert after(*range(21)).freezes == 2
    kept = streaks.advance(week, MONDAY + timedelta(days=8))
    assert (kept.days, kept.freezes, kept.frozen) == (8, 0, (MONDAY + timedelta(days=7),))


def test_a_rest_day_keeps_a_run_and_adds_nothing() -> None:
    """Saturday and Sunday off neither break nor lengthen a run."""
    weekend = (5, 6)
    assert after(0, 1, 2, 3, 4, 7, rest=weekend).days == 6
    assert after(0, 1, 2, 3, 4, 5, 7, rest=weekend).days == 6


def test_a_run_stands_until_the_day_is_over() -> None:
    """The current streak holds today and tomorrow, and is gone the day after without a freeze."""
    streak = after(0, 1, 2)
    assert streaks.current(streak, MONDAY + timedelta(days=3)) == 3
    assert streaks.current(streak, MONDAY + timedelta(days=4)) == 0


@given(st.lists(st.integers(0, 60), max_size=40), st.sets(st.integers(0, 6), max_size=3))
def test_late_and_repeated_answers_never_shorten_a_run(offsets: list[int], rest: set[int]) -> None:
    """Answers for earlier dates, delivered late or twice, change nothing but the day's count."""
    rests = tuple(sorted(rest))
    ordered = sorted(set(offsets))
    straight = after(*ordered, rest=rests)
    doubled = Streak()
    for at, offset in enumerate(ordered):
        day = MONDAY + timedelta(days=offset)
        doubled = streaks.advance(doubled, day, rests)
        for earlier in ordered[: at + 1]:
            doubled = streaks.advance(doubled, MONDAY + timedelta(days=earlier), rests)
    assert (doubled.days, doubled.freezes, doubled.best, doubled.last) == (
        straight.days,
        straight.freezes,
        straight.best,
        straight.last,
    )

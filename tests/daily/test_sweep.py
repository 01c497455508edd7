from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import days
from tests.daily import sweep


@pytest.mark.parametrize("half", [0, 1])
def test_no_change_of_clocks_costs_or_doubles_a_daily(half: int) -> None:
    """40 zones x 48 times x every transition of three years: each local date once, in order."""
    found = sweep.sweep(tuple(sweep.ODD[half::2]))
    assert found.wrong == ()
    assert found.schedules > 8_000


def test_the_zones_of_the_sweep_are_known() -> None:
    """Forty of them, each once, and most change their clocks."""
    assert len(set(sweep.ODD)) == len(sweep.ODD) == 40
    assert sum(bool(tuple(sweep.transitions(zone))) for zone in sweep.ODD) > 25


def test_the_sweep_finds_a_naive_clock() -> None:
    """A time reckoned in hours from midnight is found out on both days that clocks change."""
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        shows = sweep.wall(day, "09:00")
        naive = days.boundary(day, "Europe/Berlin", 0) + timedelta(hours=9)
        right = days.at_time(day, "09:00", "Europe/Berlin")
        assert sweep._mislabelled("Europe/Berlin", shows, naive)
        assert sweep._mislabelled("Europe/Berlin", shows, right) == ()


def test_apia_has_no_30_december_2011() -> None:
    """A date that a zone leaves out has no daily, and its neighbours have one each."""
    change = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert not sweep.exists("Pacific/Apia", date(2011, 12, 30))
    assert change in tuple(
        sweep.transitions("Pacific/Apia", change - timedelta(days=2), change + timedelta(days=2))
    )

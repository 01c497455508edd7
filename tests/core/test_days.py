from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import days


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "zone", "start", "day"),
    [
        ("2026-11-22T02:59:00", "Europe/Berlin", 4, "2026-11-21"),  # 03:59 there
        ("2026-11-22T03:00:00", "Europe/Berlin", 4, "2026-11-22"),
        ("2026-11-22T03:00:00", "UTC", 0, "2026-11-22"),
        ("2026-03-29T01:30:00", "Europe/Berlin", 4, "2026-03-28"),  # the hour that was skipped
        ("2026-10-25T00:30:00", "Europe/Berlin", 4, "2026-10-24"),  # the hour that came twice
        ("2026-11-21T14:59:00", "Pacific/Kiritimati", 4, "2026-11-22"),
        ("2026-11-22T10:29:00", "Australia/Lord_Howe", 4, "2026-11-22"),
    ],
)
def test_a_day_is_the_local_date_after_the_rollover(
    instant: str, zone: str, start: int, day: str
) -> None:
    """An instant belongs to the local date that began at the rollover hour."""
    assert days.local(at(instant), zone, start) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "zone", "start", "hours"),
    [
        ("2026-03-28", "Europe/Berlin", 4, 23),  # the night to the 29th has an hour less
        ("2026-10-24", "Europe/Berlin", 4, 25),
        ("2026-10-03", "Australia/Lord_Howe", 4, 23.5),
        ("2011-12-30", "Pacific/Apia", 0, 0),  # it never was
        ("2011-12-30", "Pacific/Apia", 4, 4),
        ("2026-11-22", "UTC", 4, 24),
    ],
)
def test_a_date_lasts_from_boundary_to_boundary(
    day: str, zone: str, start: int, hours: float
) -> None:
    """Summer time makes 23 to 25 hours of a date, the date line less."""
    assert days.length(date.fromisoformat(day), zone, start) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "instant"),
    [
        ("2026-11-22", "18:00", "Europe/Berlin", "2026-11-22T17:00:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:00:00"),  # the gap's end
        ("2026-04-24", "00:00", "Africa/Cairo", "2026-04-23T22:00:00"),
        ("2026-09-06", "00:00", "America/Santiago", "2026-09-06T04:00:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00"),  # a half-hour gap
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30:00"),  # the first of two
    ],
)
def test_a_wall_time_is_one_instant(day: str, clock: str, zone: str, instant: str) -> None:
    """A time in a gap is the first instant after it, a time that comes twice is its first."""
    assert days.at_time(date.fromisoformat(day), clock, zone) == at(instant)


def test_the_next_time_leaves_rest_days_out() -> None:
    """The next reminder is strictly later and on no rest day."""
    friday_evening = at("2026-11-20T18:30:00")
    assert days.next_time(friday_evening, "18:00", "UTC", rest=(5, 6)) == at("2026-11-23T18:00:00")
    assert days.next_time(friday_evening, "19:00", "UTC") == at("2026-11-20T19:00:00")


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("UTC", "UTC"),
        ("atlantis", None),
        ("", None),
    ],
)
def test_a_zone_is_named_by_its_city(said: str, zone: str | None) -> None:
    """A zone is found by its city, whatever the case."""
    assert days.zone_named(said) == zone


def test_periods_are_named_by_week_and_month() -> None:
    """A week runs from Monday to Sunday and belongs to its ISO year."""
    assert days.week(date(2026, 11, 22)) == "w2026-47"
    assert days.week(date(2027, 1, 3)) == "w2026-53"
    assert days.week_end(date(2026, 11, 18)) == date(2026, 11, 22)
    assert days.month(date(2026, 11, 22)) == "m2026-11"

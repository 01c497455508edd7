"""Days: the local date an instant belongs to, for people (with a rollover) and communities."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

ROLLOVER = 4  # hours after midnight at which a person's day ends, unless chosen otherwise
GRACE = timedelta(minutes=15)
DECADE = 3660  # dates
_SIGNED = re.compile(r"(Etc/)?GMT[+-].*")
TWELVE_HOURS = timedelta(hours=12)


def local(at: datetime, zone: str, start: int = 0) -> date:
    """The date in `zone` of an aware instant, where a day begins at `start` o'clock."""
    there = at.astimezone(ZoneInfo(zone))
    # arithmetic on the wall clock, never on seconds: a day of 23 hours has its date as well
    return there.date() if there.hour >= start else there.date() - timedelta(days=1)


def boundary(day: date, zone: str, start: int) -> datetime:
    """The instant (UTC) at which this local date begins; in a gap, the first one after it."""
    return at_time(day, f"{start}:00", zone)


def length(day: date, zone: str, start: int) -> timedelta:
    """How long this local date lasts: 23 to 25 h, less where a zone crossed the date line."""
    return boundary(day + timedelta(days=1), zone, start) - boundary(day, zone, start)


def at_time(day: date, clock: str, zone: str) -> datetime:
    """The instant (UTC) of "18:00" on this date; a time in a gap is the first instant after it."""
    hour, minute = (int(part) for part in clock.split(":"))
    wall = datetime.combine(day, time(hour, minute), ZoneInfo(zone))
    there = wall.astimezone(UTC).astimezone(ZoneInfo(zone))
    if there.replace(tzinfo=None) == wall.replace(tzinfo=None):
        return wall.astimezone(UTC)
    # the wall clock jumps over it: PEP 495 gives fold=0 the offset before the jump, which lands
    # after the gap by the part of it that has passed; the gap's end is what is wanted
    offset_before = wall.replace(fold=0).utcoffset() or timedelta()
    offset_after = wall.replace(fold=1).utcoffset() or timedelta()
    gap = abs(offset_before - offset_after)
    low = wall.replace(tzinfo=UTC) - max(offset_before, offset_after) - gap
    for minutes in range(int(gap.total_seconds() // 60) * 3 + 1):
        instant = low + timedelta(minutes=minutes)
        shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if shown >= wall.replace(tzinfo=None):
            return instant
    return wall.astimezone(UTC)


def next_time(
    after: datetime,
    clock: str,
    zone: str,
    rest: tuple[int, ...] = (),
    away: Callable[[date], bool] = lambda _day: False,
) -> datetime:
    """The next instant strictly after `after` at this wall time on a weekday not in `rest`.

    Neither on a date that is `away`, unless all of the next ten years are.
    """
    day, every = local(after, zone), len(rest) >= len(WEEKDAYS)
    for ahead in range(DECADE):
        one = day + timedelta(days=ahead)
        if (one.weekday() in rest and not every) or away(one):
            continue
        instant = at_time(one, clock, zone)
        if instant > after:
            return instant
    raise ValueError(clock)


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def date_key(day: date) -> str:
    """The period key of one date: `d2026-11-25`."""
    return f"d{day.isoformat()}"


def week(day: date) -> str:
    """The period key of the ISO week (Monday to Sunday) of a date: `w2026-47`."""
    year, number, _ = day.isocalendar()
    return f"w{year}-{number:02d}"


def month(day: date) -> str:
    """The period key of the month of a date: `m2026-11`."""
    return f"m{day:%Y-%m}"


def week_end(day: date) -> date:
    """The Sunday of a date's week."""
    return day + timedelta(days=6 - day.weekday())


def zone_named(text: str) -> str | None:
    """The IANA zone a person means by `Berlin`, `europe/berlin` or `UTC`; None if unsure."""
    wanted = text.strip().casefold().replace(" ", "_")
    if not wanted:
        return None
    # Etc/GMT+1 lies west of Greenwich: who types "GMT+1" means the contrary
    zones = {zone for zone in available_timezones() if not _SIGNED.fullmatch(zone)}
    exact = [zone for zone in zones if zone.casefold() == wanted]
    city = [zone for zone in zones if zone.casefold().rpartition("/")[2] == wanted]
    named = [zone for zone in exact or city if "/" in zone or zone == "UTC"] or exact
    regions = sorted(named, key=lambda zone: (zone.startswith(("Etc/", "US/")), len(zone), zone))
    return regions[0] if regions else None


def city(zone: str) -> str:
    """How a zone is named in a sentence: `Berlin`."""
    return zone.rpartition("/")[2].replace("_", " ")

"""Every zone, time of day and change of clocks: each local date has its daily once.

    python -m tests.daily.sweep

prints the figures of the whole sweep; `make test` runs 40 zones of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from bot.features.daily import schedule
from bot.store.community import Challenge

FROM, TO = datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
TIMES = tuple(f"{half // 2:02d}:{'30' if half % 2 else '00'}" for half in range(48))
ODD = (  # noqa: SIM905 - forty names read better as a text
    "Africa/Cairo America/Santiago America/Nuuk Australia/Lord_Howe Pacific/Apia Asia/Kathmandu "
    "Pacific/Chatham Africa/Casablanca Europe/Berlin Europe/London America/New_York Asia/Gaza "
    "America/Los_Angeles America/Havana Asia/Beirut Atlantic/Azores America/Asuncion Asia/Kolkata "
    "America/St_Johns Australia/Sydney Pacific/Auckland Pacific/Norfolk Pacific/Easter Asia/Tokyo "
    "Antarctica/Troll Africa/El_Aaiun Europe/Dublin Europe/Chisinau Asia/Hebron Asia/Jerusalem "
    "America/Miquelon America/Scoresbysund Atlantic/Bermuda America/Tijuana Pacific/Kiritimati "
    "Pacific/Marquesas Australia/Eucla Etc/GMT+12 UTC Asia/Yangon"
).split()
AROUND = timedelta(days=3)
NEAR = tuple(timedelta(minutes=15 * n) for n in range(1, 13))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Found(Struct, frozen=True):
    """What a sweep looked at and what was wrong."""

    schedules: int
    dates: int
    wrong: tuple[str, ...]


def transitions(zone: str, begin: datetime = FROM, end: datetime = TO) -> Iterator[datetime]:
    """The instants at which the zone's offset changes, to the minute."""
    tz, step = ZoneInfo(zone), timedelta(hours=12)
    at = begin
    while at < end:
        low, high = at, at + step
        if low.astimezone(tz).utcoffset() != high.astimezone(tz).utcoffset():
            while high - low > MINUTE:
                middle = low + (high - low) / 2
                same = middle.astimezone(tz).utcoffset() == low.astimezone(tz).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high.replace(second=0, microsecond=0)
        at += step


def challenge(zone: str, clock: str, weekdays: tuple[int, ...]) -> Challenge:
    """A challenge of this time."""
    return Challenge(
        id="c", community="c", at=clock, zone=zone, weekdays=weekdays, by="x", since=FROM
    )


def wrongs(zone: str, clock: str, weekdays: tuple[int, ...], begin: date, end: date) -> list[str]:
    """Walk from due row to due row as the clockwork does; a sentence for each fault."""
    one, faults = challenge(zone, clock, weekdays), []
    wanted = [day for day in _days(begin, end) if day.weekday() in weekdays and exists(zone, day)]
    posted: list[date] = []
    day: date | None = wanted[0] if wanted else None
    last = datetime.min.replace(tzinfo=UTC)
    while day is not None and day <= end:
        at = schedule.instant(one, day)
        if at <= last:
            faults.append(f"{zone} {clock} {day}: at {at} after {last}")
        faults += _mislabelled(zone, wall(day, clock), at)
        early = schedule.plan(one, day, at, at - MINUTE)
        plan = schedule.plan(one, day, at, at)
        if early.post is not None or plan.post != day or plan.skipped:
            faults.append(f"{zone} {clock} {day}: planned {plan}, before it {early}")
        posted.append(day)
        last, day = at, schedule.next_day(one, day)
    if posted != wanted:
        faults.append(f"{zone} {clock}: posted {posted}, wanted {wanted}")
    return faults


@cache
def exists(zone: str, day: date) -> bool:
    """Whether any instant has this local date."""
    noon = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
    around = (noon + timedelta(minutes=15 * n) for n in range(-4 * 27, 4 * 27))
    return any(at.astimezone(ZoneInfo(zone)).date() == day for at in around)


def wall(day: date, clock: str) -> datetime:
    """What a wall clock without a zone shows then."""
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")


@lru_cache(maxsize=4096)
def _mislabelled(zone: str, shows: datetime, at: datetime) -> tuple[str, ...]:
    """The instant is the first at which a wall clock there shows that time of that date."""
    tz, faults = ZoneInfo(zone), []
    shown = at.astimezone(tz).replace(tzinfo=None)
    jumped = (at - MINUTE).astimezone(tz).utcoffset() != at.astimezone(tz).utcoffset()
    if shown < shows or (shown != shows and not jumped):
        faults.append(f"{zone} {shows}: {at} shows {shown}")
    faults.extend(
        f"{zone} {shows}: {at - before} showed it before {at}"
        for before in (MINUTE, *NEAR)
        if (at - before).astimezone(tz).replace(tzinfo=None) >= shows
    )
    return tuple(faults)


def _days(begin: date, end: date) -> Iterator[date]:
    day = begin
    while day <= end:
        yield day
        day += DAY


def sweep(zones: tuple[str, ...]) -> Found:
    """Every transition of these zones, all times; each weekday's own challenge at the change."""
    schedules, dates = 0, 0
    faults: list[str] = []
    for zone in zones:
        changes = tuple(transitions(zone)) or (datetime(2026, 2, 28, tzinfo=UTC),)
        if zone == "Pacific/Apia":
            changes = (*changes, datetime(2011, 12, 30, 10, tzinfo=UTC))
        for change in changes:
            begin, end = (change - AROUND).date(), (change + AROUND).date()
            for clock in TIMES:
                faults += wrongs(zone, clock, tuple(range(7)), begin, end)
                only = (change.astimezone(ZoneInfo(zone)).weekday(),)
                faults += wrongs(zone, clock, only, begin, end)
                schedules += 2
                dates += (end - begin).days + 2
    return Found(schedules, dates, tuple(faults))


def main() -> int:
    """Sweep all zones and print what was found."""
    begun = time.perf_counter()
    zones = tuple(sorted(available_timezones() - {"localtime", "Factory"}))
    found = sweep(zones)
    print(
        f"{len(zones)} zones x {len(TIMES)} times: {found.schedules} schedules, {found.dates} "
        f"dates, {len(found.wrong)} wrong, {time.perf_counter() - begun:.0f} s"
    )
    for line in found.wrong[:20]:
        print(line)
    return int(bool(found.wrong))


if __name__ == "__main__":
    sys.exit(main())

"""When a challenge posts and reveals: pure arithmetic on its local dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from msgspec import Struct

from bot import days
from bot.store.community import Challenge
from questions.model import Level

LATE = timedelta(hours=6)  # a daily later than this is left out, and that is said
LOOKED_AHEAD = 3 * 366  # days without a posting day after which there is none: skips are listed
DAY = timedelta(days=1)


class Plan(Struct, frozen=True):
    """What the due row of a date comes to: dates left out, and the one to post."""

    skipped: tuple[date, ...] = ()
    post: date | None = None


def instant(challenge: Challenge, day: date) -> datetime:
    """The instant (UTC) of this date's daily; where clocks jump over its time, the first after."""
    return days.at_time(day, challenge.at, challenge.zone)


def runs_on(challenge: Challenge, day: date) -> bool:
    """Whether it posts on this local date: its weekday, not left out, and a date that exists.

    Apia had no 30 December 2011: a zone that changes sides of the date line loses a date.
    """
    if day.weekday() not in challenge.weekdays or day in challenge.skips:
        return False
    return days.local(days.at_time(day, "00:00", challenge.zone), challenge.zone) == day


def next_day(challenge: Challenge, after: date) -> date | None:
    """The next posting date strictly after this one."""
    return next(_from(challenge, after + DAY), None)


def following(challenge: Challenge, now: datetime) -> Iterator[tuple[date, datetime]]:
    """The dates with the instants at which they are posted, all after `now`."""
    begin = days.local(now, challenge.zone) - DAY
    coming = ((day, instant(challenge, day)) for day in _from(challenge, begin))
    return (one for one in coming if one[1] > now)


def upcoming(challenge: Challenge, now: datetime, count: int) -> tuple[tuple[date, datetime], ...]:
    """The next so many of them."""
    return tuple(islice(following(challenge, now), count))


def level_on(challenge: Challenge, day: date) -> Level:
    """How hard this date's question is."""
    return challenge.levels[day.weekday() % len(challenge.levels)]


def meant(challenge: Challenge, day: date, due: datetime) -> datetime:
    """When a date was to be posted whose due row is of this instant.

    A time that became an earlier one meanwhile makes nothing late.
    """
    return max(instant(challenge, day), due)


def plan(challenge: Challenge, stands_for: date, due: datetime, now: datetime) -> Plan:
    """What to do at `now` with the due row of this instant that stands for a date.

    A daily at most six hours late is posted; every earlier date is left out.
    """
    skipped: list[date] = []
    post: date | None = None
    for day in _from(challenge, stands_for):
        if instant(challenge, day) > now:
            break
        if post is not None:
            skipped.append(post)
            post = None
        if now - meant(challenge, day, due) > LATE:
            skipped.append(day)
        else:
            post = day
    return Plan(tuple(skipped), post)


def stays(challenge: Challenge, day: date, due: datetime, now: datetime) -> bool:
    """Whether a due row stays as it is where the challenge is changed: it waits for its turn.

    Its time is over and its date is still one to be posted, now or as left out: nothing that
    is changed at that moment loses it.
    """
    return due <= now and runs_on(challenge, day) and instant(challenge, day) <= now


def revealed_at(challenge: Challenge, day: date, posted: datetime) -> datetime | None:
    """When the answer of a daily posted then is shown to all; None: with the next one."""
    if challenge.reveal == "next":
        return None
    if challenge.reveal.startswith("+"):
        after = timedelta(hours=int(challenge.reveal[1:]))
        at = instant(challenge, day) + after
        return at if at > posted else posted + after
    clock, zone = challenge.reveal, challenge.zone
    at = days.at_time(day, clock, zone)
    while at <= posted:  # a time before the post's own is one of the next date
        day += DAY
        at = days.at_time(day, clock, zone)
    return at


def _from(challenge: Challenge, begin: date) -> Iterator[date]:
    """Posting dates from this one on."""
    if not challenge.weekdays:
        return
    last = max((begin, *challenge.skips)) + LOOKED_AHEAD * DAY
    day = begin
    while day <= last:
        if runs_on(challenge, day):
            yield day
        day += DAY

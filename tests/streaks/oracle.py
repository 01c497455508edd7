"""A second model of streaks, by brute force and from the rules' words: it shares no code."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)

Zone = tuple[str, int]  # IANA name, hour at which a day begins


@dataclass(eq=False)
class Told:
    """An answer, and the date that was written with it."""

    at: datetime
    order: int
    zone: Zone
    rest: tuple[int, ...]
    issued: datetime
    daily: date | None = None
    shared: bool = False
    day: date = date.min
    refused: date | None = None  # the date it came too soon for


@dataclass(eq=False)
class Chosen:
    """Rest days and vacations chosen at a time; they hold from that date on."""

    at: datetime
    order: int
    since: date
    rest: tuple[int, ...] | None
    away: tuple[tuple[date, date], ...]


@dataclass
class Model:
    """All that has happened, in the order in which it was learnt."""

    answers: list[Told] = field(default_factory=list)
    choices: list[Chosen] = field(default_factory=list)
    outages: list[tuple[date, date]] = field(default_factory=list)


@dataclass
class Result:
    """What follows from it."""

    days: int = 0
    last: date | None = None
    freezes: int = 0
    best: int = 0
    today: int = 0
    shared: int = 0
    frozen: tuple[date, ...] = ()
    earned: tuple[date, ...] = ()


def date_at(at: datetime, zone: Zone) -> date:
    """The date of an instant: the wall clock, with the hours since the rollover."""
    wall = at.astimezone(ZoneInfo(zone[0])).replace(tzinfo=None)
    return (wall - timedelta(hours=zone[1])).date()


@lru_cache(maxsize=10_000)
def hours_of(day: date, zone: Zone) -> float:
    """How long a date lasts, by looking every half hour."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    steps = (noon + timedelta(minutes=30 * n) for n in range(-90, 91))
    return sum(date_at(at, zone) == day for at in steps) / 2


def in_order(answers: list[Told]) -> list[Told]:
    return sorted(answers, key=lambda one: (one.at, one.order))


def firsts(answers: list[Told]) -> dict[date, Told]:
    """The first answer of each done date."""
    found: dict[date, Told] = {}
    for one in in_order(answers):
        found.setdefault(one.day, one)
    return found


def asks_nothing(model: Model, day: date, by: Told, rest: tuple[int, ...]) -> bool:
    """Whether a date was free, as was known when an answer was given."""
    known = [c for c in model.choices if (c.at, c.order) < (by.at, by.order) and c.since <= day]
    if known:
        newest = max(known, key=lambda c: (c.at, c.order))
        if any(a <= day <= b for a, b in newest.away):
            return True
        rest = rest if newest.rest is None else newest.rest
    return day.weekday() in rest


def too_many(answers: list[Told], one: Told, day: date) -> bool:
    """Whether one date more is more than floor(elapsed / 24 h) + 2 since some answer before a move.

    Dates are counted from the first answer of each.
    """
    ordered, done = [*in_order(answers), one], firsts(answers)
    for place, start in enumerate(ordered[:-1]):
        since = ordered[place:]
        if done[start.day] is not start or len({told.zone for told in since}) == 1:
            continue
        number = 1 + sum(done[told.day] is told for told in since[:-1])
        if number > math.floor((one.at - start.at) / DAY) + 2:
            return True
    return False


def dated(model: Model, one: Told) -> date:
    """The date an answer on time counts for."""
    today = date_at(one.at, one.zone)
    yesterday, day = today - DAY, today
    done = firsts(model.answers)
    if one.daily == yesterday:
        day = yesterday
    elif done and today < max(done):
        return max(done)
    elif one.daily is None and date_at(one.issued, one.zone) < today and yesterday not in done:
        just_before = date_at(one.at - QUARTER - SECOND, one.zone) < today
        free = asks_nothing(model, yesterday, one, one.rest)
        down = any(a <= yesterday <= b for a, b in model.outages)
        if just_before and not free and not down:
            day = yesterday
    if done and day not in done and too_many(model.answers, one, day):
        one.refused = day
        return max(done)
    return day


def late(model: Model, one: Told) -> date:
    """The date of an answer older than others, by what had happened when it was given."""
    then = Model(
        answers=[told for told in model.answers if told.at <= one.at],
        choices=[chosen for chosen in model.choices if chosen.at <= one.at],
        outages=model.outages,
    )
    return dated(then, one)


def result(model: Model) -> Result:
    """Walk the calendar from the first done date to the last."""
    done = firsts(model.answers)
    out = Result()
    if not done:
        return out
    held: list[datetime] = []
    before: date | None = None
    for day in sorted(done):
        one = done[day]
        dead = out.days == 0
        frozen: list[date] = []
        if before is not None and not dead:
            dead = crossed(model, done[before], one, before, held, frozen)
        if dead:
            out.days, frozen = 0, []
        if not asks_nothing(model, day, one, one.rest):
            out.days += 1
            if out.days % 7 == 0 and len(held) < 2:
                held.append(one.at)
                out.earned += (day,)
        out.best = max(out.best, out.days)
        out.last, out.frozen, before = day, tuple(frozen), day
    out.freezes = len(held)
    out.today = sum(one.day == out.last for one in model.answers)
    out.shared = sum(one.day == out.last and one.shared for one in model.answers)
    return out


def crossed(
    model: Model,
    left: Told,
    one: Told,
    before: date,
    held: list[datetime],
    frozen: list[date],
) -> bool:
    """Whether a run ended between two done dates; uses up freezes."""
    earlier = in_order(model.answers)
    # the clock by which a date was first passed, also where one before it is filled in since
    done = firsts(model.answers)
    passed = min(earlier.index(told) for day, told in done.items() if day >= one.day)
    previous = earlier[passed - 1] if passed else None
    then = previous.zone if previous else one.zone
    day = before + DAY
    while day < one.day:
        if not forgiven(model, left, one, previous, day):
            fit = [at for at in held if date_at(at, then) <= day]
            if not fit:
                return True
            held.remove(min(fit))
            frozen.append(day)
        day += DAY
    return False


def forgiven(model: Model, left: Told, one: Told, previous: Told | None, day: date) -> bool:
    if asks_nothing(model, day, one, (*left.rest, *one.rest)):
        return True
    if any(a <= day <= b for a, b in model.outages):
        return True
    then = previous.zone if previous else one.zone
    before = in_order(model.answers)
    known = before[: before.index(one) + 1]
    if hours_of(day, then) < 12 or any(told.refused == day for told in known):
        return True
    # by the old clock it was not over, by the new one it is
    return any(
        a.zone != b.zone
        and b.at - a.at < timedelta(hours=36)
        and date_at(b.at, a.zone) <= day < date_at(b.at, b.zone)
        for a, b in pairwise(known)
    )

"""Dating: the date an answer counts for, decided when it is given and never again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot import days
from bot.streaks.gap import resting
from bot.streaks.ledger import soonest
from bot.streaks.state import Answered, Change, Moment, Streak

DAY = timedelta(days=1)


class Given(Struct, frozen=True, kw_only=True):
    """An answer before it has a date: when, on what clock, when its question was issued.

    `daily` is the date of the challenge it answers, if it is one.
    """

    now: Moment
    issued: datetime
    daily: date | None = None
    shared: bool = False


def dated(streak: Streak, given: Given) -> Answered:
    """The answer with its date, and notes of the rules that acted on it."""
    today = given.now.day
    day, why = _wished(streak, given, today)
    moved = _moved(streak, given, today)
    answer = Answered(
        at=given.now.at,
        day=day,
        clock=given.now.clock,
        rest=given.now.rest,
        shared=given.shared,
        notes=(*moved, *why),
    )
    until = None if streak.did(day) else soonest(streak, answer)
    if streak.last is None or until is None or answer.at >= until:
        return answer
    refused = Change("soon", dates=(streak.last, day), zone=answer.clock.zone, at=until)
    return replace(answer, day=streak.last, notes=(refused,))


def _wished(streak: Streak, given: Given, today: date) -> tuple[date, tuple[Change, ...]]:
    yesterday = today - DAY
    if given.daily == yesterday:
        still_open = streak.last is None or (streak.last < today and not streak.did(today))
        return yesterday, (Change("daily", int(still_open), (yesterday,)),)
    if streak.last is not None and today < streak.last:
        return streak.last, ()  # a move acts forward: no date before the last one is new
    if given.daily not in (None, today):
        return today, (Change("elsewhen", dates=(given.daily, today)),)
    if given.daily is None and _in_grace(streak, given, today):
        return yesterday, (Change("grace", dates=(yesterday,)),)
    return today, ()


def _in_grace(streak: Streak, given: Given, today: date) -> bool:
    """Whether it was asked before the boundary, answered just after it, and the old date waits."""
    clock, yesterday = given.now.clock, today - DAY
    begins = days.boundary(today, clock.zone, clock.start)
    if not given.issued < begins <= given.now.at <= begins + days.GRACE:
        return False
    expected = not resting(streak.plans, yesterday, given.now.rest)
    down = any(span.holds(yesterday) for span in given.now.outages)
    return expected and not down and not streak.did(yesterday)


def _moved(streak: Streak, given: Given, today: date) -> Iterator[Change]:
    """What a new clock means, where the date is another one by it."""
    before = streak.clock
    if before is None or before == given.now.clock:
        return
    if days.local(given.now.at, before.zone, before.start) == today:
        return
    if streak.last is not None and today <= streak.last:
        yield Change("again", dates=(today, streak.last), zone=given.now.clock.zone)
    else:
        yield Change("moved", dates=(today,), zone=given.now.clock.zone)

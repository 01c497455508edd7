"""The gap before an answer: which dates were missed, and what keeps the run over them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot import days
from bot.streaks.state import Change, Clock, Plan, Streak

DAY = timedelta(days=1)
SAME_TRIP = timedelta(hours=36)  # answers nearer than that have a move between them
SHORT = timedelta(hours=12)  # a date shorter than that was cut by the date line, not by summer time


class Reached(Struct, frozen=True, kw_only=True):
    """The date an answer counts for, its clock and rest days, and the clock of the one before."""

    day: date
    clock: Clock
    rest: tuple[int, ...]
    clock_before: Clock | None


class Gap(Struct, frozen=True, kw_only=True):
    """What became of a run in a gap: `earned` are the times of the freezes that are left."""

    alive: bool
    freezes: int
    earned: tuple[datetime, ...]
    frozen: tuple[date, ...] = ()
    changes: tuple[Change, ...] = ()


def bridged(streak: Streak, reached: Reached) -> Gap:
    """Walk the dates between the last done one and this one; freezes serve the oldest first."""
    if streak.last is None or not streak.days:  # nothing to keep: no freeze is used
        return Gap(alive=False, freezes=streak.freezes, earned=streak.earned)
    held = list(_held(streak))
    kept: dict[str, list[date]] = {"away": [], "outage": [], "skipped": [], "frozen": []}
    for day in _between(streak.last, reached.day):
        why = _expected(streak, reached, day)
        if why == "missed":
            usable = (n for n, at in enumerate(held) if _in_time(at, day, reached))
            if (used := next(usable, None)) is None:
                return _broken(streak, held, tuple(kept["frozen"]), day)
            held.pop(used)
            why = "frozen"
        if why in kept:
            kept[why].append(day)
    return _kept(streak, held, kept)


def _kept(streak: Streak, held: list[datetime | None], kept: dict[str, list[date]]) -> Gap:
    named = {
        "away": Change("away", streak.days, (*kept["away"][:1], *kept["away"][1:][-1:])),
        "outage": Change("outage", streak.days, tuple(kept["outage"])),
        "skipped": Change("skipped", streak.days, tuple(kept["skipped"])),
        "frozen": Change("frozen", len(held), tuple(kept["frozen"])),
    }
    return Gap(
        alive=True,
        freezes=len(held),
        earned=tuple(at for at in held if at),
        frozen=tuple(kept["frozen"]),
        changes=tuple(change for why, change in named.items() if kept[why]),
    )


def _broken(
    streak: Streak, held: list[datetime | None], frozen: tuple[date, ...], day: date
) -> Gap:
    return Gap(
        alive=False,
        freezes=len(held),
        earned=tuple(at for at in held if at),
        changes=(Change("lost", streak.days, (day, *frozen)),),
    )


def resting(plans: tuple[Plan, ...], day: date, otherwise: tuple[int, ...]) -> str:
    """'away' or 'rest' where nothing is expected on a date, else ''.

    The newest plan that holds on the date decides; `otherwise` are the community's rest days.
    """
    plan = next((one for one in reversed(plans) if one.since <= day), None)
    if plan and any(span.holds(day) for span in plan.away):
        return "away"
    rest = otherwise if plan is None or plan.rest is None else plan.rest
    return "rest" if day.weekday() in rest else ""


def _expected(streak: Streak, reached: Reached, day: date) -> str:
    # a community may have changed its rest days since: who kept to either is right
    either = (*streak.rest, *reached.rest)
    if why := resting(streak.plans, day, either):
        return why
    if any(span.holds(day) for span in streak.outages):
        return "outage"
    waived = day in streak.waived or _brief(reached, day)
    return "skipped" if waived else "missed"


def _brief(reached: Reached, day: date) -> bool:
    """Whether the zone itself left too little of a date to be asked for it."""
    then = reached.clock_before or reached.clock
    return days.length(day, then.zone, then.start) < SHORT


def cut(streak: Streak, at: datetime, clock: Clock) -> tuple[date, ...]:
    """The dates that a move since the newest answer cut short or jumped over.

    By the old clock they were not over yet, by the new one they are.
    """
    then = streak.clock
    if streak.at is None or then is None or then == clock or at - streak.at >= SAME_TRIP:
        return ()
    there = days.local(at, then.zone, then.start)
    here = days.local(at, clock.zone, clock.start)
    return tuple(there + timedelta(days=n) for n in range((here - there).days))


def _in_time(earned: datetime | None, day: date, reached: Reached) -> bool:
    """Whether a freeze was earned before a date ended; of the oldest the time is unknown."""
    then = reached.clock_before or reached.clock
    return earned is None or earned < days.boundary(day + DAY, then.zone, then.start)


def _held(streak: Streak) -> Iterator[datetime | None]:
    yield from [None] * (streak.freezes - len(streak.earned))
    yield from streak.earned


def _between(last: date, day: date) -> Iterator[date]:
    for ahead in range(1, (day - last).days):
        yield last + timedelta(days=ahead)

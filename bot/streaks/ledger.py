"""The ledger: a streak as a fold over answers, one at a time or all of them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bot.streaks.gap import Reached, bridged, cut, resting
from bot.streaks.state import (
    EARNED_EVERY,
    LATELY,
    MOST_FREEZES,
    Answered,
    Change,
    Ledger,
    Plan,
    Streak,
)

DAY = timedelta(days=1)


class Replayed(Struct, frozen=True):
    """A streak from all its answers, and the freezes they earned: when, by date."""

    streak: Streak
    earned: Mapping[date, datetime]


class First(NamedTuple):
    """The first answer of a date, the times before it, and the dates waived up to it."""

    answer: Answered
    before: Streak
    waived: tuple[date, ...]


def on_time(streak: Streak, answer: Answered) -> bool:
    """Whether `advance` may count this answer; else the log is folded again."""
    if streak.at is not None and answer.at < streak.at:
        return False
    return streak.last is None or answer.day > streak.last or streak.did(answer.day)


def advance(streak: Streak, answer: Answered) -> Streak:
    """Count an answer that comes on time; a freeze it earns has to be written down."""
    new = streak.last is None or answer.day > streak.last
    timed = _timed(streak, answer, new=new)
    if new:
        reached = _reached(answer, streak)
        dated = _dated(replace(streak, waived=timed.waived), reached, answer.at)
        timed = _joined(dated, timed)
    return _said(replace(timed, waived=_ahead(timed.waived, timed.last)), (answer,))


def planned(streak: Streak, plan: Plan) -> Streak:
    """Follow a plan that was made after the newest answer."""
    return replace(streak, plans=_pruned((*streak.plans, plan), streak.last))


def replayed(ledger: Ledger, *, granting: bool = False) -> Replayed:
    """Fold everything: the answers in the order of time, their dates in the order of dates.

    A freeze is held if the log has its row; with `granting` also without (it is to be written).
    """
    answers = sorted(ledger.answers, key=lambda one: one.place)
    plans = sorted(ledger.plans, key=lambda one: (one.at, one.seq))
    timed, firsts = _through_time(ledger.began, answers)
    passed = _passed(firsts)
    streak, earned = replace(ledger.began, outages=ledger.outages), {}
    for day in sorted(firsts):
        answer, _, waived = firsts[day]
        made = tuple(one.plan for one in plans if (one.at, one.seq) < answer.place)
        grant = ledger.freezes.get(day, answer.at if granting else None)
        streak = _dated(
            replace(streak, plans=made, waived=waived), _reached(answer, passed[day]), grant
        )
        if grant and any(change.what == "earned" for change in streak.changes):
            earned[day] = grant
    whole = replace(
        _joined(streak, timed),
        plans=_pruned(tuple(one.plan for one in plans), streak.last),
        waived=_ahead(timed.waived, streak.last),
    )
    return Replayed(_said(whole, answers), earned)


def crowded(ledger: Ledger) -> bool:
    """Whether dates were counted faster than moving about may make them."""
    streak, seen = ledger.began, set[date]()
    for answer in sorted(ledger.answers, key=lambda one: one.place):
        new = answer.day not in seen and (streak.last is None or answer.day > streak.last)
        until = soonest(streak, answer)
        if new and until is not None and answer.at < until:
            return True
        streak = _timed(streak, answer, new=new)
        seen.add(answer.day)
    return False


def soonest(streak: Streak, answer: Answered) -> datetime | None:
    """When a new date may be counted at the earliest; None at any time.

    Of any two answers with a move between them, at most floor(elapsed / 24 h) + 2 dates: a leaky
    bucket of two dates that empties by one in 24 hours. Who does not move has their calendar.
    """
    if streak.clock in (None, answer.clock):
        return streak.strict
    both = [one for one in (streak.strict, streak.loose) if one is not None]
    return max(both, default=None)


def _timed(streak: Streak, answer: Answered, *, new: bool) -> Streak:
    """What follows from the time of the next answer, whatever its date."""
    waived = (*streak.waived, *answer.refused, *cut(streak, answer.at, answer.clock))
    strict, loose = streak.strict, streak.loose
    if streak.clock not in (None, answer.clock):
        strict, loose = soonest(streak, answer), None
    if new:
        strict = strict and strict + DAY
        loose = max(loose + DAY, answer.at) if loose else answer.at
    return replace(
        streak,
        at=answer.at,
        zone=answer.clock.zone,
        start=answer.clock.start,
        strict=strict,
        loose=loose,
        waived=tuple(dict.fromkeys(waived)),
    )


def _through_time(began: Streak, answers: Sequence[Answered]) -> tuple[Streak, dict[date, First]]:
    """The last of the answers' times, and the first answer of each date."""
    timed, firsts = began, dict[date, First]()
    for answer in answers:
        before = timed
        new = answer.day not in firsts and (began.last is None or answer.day > began.last)
        timed = _timed(before, answer, new=new)
        if new:
            firsts[answer.day] = First(answer, before, timed.waived)
    return timed, firsts


def _passed(firsts: Mapping[date, First]) -> dict[date, Streak]:
    """The times before each date was first reached or passed, whatever is filled in since."""
    found, early = dict[date, Streak](), None
    for day in sorted(firsts, reverse=True):
        one = firsts[day]
        early = one if early is None or one.answer.place < early.answer.place else early
        found[day] = early.before
    return found


def _joined(dated: Streak, timed: Streak) -> Streak:
    return replace(
        dated,
        at=timed.at,
        zone=timed.zone,
        start=timed.start,
        strict=timed.strict,
        loose=timed.loose,
    )


def _reached(answer: Answered, before: Streak) -> Reached:
    return Reached(
        day=answer.day,
        clock=answer.clock,
        rest=answer.rest,
        clock_before=before.clock,
    )


def _dated(streak: Streak, reached: Reached, grant: datetime | None) -> Streak:
    """The run at a new date; `grant` is the time of the freeze it may earn."""
    day, gap = reached.day, bridged(streak, reached)
    changes = list(gap.changes)
    adds = not resting(streak.plans, day, reached.rest)
    if not adds:
        changes.append(Change("rested", streak.days if gap.alive else 0, (day,)))
    run = (streak.days if gap.alive else 0) + adds
    freezes, earned = gap.freezes, gap.earned
    if adds and grant and run % EARNED_EVERY == 0 and freezes < MOST_FREEZES:
        freezes, earned = freezes + 1, (*earned, grant)
        changes.append(Change("earned", freezes, (day,)))
    return replace(
        streak,
        days=run,
        done=run,
        last=day,
        best=max(streak.best, run),
        freezes=freezes,
        earned=earned,
        frozen=gap.frozen,
        today=0,
        shared=0,
        rest=reached.rest,
        plans=_pruned(streak.plans, day),
        lately=(*(one for one in streak.lately if one >= day - LATELY), day),
        changes=tuple(changes),
    )


def _ahead(waived: Iterable[date], last: date | None) -> tuple[date, ...]:
    """The waived dates that are still to come."""
    return tuple(sorted({day for day in waived if last is None or day > last}))


def _said(streak: Streak, answers: Sequence[Answered]) -> Streak:
    """With the answers of its last date counted, and what was said of them."""
    on_it = [one for one in answers if one.day == streak.last]
    notes = (note for one in on_it for note in one.notes)
    return replace(
        streak,
        today=streak.today + len(on_it),
        shared=streak.shared + sum(one.shared for one in on_it),
        changes=tuple(dict.fromkeys((*streak.changes, *notes))),
    )


def _pruned(plans: tuple[Plan, ...], last: date | None) -> tuple[Plan, ...]:
    """The plans, oldest first, that may still be asked about."""
    kept: list[Plan] = []
    for plan in reversed(plans):
        if not kept or (plan.since < kept[-1].since and not _over(kept[-1], last)):
            kept.append(plan)
    return tuple(reversed(kept))


def _over(newer: Plan, last: date | None) -> bool:
    """Whether a newer plan holds on all dates that are asked about from now on."""
    # the earliest is the one before the last: where today is done, grace asks about yesterday
    return last is not None and newer.since <= last - DAY

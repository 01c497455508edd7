"""The first rules: how the answers count that were written before the ledger, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from bot.streaks.state import EARNED_EVERY, MOST_FREEZES, Streak


def advance(
    streak: Streak, day: date, rest: tuple[int, ...] = (), *, shared: bool = False
) -> Streak:
    """Count an answer on a local date; `rest` are the weekdays on which nothing is expected.

    A date that was counted counts once; a date before it changes nothing but the day's count.
    """
    if streak.last is not None and day <= streak.last:
        return replace(streak, today=streak.today + 1, shared=streak.shared + shared)
    missed = tuple(_missed(streak.last, day, rest))
    frozen = missed[: streak.freezes]
    alive = streak.days > 0 and len(frozen) == len(missed)
    # on a rest day a run is kept but not lengthened
    adds = not alive or day.weekday() not in rest
    days = (streak.days if alive else 0) + adds
    done = (streak.done if alive else 0) + adds
    freezes = streak.freezes - (len(frozen) if streak.days else 0)
    if adds and done % EARNED_EVERY == 0:
        freezes = min(MOST_FREEZES, freezes + 1)
    return Streak(
        days=days,
        last=day,
        freezes=freezes,
        best=max(streak.best, days),
        done=done,
        today=1,
        frozen=frozen if alive else (),
        shared=int(shared),
    )


def _missed(last: date | None, day: date, rest: tuple[int, ...]) -> Iterator[date]:
    """The dates strictly between that were neither answered nor rest days."""
    if last is None:
        return
    # a gap longer than this has broken any streak; no need to walk through years
    span = min((day - last).days, 7 * (MOST_FREEZES + 2))
    for ahead in range(1, span):
        between = last + timedelta(days=ahead)
        if between.weekday() not in rest:
            yield between

"""Streaks: a pure fold over the local dates on which a person answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

MOST_FREEZES = 2
EARNED_EVERY = 7  # done days


class Streak(Struct, frozen=True):
    """Days in a row up to `last`.

    `done` counts the days that added to this run (a freeze is earned at every seventh), `today`
    the answers of `last`, `shared` those of them to dailies and games, `best` the longest run so
    far, `frozen` the dates the newest gap froze.
    """

    days: int = 0
    last: date | None = None
    freezes: int = 0
    best: int = 0
    done: int = 0
    today: int = 0
    frozen: tuple[date, ...] = ()
    shared: int = 0

    @property
    def practised(self) -> int:
        """The answers of `last` that were practice."""
        return self.today - self.shared


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


def current(streak: Streak, today: date, rest: tuple[int, ...] = ()) -> int:
    """The streak as it stands on a date on which nothing may have been answered yet."""
    missed = sum(1 for _ in _missed(streak.last, today, rest))
    return streak.days if missed <= streak.freezes else 0


def answered(streak: Streak, today: date) -> int:
    """How many answers were given on this date."""
    return streak.today if streak.last == today else 0


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

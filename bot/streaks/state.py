"""What a streak is made of: the values that the ledger folds and a person's row keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from bot import days

MOST_FREEZES = 2
EARNED_EVERY = 7  # done days
LATELY = timedelta(days=3)  # how far back the done dates are kept with the streak

What = Literal[
    "earned",  # a freeze, `number` are held now
    "frozen",  # dates kept by freezes, `number` are left
    "lost",  # a run of `number` ended at the first of these dates
    "rested",  # an answer on a rest day or vacation adds nothing
    "away",  # a vacation kept the run
    "outage",  # dates forgiven because the bot was down
    "restored",  # an outage made known afterwards gave a run back
    "skipped",  # dates that a move or the date line cut short
    "moved",  # this is the date in another zone
    "again",  # a move brought back this date; days are counted up to the second one
    "grace",  # just after the boundary: it serves the old date
    "daily",  # yesterday's daily counts for yesterday; `number` is 1 while today is undone
    "elsewhen",  # a daily of neither today nor yesterday counts for today
    "soon",  # too many dates in too little time: no new one before `at`, where that is to come
    "late",  # it was delivered late and counts for its own date
    "mended",  # a date that was missing gave the run back: `number` days
    "returned",  # a date that was frozen is done now: its freeze is back, `number` are held
]


class Span(Struct, frozen=True):
    """Dates from `since` to `until`, both included."""

    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether a date is one of them."""
        return self.since <= day <= self.until


class Clock(Struct, frozen=True):
    """Where and when a person's days begin: an IANA zone, and the hour after midnight."""

    zone: str
    start: int


class Plan(Struct, frozen=True):
    """What a person expects of themselves from a date on.

    `rest` are weekdays (None: as the community has it), `away` their vacations.
    """

    since: date
    rest: tuple[int, ...] | None = None
    away: tuple[Span, ...] = ()


class Change(Struct, frozen=True, omit_defaults=True):
    """Something a rule did to a streak, to be told in a sentence."""

    what: What
    number: int = 0
    dates: tuple[date, ...] = ()
    zone: str = ""
    at: datetime | None = None


class Streak(Struct, frozen=True, omit_defaults=True):
    """Days in a row up to `last`, with all that the next answer needs to know.

    `done` counts the days that added to this run (a freeze is earned at every seventh), `today`
    the answers of `last`, `shared` those of them to dailies and games, `best` the longest run so
    far, `frozen` the dates the newest gap froze. `lately` are the done dates of the last days;
    `earned` when the freezes that are held were earned (of the oldest it may be unknown); `at`,
    `zone` and `start` belong to the newest answer, `rest` to that which first counted for `last`.
    `waived` are dates to come that a move cut short, or refused for coming too soon; `strict` and
    `loose` are the earliest times of a new date after a move and without one; `changes` what the
    answers of `last` changed.
    """

    days: int = 0
    last: date | None = None
    freezes: int = 0
    best: int = 0
    done: int = 0
    today: int = 0
    frozen: tuple[date, ...] = ()
    shared: int = 0
    at: datetime | None = None
    zone: str = ""
    start: int = 0
    lately: tuple[date, ...] = ()
    earned: tuple[datetime, ...] = ()
    rest: tuple[int, ...] = ()
    plans: tuple[Plan, ...] = ()
    outages: tuple[Span, ...] = ()
    waived: tuple[date, ...] = ()
    strict: datetime | None = None
    loose: datetime | None = None
    changes: tuple[Change, ...] = ()

    @property
    def practised(self) -> int:
        """The answers of `last` that were practice."""
        return self.today - self.shared

    @property
    def clock(self) -> Clock | None:
        """The clock of the newest answer; None before the first."""
        return Clock(self.zone, self.start) if self.zone else None

    def did(self, day: date) -> bool:
        """Whether a date of the last days has an answer."""
        return day == self.last or day in self.lately


class Moment(Struct, frozen=True, kw_only=True):
    """An instant as it concerns a streak: the person's clock and rest days, known outages."""

    at: datetime
    clock: Clock
    rest: tuple[int, ...] = ()
    outages: tuple[Span, ...] = ()

    @property
    def day(self) -> date:
        """The local date."""
        return days.local(self.at, self.clock.zone, self.clock.start)


class Answered(Struct, frozen=True, kw_only=True):
    """An answer as the log has it: `day` is the date it counts for, written with it.

    `seq` orders what has the same time; `notes` is what was said of its date.
    """

    at: datetime
    day: date
    clock: Clock
    rest: tuple[int, ...] = ()
    shared: bool = False
    notes: tuple[Change, ...] = ()
    seq: int = 0

    @property
    def refused(self) -> tuple[date, ...]:
        """The date that came too soon, for which it does not count."""
        return tuple(one.dates[1] for one in self.notes if one.what == "soon")

    @property
    def place(self) -> tuple[datetime, int]:
        """Its place in the order of time."""
        return self.at, self.seq


class Planned(Struct, frozen=True):
    """A plan, and when it was made."""

    at: datetime
    seq: int
    plan: Plan


class Ledger(Struct, frozen=True, kw_only=True):
    """All of which a streak is a function; in any order, but for what has the same time.

    `began` is the streak before the first of these answers; `freezes` are the rows of freezes by
    the date whose answer earned them, with its time.
    """

    began: Streak = Streak()
    answers: tuple[Answered, ...] = ()
    plans: tuple[Planned, ...] = ()
    freezes: Mapping[date, datetime] = {}
    outages: tuple[Span, ...] = ()

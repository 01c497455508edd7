"""Somebody whose days are told in lines, and what they read of their streak."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot import streaks
from bot.chat.say import Reader
from bot.streaks import Clock, Given, Ledger, Moment, Past, Plan, Planned, Span, Streak
from bot.views.streak import told

DAY = timedelta(days=1)


class Person:
    """Lines such as these, with local times:

    do 2026-03-28 12:00 [asked 2026-03-27 22:00] [daily 2026-03-27]
    each 2026-03-01 2026-03-07 12:00
    zone Asia/Tokyo 4
    at 2026-03-28 12:00 rest 5,6
    at 2026-03-28 12:00 away 2026-04-01 2026-04-09
    community 5,6
    down 2026-03-28 2026-03-29

    A time that comes twice is its first, with a ' its second.
    """

    def __init__(self, zone: str, start: int) -> None:
        self.clock = Clock(zone, start)
        self.rest: tuple[int, ...] = ()
        self.streak, self.ledger = Streak(), Ledger()
        self.news: tuple[Span, ...] = ()
        self.zones: list[tuple[datetime, Clock]] = []
        self.seq = 0
        self.now = datetime(2000, 1, 1, tzinfo=UTC)
        self.says: tuple[str, ...] = ()

    def line(self, line: str) -> None:
        """One thing that happens."""
        verb, *words = line.split()
        match verb, words:
            case "do", [day, time, *more]:
                self.do(day, time, *more)
            case "each", [first, last, time]:
                one = date.fromisoformat(first)
                while one <= date.fromisoformat(last):
                    self.do(one.isoformat(), time)
                    one += DAY
            case "zone", [zone, start]:
                self.zones.append((self.now, self.clock))
                self.clock = Clock(zone, int(start))
            case "at", [day, time, what, *more]:
                self.plan(self.at(day, time), what, more)
            case "community", [days]:
                self.rest = weekdays(days)
            case "down", [first, last]:
                span = Span(date.fromisoformat(first), date.fromisoformat(last))
                self.news = (*self.news, span)
            case _:
                raise ValueError(line)

    def at(self, day: str, time: str) -> datetime:
        """The instant of a local time."""
        wall = datetime.fromisoformat(f"{day}T{time.rstrip(chr(39))}")
        there = wall.replace(tzinfo=ZoneInfo(self.clock.zone), fold=int(time.endswith("'")))
        return there.astimezone(UTC)

    def moment(self, at: datetime) -> Moment:
        """An instant as it concerns the streak."""
        outages = (*self.ledger.outages, *self.news)
        return Moment(at=at, clock=self.clock, rest=self.rest, outages=outages)

    def do(self, day: str, time: str, *more: str) -> None:
        """An answer."""
        at, issued, daily = self.at(day, time), self.at(day, time), None
        match more:
            case "asked", on, when:
                issued = self.at(on, when)
            case "daily", on:
                daily = date.fromisoformat(on)
            case _:
                pass
        given = Given(now=self.moment(at), issued=issued, daily=daily, shared=daily is not None)
        past = Past(ledger=lambda: self.ledger, clock=self.clock_at)
        self.seq += 1
        counted = streaks.counted(self.streak, given, past, self.news, seq=self.seq)
        self.ledger = replace(
            self.ledger,
            answers=(*self.ledger.answers, counted.answer),
            freezes={**self.ledger.freezes, **counted.freezes},
            outages=(*self.ledger.outages, *counted.outages),
        )
        self.streak, self.news, self.now = counted.streak, (), max(self.now, at)
        self.says = tuple(told(Reader(), counted.changes).splitlines())

    def clock_at(self, at: datetime) -> Clock | None:
        """The clock in force at a time, where it has changed since."""
        return next((clock for until, clock in self.zones if at <= until), None)

    def plan(self, at: datetime, what: str, more: list[str]) -> None:
        """Rest days or a vacation, from that date on."""
        since = self.moment(at).day
        if what == "rest":
            plan = Plan(since, weekdays(more[0]))
        else:
            plan = Plan(since, None, (Span(*map(date.fromisoformat, more)),))
        self.seq += 1
        self.ledger = replace(self.ledger, plans=(*self.ledger.plans, Planned(at, self.seq, plan)))
        self.streak = streaks.planned(self.streak, plan)


def weekdays(said: str) -> tuple[int, ...]:
    """`5,6`, or `-` for none."""
    return () if said == "-" else tuple(map(int, said.split(",")))

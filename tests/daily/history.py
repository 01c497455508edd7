"""Random histories of a bot whose clock jumps and which is away now and then, against the plan.

python -m tests.daily.history
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from bot import days
from bot.features.daily import posting, schedule
from bot.store.community import Challenge
from tests.daily.sweep import ODD, TIMES

JUMP, AWAY, LONG = timedelta(hours=3), timedelta(hours=5), timedelta(hours=40)
SPAN = timedelta(days=21)
Kind = Literal["tick", "jump", "away"]


class Event(Struct, frozen=True):
    """From `at` (true time) on the clock is ahead by `ahead`, and the bot is up or not."""

    at: datetime
    ahead: timedelta
    up: bool


class Outcome(Struct, frozen=True):
    """How a history ended: dates with a post, dates left out, and what should not have been."""

    posted: int
    skipped: int
    missed: int
    twice: int


def history(rng: random.Random, begin: datetime, *, long: bool) -> tuple[Event, ...]:
    """Jumps of the clock within three hours of the truth, outages up to five hours, a few long."""
    events, at, ahead = [Event(begin, timedelta(), up=True)], begin, timedelta()
    while at < begin + SPAN:
        at += timedelta(minutes=rng.uniform(5, 60 * 20))
        if rng.random() < 0.5:
            ahead = JUMP * rng.uniform(-1, 1)
            events.append(Event(at, ahead, up=True))
            continue
        events.append(Event(at, ahead, up=False))
        at += LONG * rng.uniform(0.2, 1) if long and rng.random() < 0.1 else AWAY * rng.random()
        events.append(Event(at, ahead, up=True))
    return tuple(events)


def challenge(rng: random.Random, begin: datetime) -> Challenge:
    """Some zone, time and weekdays."""
    weekdays = tuple(sorted(rng.sample(range(7), rng.randint(1, 7))))
    return Challenge(
        id="c",
        community="c",
        at=rng.choice(TIMES),
        zone=rng.choice(ODD),
        weekdays=weekdays,
        by="x",
        since=begin,
    )


class Bot:
    """The clockwork of one challenge with its ledger, as `posting.due` does it, without a store."""

    def __init__(self, one: Challenge, now: datetime) -> None:
        self.challenge = one
        self.ledger: dict[date, str] = {}
        self.twice = 0
        self.row: tuple[date, datetime] | None = None
        self.row = self.coming(now)

    def coming(self, now: datetime) -> tuple[date, datetime] | None:
        """The next one that the ledger does not have, or the one that still waits."""
        return posting.upcoming(self.challenge, self.row, self.ledger, now)

    def wake(self, now: datetime) -> None:
        """Do what is due; an admin changes something before it is worked on."""
        self.row = self.coming(now)
        while self.row is not None and self.row[1] <= now:
            plan = schedule.plan(self.challenge, *self.row, now)
            for day in plan.skipped:
                self.ledger.setdefault(day, "skipped")
            if plan.post is not None:
                self.twice += self.ledger.get(plan.post) == "posted"
                self.ledger.setdefault(plan.post, "posted")
            self.row = None  # what is worked on is over
            self.row = self.coming(now)


def seen(one: Challenge, events: tuple[Event, ...], end: datetime) -> dict[date, str]:
    """What each date should come to.

    The first moment at which the bot is up and its clock is past the date's time decides: within
    six hours of it the date is posted, else left out.
    """
    begin = days.local(events[0].at, one.zone)
    wanted: dict[date, str] = {}
    spans = list(zip(events, (*events[1:], Event(end, timedelta(), up=False)), strict=True))
    for ahead in range(-1, SPAN.days + 4):
        day = begin + timedelta(days=ahead)
        at = schedule.instant(one, day)
        if not schedule.runs_on(one, day) or at <= events[0].at + events[0].ahead:
            continue
        clocks = [(a.at + a.ahead, b.at + a.ahead) for a, b in spans if a.up]
        first = next((max(first, at) for first, last in clocks if last > at), None)
        if first is not None:
            wanted[day] = "posted" if first <= at + schedule.LATE else "skipped"
    return wanted


def play(seed: int, *, long: bool = False, kind: type[Bot] = Bot) -> Outcome:
    """One history against the plan and a ledger, with outages of more than six hours or none."""
    rng = random.Random(seed)
    begin = datetime(2026, rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), tzinfo=UTC)
    one, events = challenge(rng, begin), history(rng, begin, long=long)
    end = events[-1].at + timedelta(hours=1)
    bot = kind(one, begin)
    for event, following in zip(events, (*events[1:], None), strict=True):
        if not event.up:
            continue
        until = following.at if following else end
        bot.wake(event.at + event.ahead)  # it wakes at a start, and the tick sees a jump
        now = event.at + event.ahead
        while bot.row is not None and now < bot.row[1] < until + event.ahead:
            now = bot.row[1]
            bot.wake(now)
    wanted = seen(one, events, end)
    missed = sum(bot.ledger.get(day) != state for day, state in wanted.items())
    states = list(bot.ledger.values())
    return Outcome(states.count("posted"), states.count("skipped"), missed, bot.twice)


def played(seeds: range, *, long: bool = False, kind: type[Bot] = Bot) -> Outcome:
    """Many histories, added up."""
    all_ = [play(seed, long=long, kind=kind) for seed in seeds]
    return Outcome(*(sum(getattr(one, f) for one in all_) for f in Outcome.__struct_fields__))


if __name__ == "__main__":
    print("2,000 histories, outages up to 5 h:", played(range(2000)))
    print("2,000 histories, outages up to 40 h:", played(range(2000), long=True))

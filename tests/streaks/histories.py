"""Random histories in all time zones: folding on equals folding again equals a second model.

`python -m tests.streaks.histories [HOW MANY] [SEED]` runs them; 100,000 take some minutes.
"""

from __future__ import annotations

import math
import random
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import available_timezones

from msgspec.structs import replace

from bot import streaks
from bot.streaks import Clock, Day, Given, Ledger, Moment, Past, Plan, Planned, Span, Streak
from tests.streaks import oracle
from tests.streaks.oracle import Chosen, Model, Told, Zone

DAY = timedelta(days=1)
ZONES = tuple(sorted(zone for zone in available_timezones() if not zone.startswith("SystemV")))
FAR = ("Pacific/Kiritimati", "Pacific/Apia", "Pacific/Midway", "America/Los_Angeles", "Asia/Tokyo")
LOOKS = 0.1  # of the steps are compared
TELLS = 1000  # histories between two lines
EPOCHS = (2011, 2026)  # Samoa skipped a date in 2011


class History:
    """One person's log as it grows, its streak folded on, and the second model of it."""

    def __init__(self, seed: int | str) -> None:
        self.rng = random.Random(seed)
        rng = self.rng
        self.zone: Zone = (rng.choice(ZONES), rng.choice((0, 4, 4, 6)))
        self.rest: tuple[int, ...] = rng.choice(((), (), (5, 6), (6,), (2,)))
        year = rng.choice(EPOCHS)
        start = datetime(year, 12, 20, tzinfo=UTC) if year == EPOCHS[0] else None
        self.at = start or datetime(year, rng.randint(1, 12), rng.randint(1, 28), 12, tzinfo=UTC)
        self.model, self.ledger, self.streak, self.seq = Model(), Ledger(), Streak(), 0
        self.news: tuple[Span, ...] = ()
        self.kept: list[Told] = []  # given, but delivered later

    def play(self, steps: int) -> None:
        """Let things happen, and compare now and then and at the end."""
        for _ in range(steps):
            self.step()
            if self.rng.random() < LOOKS:
                self.check()
        for told in self.kept:
            self.deliver(told, late=True)
        self.check()

    def step(self) -> None:
        """Time passes, now and then something is chosen, then an answer comes or not."""
        rng = self.rng
        self.at += timedelta(hours=rng.choice((0, 1, 9, 15, 23, 24, 24, 24, 24, 25, 30, 49)))
        self.at += timedelta(minutes=rng.choice((0, 0, 7, 14, 15, 16, 30)))
        chance = rng.random()
        if chance < 0.07:
            self.zone = (rng.choice(FAR if rng.random() < 0.5 else ZONES), rng.choice((0, 4, 6)))
        elif chance < 0.10:
            self.choose()
        elif chance < 0.12:
            self.down()
        elif chance < 0.13:
            self.rest = rng.choice(((), (5, 6), (0,)))
        self.answer()

    def choose(self) -> None:
        """Rest days or a vacation are chosen, from today on."""
        rng, today = self.rng, oracle.date_at(self.at, self.zone)
        rest = rng.choice((None, (), (5, 6), (1, 3)))
        since = today + timedelta(days=rng.randint(0, 2))
        away = ((since, since + timedelta(days=rng.randint(0, 9))),) if rng.random() < 0.5 else ()
        self.seq += 1
        self.model.choices.append(Chosen(self.at, self.seq, today, rest, away))
        plan = Plan(today, rest, tuple(Span(a, b) for a, b in away))
        planned = Planned(self.at, self.seq, plan)
        self.ledger = replace(self.ledger, plans=(*self.ledger.plans, planned))
        self.streak = streaks.planned(self.streak, plan)

    def down(self) -> None:
        """An outage of some dates is made known, perhaps long after."""
        day = oracle.date_at(self.at, self.zone) - timedelta(days=self.rng.randint(0, 9))
        span = Span(day, day + timedelta(days=self.rng.randint(0, 2)))
        if span not in (*self.news, *self.ledger.outages):
            self.news = (*self.news, span)

    def answer(self) -> None:
        """An answer: practice or a daily, asked some time ago; some are delivered later."""
        rng = self.rng
        today = oracle.date_at(self.at, self.zone)
        daily = today - timedelta(days=rng.choice((0, 1, 1, 2, -1))) if rng.random() < 0.2 else None
        issued = self.at - timedelta(minutes=rng.choice((0, 5, 20, 700)))
        told = Told(self.at, 0, self.zone, self.rest, issued, daily, daily is not None)
        if rng.random() < 0.05 and daily is None and self.model.answers:
            self.kept.append(told)
            return
        self.deliver(told)
        if self.kept and rng.random() < 0.5:
            self.deliver(self.kept.pop(0), late=True)

    def deliver(self, told: Told, *, late: bool = False) -> None:
        """Count an answer on both sides; its row comes after all that were written before."""
        self.seq += 1
        told.order = self.seq
        clock = Clock(*told.zone)
        now = Moment(at=told.at, clock=clock, rest=told.rest, outages=self.known())
        given = Given(now=now, issued=told.issued, daily=told.daily, shared=told.shared)
        past = Past(ledger=lambda: self.ledger, clock=lambda _at: clock)
        stood = streaks.stand(self.streak, now)
        day = streaks.counted(self.streak, given, past, self.news, seq=told.order)
        self.model.outages += [(one.since, one.until) for one in self.news]
        if not late:
            told.day = oracle.dated(self.model, told)
            assert day.answer.day == told.day, (day.answer, told)
            assert day.answer.refused == ((told.refused,) if told.refused else ())
            # what a person was shown before is never lost by answering
            assert day.streak.days >= stood.days, (stood, day)
            assert day.streak.freezes >= stood.freezes, (stood, day)
        elif not day.answer.refused:
            assert day.answer.day == oracle.late(self.model, told), (day.answer, told)
        # whether a late one came too soon for others the second model takes as it is
        told.day, told.refused = day.answer.day, next(iter(day.answer.refused), None)
        self.model.answers.append(told)
        self.write(day)

    def known(self) -> tuple[Span, ...]:
        """Every outage that is known."""
        return (*self.ledger.outages, *self.news)

    def write(self, day: Day) -> None:
        """The rows that an answer leaves."""
        book, self.news = self.ledger, ()
        self.ledger = replace(
            book,
            answers=(*book.answers, day.answer),
            freezes={**book.freezes, **day.freezes},
            outages=(*book.outages, *day.outages),
        )
        self.streak = day.streak

    def check(self) -> None:
        """The streak is what the log says, what the second model says, and keeps its bounds."""
        again = streaks.replayed(self.ledger)
        assert again.streak == self.streak, (again.streak, self.streak)
        said, kept = oracle.result(self.model), self.streak
        for name in ("days", "last", "freezes", "best", "today", "shared", "frozen"):
            assert getattr(said, name) == getattr(kept, name), (name, said, kept)
        assert set(said.earned) == again.earned.keys()
        assert 0 <= kept.freezes <= streaks.MOST_FREEZES
        assert kept.best >= kept.days
        self.unfarmed()

    def unfarmed(self) -> None:
        """Of two answers with a move between: at most floor(elapsed / 24 h) + 2 dates."""
        ordered = oracle.in_order(self.model.answers)
        counted = list(oracle.firsts(self.model.answers).values())
        newest = counted[-1] if counted else None
        for n, start in enumerate(counted):
            if newest is None:
                continue
            between = ordered[ordered.index(start) : ordered.index(newest) + 1]
            if len({one.zone for one in between}) > 1:
                most = math.floor((newest.at - start.at) / DAY) + 2
                assert len(counted) - n <= most, (start, newest)


def play(seed: int | str, steps: int = 30) -> None:
    """One history; raises AssertionError with its seed where something is wrong."""
    try:
        History(seed).play(steps)
    except Exception as error:
        raise AssertionError(f"history {seed!r}: {error}") from error


def main(many: int, seed: int) -> None:
    """Play so many histories and say how long it took."""
    began = perf_counter()
    for number in range(seed, seed + many):
        play(number)
        if (done := number - seed + 1) % TELLS == 0:
            print(f"{done} histories, {perf_counter() - began:.0f} s", flush=True)
    print(f"{many} histories of 30 steps, {perf_counter() - began:.0f} s: no difference")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [100_000, 1][len(given) :]))

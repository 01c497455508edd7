from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.daily import posting, schedule
from bot.store.community import Challenge
from tests.daily import history
from tests.daily.setting import PLACE, Here, collection
from tests.stage import Stage

SHORTER = timedelta(days=8)


def test_jumps_and_short_outages_miss_and_double_nothing() -> None:
    """200 histories of clocks three hours off and outages up to five hours: all posted, once."""
    found = history.played(range(200))
    assert (found.missed, found.twice, found.skipped) == (0, 0, 0)
    assert found.posted > 2000


def test_long_outages_skip_what_is_too_late_and_nothing_else() -> None:
    """200 histories with outages up to 40 hours: every date is posted once or left out and kept."""
    found = history.played(range(200), long=True)
    assert (found.missed, found.twice) == (0, 0)
    assert found.skipped > 50


class Forgetful(history.Bot):
    """One that plans the next daily without looking into the ledger."""

    def coming(self, now: datetime) -> tuple[date, datetime] | None:
        return posting.upcoming(self.challenge, self.row, (), now)


def test_without_a_ledger_a_clock_set_back_posts_twice() -> None:
    """The same histories without looking into the ledger are found out: they can fail."""
    assert history.played(range(50), kind=Forgetful).twice > 0


def made(seed: int) -> tuple[Challenge, tuple[history.Event, ...]]:
    """A challenge of every day and a history of eight days."""
    rng = random.Random(seed)
    begin = datetime(2026, rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), tzinfo=UTC)
    one, events = history.challenge(rng, begin), history.history(rng, begin, long=seed % 2 == 0)
    kept = tuple(event for event in events if event.at < begin + SHORTER)
    return one, (*kept, history.Event(begin + SHORTER, timedelta(), up=True))


@pytest.mark.parametrize("seed", range(20))
async def test_the_clockwork_lives_through_a_history(tmp_path: Path, seed: int) -> None:
    """The real clockwork on SQLite, restarted after each outage: ledger and channel agree."""
    one, events = made(seed)
    stage = Stage(tmp_path / "history.db", collection())
    stage.clock.at = events[0].at
    here = Here(stage)
    await here.challenge(id=one.id, at=one.at, zone=one.zone, weekdays=one.weekdays)
    end = events[-1].at + timedelta(hours=1)
    for event, following in zip(events, (*events[1:], None), strict=True):
        if not event.up:
            await stage.restart()
            here.work = here.clockwork()
            continue
        until = (following.at if following else end) + event.ahead
        stage.clock.at = event.at + event.ahead
        await here.change(one.id)  # an admin is quicker than what is due
        await here.work.tick()
        while (at := schedule.upcoming(one, stage.clock(), 1)) and at[0][1] < until:
            stage.clock.at = at[0][1]
            await here.change(one.id)
            await here.work.tick()
    kept = {daily.day: daily.state for daily in await here.dailies()}
    states = {day: "skipped" if state == "skipped" else "posted" for day, state in kept.items()}
    wanted = history.seen(one, events, end)
    assert {day: states.get(day) for day in wanted} == wanted
    assert len(here.channel.new(target=PLACE)) == list(states.values()).count("posted")
    assert max(here.channel.counted.values(), default=1) == 1
    if "skipped" in list(states.values())[1:]:
        assert any("skipped" in post.card.text for post in here.channel.new())
    await stage.store.close()

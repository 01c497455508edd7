from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import clockwork_of
from tests.daily.setting import OTHER, PLACE, Here

DUE = datetime(2026, 11, 24, 9, 0, 20, tzinfo=UTC)  # the daily is due and not worked on yet


async def days_of(here: Here) -> list[str]:
    """What the ledger has, the newest first."""
    return [f"{one.day.day} {one.state}" for one in await here.dailies()]


@pytest.mark.parametrize(
    "facts",
    [
        {"levels": ("senior",) * 7},
        {"places": (PLACE, OTHER)},
        {"at": "08:00"},
        {"at": "02:00"},
        {"zone": "Europe/London"},
        {"weekdays": (1, 3)},
        {"reveal": "17:00"},
    ],
)
async def test_a_change_while_the_daily_is_due_does_not_lose_it(
    here: Here, facts: dict[str, object]
) -> None:
    """Whatever an admin changes before a due row is worked on, the daily is posted at once."""
    await here.challenge()
    here.stage.clock.at = DUE
    await here.change("ch1", **facts)
    await here.change()
    await here.work.tick()
    await here.work.tick()
    assert await days_of(here) == ["24 open"]
    assert len(here.channel.new(target=PLACE)) == 1


async def test_a_change_after_a_long_outage_keeps_what_was_missed(here: Here) -> None:
    """A date that is too late to be posted is left out and said, also after a change."""
    await here.challenge()
    here.stage.clock.at = DUE + timedelta(hours=7)
    await here.change(levels=("senior",) * 7)
    await here.work.tick()
    assert await days_of(here) == ["24 skipped"]
    await here.at(25, 9)
    assert "skipped: I was not running" in here.channel.new()[0].card.text


async def test_of_several_dates_left_out_each_has_its_own_reason(here: Here) -> None:
    """No question on one date, the bot away on the next two: the post says both."""
    await here.challenge(areas=("caching",))
    await here.at(24, 9)
    await here.change(areas=())
    await here.at(26, 22)
    await here.at(27, 9)
    assert here.channel.new()[-1].card.text.split("\n")[:2] == [
        "Tuesday's was left out: I had no question that fits here.",
        "2 were skipped (Wed 25 Nov to Thu 26 Nov): I was not running at the time.",
    ]


async def test_a_later_time_chosen_while_it_is_due_holds_for_today(here: Here) -> None:
    """The row that was claimed before does nothing at the old time."""
    await here.challenge()
    here.stage.clock.at = DUE
    (row,) = await here.stage.store.claim_due(here.stage.clock(), 10, timedelta(minutes=2))
    await here.change(at="10:00")
    await here.work._one(row)
    await here.work.tick()
    assert here.channel.posts == []
    await here.at(24, 10)
    assert await days_of(here) == ["24 open"]
    await here.at(25, 10)
    assert (await days_of(here))[0] == "25 open"


async def test_a_row_claimed_before_a_change_of_nothing_else_posts_once(here: Here) -> None:
    """The same time in another zone is the same instant: it is posted, and the next one too."""
    await here.challenge()
    here.stage.clock.at = DUE
    (row,) = await here.stage.store.claim_due(here.stage.clock(), 10, timedelta(minutes=2))
    await here.change(zone="Europe/London")
    await here.work._one(row)
    await here.at(24, 9, 5)
    await here.at(25, 9)
    assert await days_of(here) == ["25 open", "24 closed"]


async def test_a_pause_while_it_is_due_posts_nothing(here: Here) -> None:
    """Paused is paused: neither the claimed row nor going on brings today's back by itself."""
    await here.challenge()
    here.stage.clock.at = DUE
    (row,) = await here.stage.store.claim_due(here.stage.clock(), 10, timedelta(minutes=2))
    await here.change(paused=True)
    await here.work._one(row)
    await here.work.tick()
    assert await days_of(here) == []
    at = await here.change(paused=False)
    assert at is not None
    assert at.day == 25


async def test_nothing_is_posted_for_a_time_before_the_challenge(here: Here) -> None:
    """Made after its time of today, or moved to an earlier time of today: it begins tomorrow."""
    here.stage.clock.at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    await here.challenge(at="09:00")
    await here.change(levels=("senior",) * 7)
    await here.challenge(id="ch2", at="15:00")
    await here.change("ch2", at="10:00")
    await here.work.tick()
    assert await here.dailies() == ()


async def test_a_date_put_back_after_its_time_is_not_posted(here: Here) -> None:
    """What was left out and is over stays left out; the next date is posted."""
    await here.challenge(skips=(datetime(2026, 11, 24, tzinfo=UTC).date(),))
    here.stage.clock.at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    at = await here.change(skips=())
    await here.work.tick()
    assert await here.dailies() == ()
    assert at is not None
    assert at.day == 25


async def test_a_refused_place_does_not_lose_the_daily_that_is_due(here: Here) -> None:
    """A refusal that arrives when the next one is due already leaves that as it is."""
    await here.challenge(places=(PLACE, OTHER), at="23:00")
    here.stage.clock.at = datetime(2026, 11, 24, 23, 0, 1, tzinfo=UTC)
    await here.stage.clockwork({}).work()
    await here.change(at="01:00")
    here.stage.clock.at = datetime(2026, 11, 25, 1, 0, 20, tzinfo=UTC)
    here.channel.refuses = {OTHER}
    await here.work.deliver("discord")
    assert (await here.stored()).lost == (OTHER,)
    await here.work.tick()
    assert (await days_of(here))[:2] == ["25 open", "24 closed"]
    assert len(here.channel.new(target=PLACE)) == 2


async def test_a_clock_set_back_between_claim_and_work_delays_nothing(here: Here) -> None:
    """A step back of the clock within a claim is no end of the challenge."""
    await here.challenge()
    due = datetime(2026, 11, 24, 9, 0, 0, tzinfo=UTC)
    times = [due, due - timedelta(milliseconds=5)]  # claimed, handled

    def clock() -> datetime:
        return times.pop(0) if times else here.stage.clock()

    here.stage.clock.at = due
    stage = here.stage
    work = clockwork_of(stage.store, stage.kit, {"discord": here.channel}, clock)
    here.stage.clock.at = due + timedelta(seconds=1)
    await work.work()
    for day in (24, 25, 26):
        await here.at(day, 9, 5)
        await here.at(day, 9, 10)
    assert await days_of(here) == ["26 open", "25 closed", "24 closed"]

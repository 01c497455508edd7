"""Reminders: at the person's time, once a day, never when nothing is expected of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.posts import Post
from bot.store.protocol import Tx
from tests import bank
from tests.stage import Actor, Channel, Stage


@pytest.fixture
async def ada(stage: Stage) -> Actor:
    """Somebody in Berlin who is reminded at 18:00."""
    one = stage.person("ada")
    await one.says("settings")
    await one.presses("Change day", zone="Berlin", hour="4")
    await one.presses("Change reminder", time="18:00")
    return one


async def days(stage: Stage, number: int) -> list[Post]:
    """What is sent while so many days go by, an hour at a time."""
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    for _ in range(24 * number):
        stage.clock.forward(hours=1)
        await work.tick()
    return channel.posts


def dates(posts: list[Post]) -> list[str]:
    """The local dates that are in the names of reminders."""
    return [post.dedupe.rpartition(".")[2] for post in posts]


async def test_one_comes_each_day_and_no_more(ada: Actor, stage: Stage) -> None:
    """A week has seven, whatever changes of its time there are in a day."""
    assert len(await days(stage, 7)) == 7
    await ada.says("settings")
    await ada.presses("Change reminder", time="20:00")
    assert len(dates(await days(stage, 1))) <= 1


async def test_none_comes_on_rest_days(ada: Actor, stage: Stage) -> None:
    """Of a week with two rest days, five."""
    await ada.says("settings")
    await ada.presses("Change rest days", rest=("5", "6"))
    sent = dates(await days(stage, 14))
    assert len(sent) == 10
    assert not {"2026-11-28", "2026-11-29", "2026-12-05"} & set(sent)


async def test_none_comes_on_vacation(ada: Actor, stage: Stage) -> None:
    """They go on by themselves on the day after."""
    await ada.says("settings")
    await ada.presses("Change vacation", away="25 Nov to 1 Dec")
    assert dates(await days(stage, 10)) == ["2026-11-23", "2026-11-24", "2026-12-02"]


async def test_none_comes_when_the_day_is_done(ada: Actor, stage: Stage) -> None:
    """An answer in the morning is enough for the day."""
    await ada.says("databases type:single 1")
    await ada.presses(ada.letter("Both succeed"))
    assert dates(await days(stage, 2)) == ["2026-11-24"]


async def test_a_vacation_named_at_noon_holds_in_the_evening(ada: Actor, stage: Stage) -> None:
    """What was planned already is taken back."""
    stage.clock.forward(hours=2)
    await ada.says("settings")
    await ada.presses("Change vacation", away="23 Nov")
    assert dates(await days(stage, 2)) == ["2026-11-24"]


async def test_a_late_one_is_not_sent_into_a_rest_day(ada: Actor, stage: Stage) -> None:
    """After an outage over midnight it is looked at the day on which it would arrive."""
    await ada.says("settings")
    await ada.presses("Change rest days", rest=("1",))
    await ada.presses("Change reminder", time="23:30")
    channel = Channel(stage.clock)
    stage.clock.at = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 05:00 on Tuesday, in Berlin
    await stage.clockwork({"discord": channel}).tick()
    assert channel.posts == []


async def test_with_a_plan_it_begins_todays_minutes(stage: Stage, ada: Actor) -> None:
    """It says how many days are left; its button begins them; one is to be quiet."""
    stage.kit = bank.kit(bank.collection(bank.many(60)), stage.new_id)
    await ada.says("plan mid backend in 10 days")
    (post,) = await days(stage, 1)
    assert post.card.text.startswith("Your interview is in 10 days.\n")
    assert [button.label for button in post.card.buttons] == ["Begin", "No more reminders"]
    ada.card = post.card
    assert (await ada.presses("Begin")).view.startswith("question-")
    assert (await ada.says("plan")).view == "plan"
    ada.card = post.card
    assert (await ada.presses("No more reminders")).view == "reminder-off"
    assert await days(stage, 3) == []


async def test_after_the_interview_it_is_a_plain_one(stage: Stage, ada: Actor) -> None:
    """An interview that is over is not spoken of."""
    await ada.says("plan mid backend tomorrow")

    def over(tx: Tx) -> Reply:
        plan = tx.person.settings.plan
        assert plan is not None
        gone = replace(plan, on=plan.on - timedelta(days=9))
        tx.save_person(replace(tx.person, settings=replace(tx.person.settings, plan=gone)))
        return Reply()

    await stage.store.run(ada.origin(), over)
    (post,) = await days(stage, 1)
    assert "interview" not in post.card.text

"""The door when the store is slow or broken, and values that no honest form sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.chat.tokens import make
from bot.days import zone_named
from bot.door import Door
from bot.due import Clockwork
from bot.features import reminder
from bot.features.feature import Mistake
from bot.features.table import features
from bot.store.protocol import Busy, Store
from bot.store.rows import Community
from tests import bank
from tests.core.test_features import Outbound
from tests.stage import Actor, Stage

FORM = make("set", "board", form=True)


class Failing:
    """A store whose reads end as they are told to."""

    def __init__(self, how: Exception) -> None:
        self._how = how

    async def look(self, *_: object, **__: object) -> None:
        raise self._how


def door(how: Exception) -> Door:
    store: Store = Failing(how)  # type: ignore[assignment]  # forms need its reads alone
    return Door(store, features(), bank.kit())


async def test_a_slow_database_opens_a_plain_form_for_answers_alone(ada: Actor) -> None:
    """A form without its fields would change settings to nothing: that asks for patience."""
    form = await door(Busy()).form(ada.origin(), "!type:q1.0:0")
    assert form is not None
    assert form.view == "plain-form"
    for token in ("!set:board", "!set:rest", "!set:remind", "!report:q1.0:0"):
        with pytest.raises(Mistake, match="busy"):
            await door(Busy()).form(ada.origin(), token)


async def test_a_fault_of_ours_in_a_form_is_a_sentence(
    ada: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks while a form is made is logged with the number that the person is told."""
    with pytest.raises(Mistake) as told:
        await door(RuntimeError("broken")).form(ada.origin(), "!type:q1.0:0")
    (record,) = [one for one in caplog.records if one.name == "sparring"]
    assert "bug q1" in record.message
    assert "`q1`" in str(told.value)


async def test_a_form_without_a_field_changes_nothing(ada: Actor) -> None:
    """Who is hidden stays hidden when the choice did not come with the form."""
    await ada.sends(FORM, name="Ada", shown="hide")
    card = await ada.sends(FORM, name="Ada")
    assert "You are not shown on this community's board" in card.text
    before = (await ada.says("settings")).text
    await ada.sends("!set:rest", rest=("\u00b2", "9", "x"))
    await ada.sends("!set:zone", zone="Berlin", hour="\u00b2")
    assert "zone" in ada.reply.errors or "hour" in ada.reply.errors
    await ada.sends("!set:remind", time="\u0661\u0668:\u0660\u0660")
    assert "time" in ada.reply.errors
    assert (await ada.says("settings")).text == before


@pytest.mark.parametrize("said", ["GMT+1", "gmt-3", "Etc/GMT+5"])
def test_a_zone_with_its_sign_turned_round_is_no_zone(said: str) -> None:
    """`Etc/GMT+1` lies an hour west of Greenwich: nobody means that."""
    assert zone_named(said) is None


async def test_a_reminder_keeps_the_communitys_zone_and_rest_days(ada: Actor, stage: Stage) -> None:
    """Who set no zone is reminded at the same wall time every day, not only on the first."""

    def moved(tx: object) -> object:
        from bot.chat.cards import Reply  # noqa: PLC0415 - one use

        community: Community = tx.community  # type: ignore[attr-defined]  # a transaction
        there = replace(community, zone="America/New_York", rest=(2,))
        tx.save_community(there)  # type: ignore[attr-defined]  # a transaction
        return Reply()

    await stage.store.run(ada.origin(), moved)  # type: ignore[arg-type]  # gives a reply
    await ada.says("settings")
    await ada.sends("!set:remind", time="18:00")
    outbound = Outbound()
    work = stage.clockwork({"discord": outbound})
    days = []
    for _ in range(24 * 4):
        stage.clock.forward(hours=1)
        before = len(outbound.posts)
        await work.tick()
        if len(outbound.posts) > before:
            days.append(stage.clock.at)
    assert [one.hour for one in days] == [23, 23, 23]
    assert [one.weekday() for one in days] == [0, 1, 3]


async def test_no_reminder_where_every_day_rests(ada: Actor, stage: Stage) -> None:
    """Seven rest days leave no day to be reminded on."""
    await ada.sends("!set:remind", time="18:00")
    await ada.sends("!set:rest", rest=tuple("0123456"))
    outbound = Outbound()
    for _ in range(3):
        stage.clock.forward(days=1)
        await stage.clockwork({"discord": outbound}).tick()
    assert outbound.posts == []


async def test_due_work_that_nobody_knows_hinders_nobody(ada: Actor, stage: Stage) -> None:
    """A row that another version wrote is logged, and the others are done."""
    await ada.sends("!set:remind", time="18:00")
    stage.clock.at = datetime(2026, 11, 23, 18, 0, 1, tzinfo=UTC)
    await Clockwork(stage.store, {}, {}, {}, stage.clock).tick()
    stage.clock.forward(minutes=3)
    outbound = Outbound()
    await stage.clockwork({"discord": outbound}).tick()
    assert len(outbound.posts) == 1
    assert timedelta(minutes=3) < reminder.LATE


async def test_a_name_of_several_lines_is_one_row_of_the_board(ada: Actor) -> None:
    """Nobody writes a second row into the board by their name."""
    ada.name = "ada\n 1  boss 999"
    await ada.says("type:single 1")
    await ada.presses(ada.letter("Both succeed"))
    card = await ada.says("leaderboard")
    assert not [line for line in card.text.split("\n") if line.startswith(" 1  boss")]

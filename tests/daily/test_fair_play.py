"""What admins may not see before they answer, and what they are promised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.tokens import make
from bot.store.rules import Rules
from tests import bank
from tests.core.challenging import LACKS, Port, kept
from tests.core.moderating import acts, seen
from tests.daily.setting import PLACE, Here, answers
from tests.games.channel import Playing, questions
from tests.stage import Actor, Stage

KEY = "Each works on its own snapshot"


@pytest.fixture
def gil(here: Here) -> Actor:
    here.stage.rights["discord"] = Port()
    return here.stage.person("gil", admin=True)


async def test_moderate_keeps_the_key_of_a_daily_until_it_is_answered(
    here: Here, gil: Actor
) -> None:
    """An admin who reports the open daily sees its reasons, and its key after their own answer."""
    await here.challenge()
    await here.at(24, 9)
    (daily,) = await here.dailies()
    await gil.sends(make("daily-report", daily.id, form=True), reason="Two are right.")
    card = await gil.says("moderate")
    assert "Two are right." in card.text
    assert "Question " in card.text
    assert KEY not in card.text
    assert (await gil.presses("Answer it first")).view == "daily-asked"
    await answers(here, gil)
    assert KEY in (await gil.says("moderate")).text


async def test_moderate_keeps_the_key_of_a_running_game(url: str, guarded: None) -> None:
    """What a game asks now or later is shown once its question is over."""
    stage = Stage(url, questions(3))
    playing = Playing(stage)
    gil = playing.player("gil", admin=True)
    await playing.begins(gil, "1")
    (game,) = await seen(gil, lambda tx: tx.games())
    await gil.sends(make("report-it", game.id, 0, form=True), reason="Hm.")
    card = await gil.says("moderate")
    assert "A game asks it now." in card.text
    assert KEY not in card.text
    await playing.ends()
    assert KEY in (await gil.says("moderate")).text
    await stage.close()


async def test_make_it_a_daily_promises_what_is_asked(url: str, guarded: None) -> None:
    """What the rules of the channel leave out is refused at once; what is promised comes."""
    stage = Stage(url, bank.collection((bank.SINGLE, bank.OUTPUT)))
    here = Here(stage)
    await here.challenge(paused=True)
    await here.challenge(id="ch2", queue=("gone-long-ago",))
    gil = stage.person("gil", admin=True)
    token = make("community-make", "repeatable-read-is-serializable")

    for levels, view in ((("junior",), "mistake"), ((), "digest-queued")):
        await ruled(gil, Rules(levels=levels))  # type: ignore[arg-type]  # names of levels
        card = await gil.sends(token)
        assert card.view == view
    named = "You take REPEATABLE READ for SERIALIZABLE."
    assert card.text.endswith(f"): {named}")
    assert named in (await logged(gil)).text
    queues = {one.id: one.queue for one in await kept(gil)}
    assert queues == {"ch1": (), "ch2": (bank.SINGLE.id,)}
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert daily.ref == bank.SINGLE.ref
    await stage.close()


async def logged(gil: Actor) -> Card:
    """What admins did."""
    await gil.says("moderate")
    return await gil.presses("Log")


async def ruled(gil: Actor, rules: Rules) -> None:
    """Let these be the community's rules."""
    await acts(gil, lambda tx: tx.save_community(replace(tx.community, rules=rules)))


async def begins(gil: Actor) -> str:
    await gil.says("challenge")
    await gil.presses("Start tomorrow")
    (one,) = await kept(gil)
    return one.id


async def test_go_on_says_what_is_lacking(here: Here, gil: Actor) -> None:
    """The rights are looked at when a challenge goes on; it goes on all the same."""
    await begins(gil)
    await gil.presses("Pause")
    port = here.stage.rights["discord"]
    assert isinstance(port, Port)
    port.missing = {PLACE: LACKS}
    card = await gil.presses("Start")
    assert "What I lack before I can post:" in card.text
    assert LACKS[0] in card.text
    (one,) = await kept(gil)
    assert not one.paused


async def test_a_date_put_back_too_late_says_so(here: Here, gil: Actor) -> None:
    """A date whose time is over is not promised."""
    name = await begins(gil)
    here.stage.clock.at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    await gil.sends(make("challenge-skip", name, form=True), date="today")
    here.stage.clock.at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    card = await gil.sends(make("challenge-unskip", name), value="2026-11-24")
    assert "Tue 24 Nov is not left out any more, but its time, 09:00, is over." in card.text


async def test_a_time_in_quiet_hours_is_warned_of(here: Here, gil: Actor) -> None:
    """Quiet hours hold for games: who sets a daily into them is told that it comes."""
    await begins(gil)
    await ruled(gil, Rules(quiet=("22:00", "09:30")))
    card = await gil.says("challenge")
    assert "Its time lies in the quiet hours, 22:00 to 09:30" in card.text


async def test_withdraw_names_the_date_of_the_open_question(here: Here, gil: Actor) -> None:
    """On a day without a daily the button is about an earlier one, and says which."""
    await here.challenge()
    await here.at(24, 9)
    here.stage.clock.forward(hours=20)
    card = await gil.says("challenge")
    assert "Withdraw the question of Tue 24 Nov" in [button.label for button in card.buttons]

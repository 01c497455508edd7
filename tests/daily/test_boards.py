"""Boards tell who was right, and never who was wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest
from msgspec.structs import replace

from bot.replay import derive
from bot.streaks import Streak
from storage.doctor import findings
from tests.core.moderating import seen
from tests.daily.setting import Here, answers
from tests.games.channel import Playing, questions
from tests.stage import Stage

RIGHT, WRONG = "Both succeed", "deadlock"


@pytest.fixture
async def playing(url: str, guarded: None) -> AsyncIterator[Playing]:
    """A channel to play in, on each database."""
    stage = Stage(url, questions(40))
    yield Playing(stage)
    await stage.close()


async def test_no_board_tells_who_had_a_daily_wrong(here: Here) -> None:
    """Before and after the reveal, anywhere: whose try alone brought points has no line."""
    await here.challenge()
    await here.at(24, 9)
    ada, ben = here.stage.person("ada"), here.stage.person("ben")
    await answers(here, ben, WRONG)
    await answers(here, ada, RIGHT)
    for day in (24, 25):
        if day == 25:
            await here.at(25, 9)
        for period in ("today", "week") if day == 24 else ("week",):
            everywhere = await ada.says(f"leaderboard {period}")
            channel = await ada.presses("This channel")
            for card in (everywhere, channel, await ada.presses("Show in channel")):
                assert "Ada" in card.text
                assert "Ben" not in card.text


async def test_several_wrong_answers_have_no_name_either(here: Here) -> None:
    """Whatever points tries add up to; the first right answer has its line at once."""
    await here.challenge()
    ada, ben = here.stage.person("ada"), here.stage.person("ben")
    for day in (24, 25):
        await here.at(day, 9)
        await answers(here, ben, WRONG)
    card = await ada.says("leaderboard")
    assert "Ben" not in card.text
    mine = await ben.says("leaderboard")
    assert "You: rank 1 of 1 with 6 points." in mine.text
    assert "Nobody leads here yet." in mine.text
    await ben.says("1")
    await ben.presses(ben.letter(RIGHT))
    assert "Ben" in (await ada.says("leaderboard")).text


async def test_the_points_of_a_try_miss_on_the_day_alone(here: Here) -> None:
    """With what else was won that day they would tell; longer boards count them."""
    await here.challenge()
    await here.at(24, 9)
    ben = here.stage.person("ben")
    await answers(here, ben, WRONG)
    day = await seen(ben, lambda tx: tx.board("all", "d2026-11-24", 10))
    week = await seen(ben, lambda tx: tx.board("all", "w2026-48", 10))
    assert (day.own, week.own and week.own.points) == (None, 3)


async def test_no_minus_has_a_name(playing: Playing) -> None:
    """Who lost points stands on no board, and nobody is told to be behind them."""
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada, "1")
    await ben.answers(WRONG, after=1)
    await ada.answers(WRONG, after=3)
    await playing.ends()
    await playing.follows()
    card = await ben.says("leaderboard")
    assert "Ada" not in card.text
    assert "Ben" not in card.text
    assert "You: rank 2 of 2 with -3 points." in card.text
    assert "Nobody leads here yet." in card.text


async def test_a_game_uses_up_no_practice(playing: Playing) -> None:
    """Of practice the first ten answers of a day count, whatever was played before."""
    ada = playing.player("ada")
    await playing.begins(ada, "10")
    for _ in range(10):
        await ada.answers(RIGHT, after=3)
        await playing.ends()
        await playing.follows()
    for _ in range(11):
        await ada.says("1")
        await ada.presses(ada.letter(RIGHT))
    log = await seen(ada, lambda tx: tx.log())
    assert [row.points for row in log][10:] == [2] * 10 + [0]
    looked = findings(playing.stage.url, replay=derive)
    assert [one.text for one in looked if one.level == "bad" and one.what != "durability"] == []


async def test_rows_from_before_count_as_practice(playing: Playing) -> None:
    """An older log does not say what was a game: replay gives the streak that was kept then."""
    ada = playing.player("ada")
    await playing.begins(ada, "1")
    await ada.answers(RIGHT, after=3)
    (row,) = await seen(ada, lambda tx: tx.log())
    data = msgspec.json.decode(row.data)
    assert (data.pop("shared"), data.pop("zone")) == (True, "UTC")
    before = derive((replace(row, data=msgspec.json.encode(data)),)).streak
    written = b'{"days":1,"last":"2026-11-23","best":1,"done":1,"today":1}'
    kept = msgspec.json.decode(written, type=Streak)
    assert before == kept
    assert (before.practised, derive((row,)).streak.practised) == (1, 0)

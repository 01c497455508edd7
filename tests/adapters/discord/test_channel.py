"""Presses on messages that everybody sees: each gets an answer of its own, the message stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.discord.arrivals import read
from adapters.discord.render import message, token
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.tokens import parse
from tests.adapters.discord import payloads
from tests.adapters.discord.drill import Drill, Rows, door, race
from tests.adapters.discord.rules import walk
from tests.adapters.discord.wire import Posted
from tests.drivers.discord import DiscordDriver, driving, screen


@pytest.fixture
def drill() -> Drill:
    return Drill()


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
async def discord(drill: Drill, rows: Rows) -> AsyncIterator[DiscordDriver]:
    async with driving(door(drill, rows)) as driver:
        yield driver


async def _game(discord: DiscordDriver) -> Posted:
    post = Post(dedupe="game", where="place", target=f"discord:{payloads.PLACE}", card=race())
    await discord.client.poster.send(post)
    [posted] = discord.wire.posted.values()
    return posted


async def test_a_daily_is_answered_in_private(discord: DiscordDriver) -> None:
    """
    A press on the daily opens a private card; what is pressed there changes that card alone.
    """
    await discord.command("ann", "daily")
    [daily] = discord.wire.posted.values()
    before = daily.body
    chosen = await discord.press("ben", "C")
    locked = await discord.press("ben", "Lock in")
    other = await discord.press_on("cem", daily, "pick:all:A")

    assert (chosen.private, chosen.buttons) == (True, ("Lock in",))
    assert (locked.text, locked.private) == ("C is locked in.", True)
    assert other.text == "You chose A."
    assert daily.body == before
    private = [one for one in discord.wire.posted.values() if one.only]
    assert [screen(one).text for one in private] == ["C is locked in.", "You chose A."]


async def test_a_form_from_a_public_message(discord: DiscordDriver) -> None:
    """
    A form that is opened from a message of everybody is answered in private, rightly or wrongly.
    """
    await discord.command("ann", "daily")
    [daily] = discord.wire.posted.values()
    before = daily.body
    opened = await discord.press("ben", "Type it")
    wrong = await discord.fill("ben", {"answer": "nonsense"})
    await discord.press("ben", "Open the form again")
    right = await discord.fill("ben", {"answer": "HEAD"})

    assert opened.fields == ("Your answer", "How sure?")
    assert (wrong.private, right.private, right.tone) == (True, True, "good")
    assert daily.body == before
    assert len([one for one in discord.wire.posted.values() if one.only]) == 1


async def test_a_whole_channel_presses_in_passing(discord: DiscordDriver, drill: Drill) -> None:
    """
    Fifty people press on a game's message at once: fifty whispers, and the message stays.
    """
    posted = await _game(discord)
    before = posted.body
    several = []
    for number in range(50):
        data, more = payloads.press("~race:B", posted)
        several.append(discord.payload(f"p{number}", payloads.PRESS, data, posted, **more))
    await discord.deliver(*several)

    assert posted.body == before
    talks = [discord.wire.talks[one["token"]] for one in several]
    assert {talk.answered for talk in talks} == {4}
    assert [[one.only for one in talk.shown] for talk in talks] == [[t.person] for t in talks]
    assert {one.token for one in drill.events if isinstance(one, Press)} == {"~race:B"}


async def test_the_same_token_twice_on_a_card(discord: DiscordDriver, drill: Drill) -> None:
    """
    What is pressed in passing keeps its mark through a custom id, also as the second of its kind.
    """
    body = message(race()).body
    ids = [part["custom_id"] for part in walk(body["components"]) if "custom_id" in part]
    assert ids == ["~race:A", "~race:B", "~race:C", "~race:D", "~race:A#2"]
    for custom_id in ids:
        data, more = payloads.press(custom_id, Posted("900", "300", body))
        place = payloads.in_server(payloads.user("41", "ann"))
        arrival = read(payloads.interaction(payloads.PRESS, data, **place, **more))
        assert arrival
        pressed = parse(token(arrival.data.custom_id))
        assert pressed
        assert (pressed.verb, pressed.passing, pressed.form) == ("race", True, False)

    await _game(discord)
    seen = await discord.press("ann", "A, sure")
    assert (seen.text, seen.private) == ("A it is.", True)


async def test_a_slow_database(discord: DiscordDriver, rows: Rows) -> None:
    """
    A press whose answer comes late is acknowledged in time without touching the public message.
    """
    posted = await _game(discord)
    before = posted.body
    rows.gate.clear()
    asyncio.get_running_loop().call_later(1.6, rows.gate.set)
    seen = await discord.press_on("ann", posted, "~race:C")

    assert (seen.text, seen.private) == ("C it is.", True)
    assert [body["type"] for body in discord.wire.bodies("/callback")] == [6]
    assert posted.body == before

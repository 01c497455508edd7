"""The client at the wire: interactions in at the gateway's parser, requests out by HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord.app import Settings, create
from bot.chat.events import Command, Press
from tests.adapters.discord import payloads
from tests.adapters.discord.drill import PNG, Drill, Rows, door
from tests.adapters.discord.rules import DOCUMENT
from tests.adapters.discord.wire import Refusal
from tests.drivers.discord import DiscordDriver, Memory, driving
from tests.drivers.screen import Screen


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


@pytest.fixture
async def direct(drill: Drill) -> AsyncIterator[DiscordDriver]:
    async with driving(door(drill), direct=True) as driver:
        yield driver


async def test_a_command_is_answered_in_private(discord: DiscordDriver) -> None:
    """
    A question asked in a channel is seen by its asker alone, with letters on its buttons.
    """
    seen = await discord.command("ann", "/quiz databases")

    assert seen == Screen(
        title="2 of 5 · The reflog · mid",
        text="Why this: new, and little tested so far\n\nWhat does git reflog show?\n\n"
        "A) The commits of all branches\nB) Where HEAD has been\nC) What was fetched last\n"
        "D) The staged files",
        buttons=("A", "B", "C", "D", "Don't know", "Hint", "Type it"),
        tone="plain",
        private=True,
    )


async def test_a_press_replaces_the_private_message(discord: DiscordDriver) -> None:
    """
    The verdict stands where the question stood; there is one message in the end.
    """
    await discord.command("ann", "quiz")
    seen = await discord.press("ann", "B")

    assert (seen.tone, seen.private, seen.also) == ("good", True, ())
    assert seen.text.startswith("✓ Right: B) Where HEAD has been\n\nThe reflog keeps")
    assert seen.links == (("git-reflog, Description", "https://git-scm.com/docs/git-reflog"),)
    assert seen.note == "Checked: commands run in bash · Back on Thursday"
    assert len(discord.wire.posted) == 1


async def test_twenty_minutes_and_a_restart_later(drill: Drill, discord: DiscordDriver) -> None:
    """
    A message of a client that is gone is changed by the next one: its press brings a fresh token.
    """
    await discord.command("ann", "quiz")
    discord.wire.now += timedelta(minutes=20)
    async with driving(door(drill), wire=discord.wire) as later:
        [old] = discord.wire.posted.values()
        await later.press("ann", "C")

    assert len(discord.wire.posted) == 1
    assert "✗ Not right" in old.body["components"][0]["components"][0]["content"]


async def test_pressed_twice(drill: Drill, discord: DiscordDriver) -> None:
    """
    Two presses at once, and one press delivered twice, leave one message and raise nothing.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    own = discord._user("ann")["id"]
    data, more = payloads.press(f"pick:{own}:B", posted)
    first = discord.payload("ann", payloads.PRESS, data, posted, **more)
    second = discord.payload("ann", payloads.PRESS, data, posted, **more)
    await discord.deliver(first, second, first)

    assert len(discord.wire.posted) == 1
    assert len([event for event in drill.events if isinstance(event, Press)]) == 2


async def test_the_same_event_twice_is_logged_once(
    discord: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """
    Discord's "already acknowledged" is one line at level info.
    """
    caplog.set_level(logging.INFO, "sparring.discord")
    data = {"id": "7", "name": "quiz", "type": 1}
    payload = discord.payload("ann", payloads.COMMAND, data)
    await discord.deliver(payload, payload)

    assert [record.levelname for record in caplog.records if "sparring" in record.name] == ["INFO"]


async def test_too_late(discord: DiscordDriver, caplog: pytest.LogCaptureFixture) -> None:
    """
    An event that comes after its three seconds is logged once at info and never raised.
    """
    caplog.set_level(logging.INFO, "sparring.discord")
    payload = discord.payload("ann", payloads.COMMAND, {"id": "7", "name": "quiz", "type": 1})
    discord.wire.now += timedelta(seconds=4)
    await discord.deliver(payload)

    assert [record.levelname for record in caplog.records if "sparring" in record.name] == ["INFO"]


async def test_a_stranger(discord: DiscordDriver) -> None:
    """
    Who presses somebody else's button is told in private; the question stays as it was.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    before = posted.body
    own = discord._user("ann")["id"]
    seen = await discord.press_on("eve", posted, f"pick:{own}:B")

    assert seen.private
    assert seen.text == "This quiz is somebody else's. /quiz starts yours."
    assert posted.body == before


async def test_a_press_on_a_public_message(discord: DiscordDriver) -> None:
    """
    A public message stays; its presser gets a private one, which the next press replaces.
    """
    shown = await discord.command("ann", "daily")
    chosen = await discord.press("ben", "C")

    assert not shown.private
    assert (chosen.text, chosen.private) == ("You chose C.", True)
    assert len(discord.wire.posted) == 2


async def test_an_extra_private_message(discord: DiscordDriver) -> None:
    """
    A second card of a reply is a message of its own that only the presser sees.
    """
    await discord.command("ann", "quiz")
    seen = await discord.press("ann", "Hint")

    assert seen.text.endswith("Hint: not C.")
    assert [(one.text, one.private) for one in seen.also] == [("A hint costs nothing.", True)]


async def test_a_card_for_everybody(discord: DiscordDriver) -> None:
    """
    A card for the place is seen by all; a private one beside it is not.
    """
    seen = await discord.command("ann", "progress")

    assert not seen.private
    assert seen.picture == "A bar for each of two people"
    assert [one.private for one in seen.also] == [True]


async def test_a_picture_travels_with_its_message(discord: DiscordDriver) -> None:
    """
    The PNG is uploaded under the name that the message shows; replacing the card takes it away.
    """
    await discord.command("ann", "leaderboard")
    [posted] = discord.wire.posted.values()
    assert posted.files == {"picture.png": PNG}

    seen = await discord.press("ann", "All time")

    assert seen.text == "Board of all"
    assert (posted.files, posted.body["attachments"]) == ({}, [])


async def test_direct_conversations(direct: DiscordDriver, drill: Drill) -> None:
    """
    In direct messages a quiz is a normal message, changed in place, and there is no community.
    """
    await direct.command("ann", "quiz")
    await direct.press("ann", "B")
    [posted] = direct.wire.posted.values()
    origin = drill.events[-1].origin

    assert posted.only == ""
    assert (origin.community, origin.private, origin.admin) == ("", True, None)
    assert origin.place == f"discord:{posted.place}"


async def test_a_form_repeats_the_question(discord: DiscordDriver) -> None:
    """
    A button that wants a form opens a modal with the whole question above its fields.
    """
    await discord.command("ann", "quiz")
    form = await discord.press("ann", "Type it")

    assert form.fields == ("Your answer", "How sure?")
    assert "What does git reflog show?" in form.text
    assert form.text.endswith("D) The staged files")

    seen = await discord.fill("ann", {"Your answer": "HEAD", "sure": ("yes",)})

    assert seen.text.startswith("✓ Right")
    assert len(discord.wire.posted) == 1


async def test_a_form_with_errors(discord: DiscordDriver, drill: Drill) -> None:
    """
    Errors come in private by field, with what was typed and a button that opens the form again.
    """
    await discord.command("ann", "quiz")
    await discord.press("ann", "Type it")
    seen = await discord.fill("ann", {"Your answer": "nonsense"})

    assert seen.private
    assert seen.buttons == ("Open the form again",)
    assert seen.text == (
        "Not sent yet, and nothing was counted.\n\n"
        "Your answer: I found no number in it.\nHow sure?: Choose one.\n\n"
        "What you wrote:\n\nnonsense"
    )

    again = await discord.press("ann", "Open the form again")
    assert again.fields == ("Your answer", "How sure?")
    assert (await discord.fill("ann", {"Your answer": "HEAD"})).tone == "good"


async def test_a_form_that_leads_nowhere(discord: DiscordDriver) -> None:
    """
    Where the question is over, the person reads a sentence instead of a form.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    seen = await discord.press_on("ann", posted, "!typed:gone")

    assert (seen.text, seen.private) == ("That question is over.", True)


async def test_what_was_typed_arrives(discord: DiscordDriver, drill: Drill) -> None:
    """
    The fields of a form, the chosen option of a menu and arguments of all kinds reach the core.
    """
    discord.admins.add("ann")
    await discord.command("ann", "quiz")
    await discord.press("ann", "Type it")
    await discord.fill("ann", {"answer": "HEAD", "sure": ("no",)})
    await discord.command("ann", "leaderboard")
    await discord.press("ann", "Last week")
    await discord.command("ann", "challenge channel:5 role:6 helper:7 at:09:00")
    await discord.command("ann", "quiz sql+git senior count:10")

    sent, chosen = (event for event in drill.events if isinstance(event, Press))
    assert (sent.values, chosen.values) == ({"answer": "HEAD", "sure": ("no",)}, {"value": "last"})
    called = [event for event in drill.events if isinstance(event, Command)][-2:]
    assert [(one.name, one.args) for one in called] == [
        (
            "challenge",
            {
                "channel": "discord:5",
                "role": "discord:6",
                "helper": "discord:7",
                "at": "09:00",
            },
        ),
        ("quiz", {"words": "sql+git senior", "count": "10"}),
    ]


async def test_who_where_and_when(discord: DiscordDriver, drill: Drill) -> None:
    """
    The origin holds what Discord vouches for; the time is Discord's own, to the millisecond.
    """
    discord.admins.add("ann")
    await discord.command("ann", "quiz")
    discord.wire.now += timedelta(milliseconds=1234)
    await discord.command("ben", "quiz")
    ann, ben = (event.origin for event in drill.events)

    assert (ann.person, ann.place, ann.community) == ("discord:41", "discord:300", "discord:700")
    assert (ann.name, ann.locale, ann.private, ann.ours) == ("ann", "en-US", False, False)
    assert (ann.admin, ben.admin) == (True, False)
    assert ann.at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert ben.at - ann.at == timedelta(milliseconds=1234)
    assert ann.key != ben.key


async def test_autocomplete(discord: DiscordDriver) -> None:
    """
    What is offered comes from the door; what could not be sent back whole is not offered.
    """
    assert await discord.suggest("ann", "quiz", "words", "data") == ["databases", "data structures"]
    assert await discord.suggest("ann", "quiz", "words", "x") == []
    assert await discord.suggest("ann", "review", "words", "data") == []


async def test_nothing_to_say(discord: DiscordDriver) -> None:
    """
    A press without an answer is acknowledged, a command without one is told so.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    await discord.press_on("ann", posted, "silent")

    assert discord.wire.requests[-1].body == {"type": 6}
    assert (await discord.command("ann", "settings")).text == "Done."


async def test_a_slow_core(discord: DiscordDriver, drill: Drill, rows: Rows) -> None:
    """
    After a second and a half a late answer is announced; it then takes the announcement's place.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    data, more = payloads.press(f"pick:{discord._user('ann')['id']}:B", posted)
    press = discord.payload("ann", payloads.PRESS, data, posted, **more)
    called = [
        discord.payload(person, payloads.COMMAND, {"id": "7", "name": name, "type": 1})
        for person, name in [("ben", "quiz"), ("cem", "daily"), ("eve", "settings")]
    ]
    rows.gate.clear()
    begun = len(discord.wire.requests)
    asyncio.get_running_loop().call_later(1.7, rows.gate.set)
    async with driving(door(drill, rows), wire=discord.wire, direct=True) as direct:
        own = direct.payload("dora", payloads.COMMAND, {"id": "7", "name": "quiz", "type": 1})
        await asyncio.gather(discord.deliver(press, *called), direct.deliver(own))

    first = [one.body for one in discord.wire.requests[begun:] if one.path.endswith("/callback")]
    assert sorted(body["type"] for body in first) == [5, 5, 5, 5, 6]
    assert "✓ Right" in str(posted.body)
    ben, cem, eve = ([s.body for s in discord.wire.talks[c["token"]].shown] for c in called)
    assert ["reflog" in str(body) for body in ben] == [True]
    assert ["for everybody" in str(cem[0]), "reflog" in str(cem[1])] == [True, True]
    assert "Done" in str(eve)
    assert [one.only for one in discord.wire.talks[own["token"]].shown] == [""]


async def test_a_thread_under_the_pressed_message(discord: DiscordDriver) -> None:
    """
    A card for the thread opens it once; without the right to do so it goes to the channel.
    """
    await discord.command("ann", "daily")
    [posted] = discord.wire.posted.values()
    await discord.press_on("ann", posted, "threads")
    await discord.press_on("ann", posted, "threads")
    inside = [one for one in discord.wire.posted.values() if one.place == posted.id]
    assert len(inside) == 2
    assert len(discord.wire.lines("/threads")) == 1

    discord.wire.refuse[f"POST /channels/{posted.id}/messages"] = [Refusal(403, 50013)]
    seen = await discord.press_on("ann", posted, "threads")
    assert (seen.title, seen.private) == ("Yesterday", False)


@pytest.mark.skipif(not DOCUMENT.exists(), reason="../shared/platforms is what refuses it")
async def test_what_we_draw_wrong_is_confessed(
    discord: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """
    A message that Discord refuses is a bug of ours: logged once with a number that is told.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    seen = await discord.press_on("ann", posted, "large")
    discord.wire.violations.clear()

    [error] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert seen.text.startswith("Something broke on my side")
    assert error.getMessage().split()[1] in seen.text


async def test_a_bug_while_opening_a_form(
    discord: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """
    A fault behind a form's button is told like any other.
    """
    await discord.command("ann", "quiz")
    [posted] = discord.wire.posted.values()
    seen = await discord.press_on("ann", posted, "!bug")

    assert seen.text.startswith("Something broke on my side")
    assert "planted" in caplog.text


async def test_discord_out_of_reach(
    discord: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """
    A connection that breaks is one warning.
    """
    base = discord.wire.url
    payload = discord.payload("ann", payloads.COMMAND, {"id": "7", "name": "quiz", "type": 1})
    from discord.http import Route  # noqa: PLC0415 - the fixture has the package's name

    Route.BASE = "http://127.0.0.1:9"
    await discord.deliver(payload)
    Route.BASE = base

    assert [r.levelname for r in caplog.records if r.name == "sparring.discord"] == ["WARNING"]


async def test_written_to(direct: DiscordDriver) -> None:
    """
    Text to the bot gets one line and a button that begins a quiz; servers and bots get nothing.
    """
    ann = payloads.user("41", "ann")
    said = {"id": "5", "channel_id": "741", "author": ann, "content": "", "type": 0}
    parse = direct.client._connection.parse_message_create
    parse(said)  # type: ignore[arg-type]
    parse(said | {"guild_id": "700"})  # type: ignore[arg-type]
    parse(said | {"author": ann | {"bot": True}})  # type: ignore[arg-type]
    parse(said | {"type": 7})  # type: ignore[arg-type]
    parse({"id": "5"})  # type: ignore[typeddict-item]
    await direct.settle()

    [posted] = direct.wire.posted.values()
    assert posted.place == "741"
    assert "type `/quiz`" in str(posted.body)
    assert (await direct.press("ann", "Start a quiz")).title == "2 of 5 · The reflog · mid"


async def test_commands_are_registered_once(drill: Drill) -> None:
    """
    The same commands are not registered again; a failure is not taken for a success.
    """
    kept = Memory()
    async with driving(door(drill), kept=kept) as first:
        wire = first.wire
        async with driving(door(drill), wire=wire, kept=kept):
            assert len(wire.lines("/commands")) == 1
        kept.word = "another tree"
        wire.refuse["/commands"] = [Refusal(400, 30034)]
        async with driving(door(drill), wire=wire, kept=kept):
            assert kept.word == "another tree"
        async with driving(door(drill), wire=wire, kept=kept):
            assert len(wire.lines("/commands")) == 3
    assert [one["name"] for one in wire.commands] == [
        "quiz",
        "daily",
        "leaderboard",
        "progress",
        "sparring",
    ]


async def test_nothing_privileged(discord: DiscordDriver, caplog: pytest.LogCaptureFixture) -> None:
    """
    The client asks for direct messages alone, mentions nobody, and starts without a warning.
    """
    create(door(), Settings(), Memory())
    assert caplog.records == []
    intents = discord.client.intents
    assert [name for name, on in intents if on] == ["dm_messages"]
    assert discord.client.allowed_mentions is not None
    assert discord.client.allowed_mentions.to_dict()["parse"] == []

"""Conversations in simcord, a Discord by other hands with its own rules and its own clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import simcord

from adapters.discord.app import Client, Settings, create
from bot.chat.cards import Card
from bot.chat.posts import Post
from tests.adapters.discord.drill import Drill, door
from tests.adapters.discord.rules import walk
from tests.drivers.discord import Memory, unmarked

Env = simcord.Env


def _client(kept: Memory | None = None) -> Client:
    return create(door(Drill()), Settings(), kept or Memory())


@pytest.fixture
def simcord_bot() -> Client:
    return _client()


@pytest.fixture
def env(simcord_env: Env) -> Env:
    return simcord_env


def _people(env: Env) -> Any:
    guild = env.create_guild()
    channel = guild.create_text_channel("backend")
    return guild, channel, [guild.add_member(env.create_user(name)) for name in ("ann", "eve")]


def _text(response: Any) -> str:
    parts = response.components
    return unmarked("\n".join(part["content"] for part in walk(parts) if part["type"] == 10))


async def test_a_scripted_conversation(env: Env) -> None:
    """
    Command, wrong form, right form, next, hint: one private message, changed in place.
    """
    _, channel, (ann, _) = _people(env)
    asked = await ann.slash(channel, "quiz", words="git mid", count=5)
    assert asked.ephemeral
    assert "What does git reflog show?" in _text(asked.response)

    opened = await ann.click(asked.response, label="Type it")
    assert opened.modal
    assert opened.modal["title"] == "2 of 5 · The reflog · mid"
    wrong = await ann.submit_modal(opened, {"answer": "nonsense"})
    assert wrong.ephemeral
    assert "I found no number in it." in _text(wrong.response)

    again = await ann.click(wrong.response, label="Open the form again")
    right = await ann.submit_modal(again, {"answer": "HEAD", "sure": ["yes"]})
    assert _text(right.response).count("✓ Right") == 1
    assert right.response.id == wrong.response.id

    following = await ann.click(right.response, label="Next")
    hinted = await ann.click(following.response, label="Hint")
    assert hinted.response.id == right.response.id
    assert [note.ephemeral for note in hinted.followups] == [True]


async def test_a_restart_and_twenty_minutes(env: Env) -> None:
    """
    A press on a message of an earlier process, its token long dead, changes that message.
    """
    _, channel, (ann, _) = _people(env)
    asked = await ann.slash(channel, "quiz")
    await env.advance_time(20 * 60)
    await env.restart_bot(_client())
    pressed = await ann.click(asked.response, label="B")

    assert pressed.response.id == asked.response.id
    assert "✓ Right" in _text(pressed.response)


async def test_another_person(env: Env) -> None:
    """
    On a public message everybody gets an answer of their own, which only they see.
    """
    _, channel, (ann, eve) = _people(env)
    posted = await ann.slash(channel, "daily")
    assert not posted.ephemeral

    chosen = await eve.click(posted.response, label="C")

    assert chosen.ephemeral
    assert _text(chosen.response) == "You chose C."


async def test_pictures_and_menus(env: Env) -> None:
    """
    A card with a picture and a menu is private; choosing replaces it and takes the picture away.
    """
    _, channel, (ann, _) = _people(env)
    board = await ann.slash(channel, "leaderboard", period="week")
    assert [one.filename for one in board.response.attachments] == ["picture.png"]

    chosen = await ann.select(board.response, ["last"])

    assert _text(chosen.response) == "Board of last"
    assert chosen.response.attachments == []


async def test_subcommands_and_completions(env: Env) -> None:
    """
    What does not stand alone is called under `/sparring`; words are completed while typed.
    """
    guild, channel, _ = _people(env)
    role = guild.create_role("Teachers", permissions=discord.Permissions(manage_guild=True))
    ann = guild.add_member(env.create_user("ann of the teachers"), roles=[role])
    said = await ann.slash(channel, "sparring challenge", channel=channel, role=role, helper=ann)
    offered = await ann.autocomplete(channel, "quiz", "words", "data")

    assert f"discord:{channel.id}" in _text(said.response)
    assert f"discord:{role.id}" in _text(said.response)
    assert [one["value"] for one in offered] == ["databases", "data structures"]


async def test_direct_messages(env: Env) -> None:
    """
    Text to the bot gets one line and a button; the quiz behind it is a normal message.
    """
    user = env.create_user("dora")
    await user.send_dm("hello?")
    [greeting] = [one async for one in _history(env, user) if one.author.bot]
    asked = await user.click(greeting, label="Start a quiz")

    assert not asked.ephemeral
    assert "git reflog" in _text(asked.response)
    assert len(user.available_commands()) == 7


async def _history(env: Env, user: Any) -> AsyncIterator[discord.Message]:
    channel = await env.bot.fetch_channel(user.dm_channel.id)
    assert isinstance(channel, discord.DMChannel)
    async for message in channel.history():
        yield message


async def test_a_new_server_hears_nothing(env: Env) -> None:
    """
    Joining a server sends no message to anybody.
    """
    before = len(env.http_requests)
    _people(env)
    await env.settle()

    assert [one for one in env.http_requests[before:] if one.method != "GET"] == []


async def test_posts_and_threads(env: Env) -> None:
    """
    A daily is posted once and edited; talk about it goes to its thread.
    """
    assert isinstance(env.bot, Client)
    _, channel, _ = _people(env)
    poster = env.bot.poster
    place = f"discord:{channel.id}"
    card = Card(view="daily", title="Daily", text="What?")
    daily = await poster.send(Post(dedupe="d1", where="place", target=place, card=card))
    closed = Card(view="closed", title="Daily · closed", text="That.")
    await poster.send(Post(dedupe="d2", where="place", target=place, card=closed, edits=daily))
    split = Post(dedupe="d3", where="thread", target=place, card=closed, under=daily)
    await poster.send(split)

    [thread] = [one for one in env.backend.channels.values() if one.type == 11]
    assert daily.id == f"{channel.id}/{thread.id}"
    assert thread.name == "Daily · closed"
    assert "That." in str(env.backend.get_message(channel.id, thread.id).components)


async def test_commands_survive_a_restart(env: Env) -> None:
    """
    With the fingerprint kept, a restart registers nothing, and the commands go on working.
    """
    kept = Memory()
    await env.restart_bot(_client(kept))
    before = [one for one in env.http_requests if one.path.endswith("/commands")]
    await env.restart_bot(_client(kept))
    after = [one for one in env.http_requests if one.path.endswith("/commands")]
    _, channel, (ann, _) = _people(env)

    assert len(after) == len(before)
    assert (await ann.slash(channel, "quiz")).ephemeral

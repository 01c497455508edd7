"""Games whose message cannot be shown, or is deleted, and games that all answer at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.chat.posts import Message, Post, Refused
from tests.core.challenging import LACKS, Port
from tests.core.moderating import seen
from tests.games.channel import PLACE, Channel, Playing, questions
from tests.stage import Stage

RIGHT = "Both succeed"


class Moderated(Channel):
    """A channel in which a moderator deletes messages: edits of those are refused."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.deleted: set[str] = set()
        self.closed = False

    async def send(self, post: Post, *, first: bool = False) -> Message:
        if post.edits and post.edits.id in self.deleted:
            raise Refused("the message is gone")
        if self.closed and post.where != "direct":
            raise Refused("I may not write there", gone=True)
        return await super().send(post, first=first)


@pytest.fixture
async def playing(url: str, guarded: None) -> AsyncIterator[Playing]:
    """A channel with a moderator on each database, with a bank of twelve."""
    stage = Stage(url, questions(12))
    yield Playing(stage, Moderated(stage))
    await stage.close()


def moderated(playing: Playing) -> Moderated:
    assert isinstance(playing.channel, Moderated)
    return playing.channel


async def test_a_game_begins_only_where_it_can_be_shown(playing: Playing) -> None:
    """What is lacking is said before anything begins; what is optional hinders nothing."""
    port = playing.stage.rights["discord"] = Port()
    port.missing = {PLACE: LACKS}
    ada = playing.player("ada")
    said = await ada.says("together databases 3")
    assert said.text.startswith("No game can begin here. What I lack first:")
    assert all(one in said.text for one in LACKS)
    assert await seen(ada, lambda tx: tx.games()) == ()
    port.missing = {PLACE: ("Optional: I cannot read old messages.",)}
    assert (await ada.says("together databases 3")).view == "game-starting"
    (game,) = await seen(ada, lambda tx: tx.games())
    assert (game.words, len(game.asked)) == ("databases 3", 3)


async def test_a_game_that_cannot_be_shown_is_told_to_its_starter(playing: Playing) -> None:
    """The channel refuses the first question: whoever began it learns why, once."""
    ada = playing.player("ada")
    await ada.says("together")
    channel = moderated(playing)
    channel.closed = True
    for _ in range(3):
        playing.stage.clock.forward(minutes=1)
        await playing.work.tick()
    (post,) = channel.posts
    assert (post.where, post.target, post.card.view) == ("direct", "discord:ada", "game-unshown")
    assert "I may not write there" in post.card.text
    (game,) = await seen(ada, lambda tx: tx.games())
    assert game.state == "stopped"
    channel.closed = False
    assert (await ada.says("together")).view == "game-starting"


async def test_a_deleted_message_is_posted_anew_and_the_game_goes_on(playing: Playing) -> None:
    """Deleted in mid-game, the split stands in a new message, and so does all that follows."""
    ada = playing.player("ada")
    await playing.begins(ada, "2")
    channel = moderated(playing)
    await ada.answers(RIGHT, after=3)
    channel.deleted.add("m1")
    await playing.ends()
    await playing.forward()
    assert playing.channel.card.view == "game-split"
    (game,) = await seen(ada, lambda tx: tx.games())
    assert game.message is not None
    assert game.message.id != "m1"
    card = await playing.follows()
    assert (card.view, card.title[:6]) == ("game-question", "2 of 2")
    await ada.answers(RIGHT, after=3)
    channel.deleted.add(game.message.id)
    await playing.ends()
    await playing.forward()
    await playing.follows()
    assert playing.channel.card.view == "game-over"
    assert "Ada" in playing.channel.card.text
    (game,) = await seen(ada, lambda tx: tx.games())
    assert game.state == "done"
    assert all(post.where != "direct" for post in channel.posts)


async def test_a_closed_channel_ends_the_game_and_says_so(playing: Playing) -> None:
    """Removed from the channel in mid-game, the bot tells the starter; answers stay."""
    ada = playing.player("ada")
    await playing.begins(ada, "3")
    await ada.answers(RIGHT, after=3)
    channel = moderated(playing)
    channel.closed = True
    await playing.ends()
    await playing.follows()
    assert [post.card.view for post in channel.posts if post.where == "direct"] == ["game-unshown"]
    (game,) = await seen(ada, lambda tx: tx.games())
    assert game.state == "stopped"
    assert len(await seen(ada, lambda tx: tx.log())) == 1


async def test_everybody_at_once_ends_the_question(playing: Playing) -> None:
    """All who played answer in one batch: the question does not wait for its time."""
    players = [playing.player(f"p{n}") for n in range(8)]
    await playing.begins(players[0], "3")
    for one in players:
        await one.answers(RIGHT, after=3)
    await playing.ends()
    await playing.follows()
    playing.stage.clock.forward(seconds=4)
    await asyncio.gather(*(one.touches("A") for one in players))
    assert (await playing.forward(1)).view == "game-split"

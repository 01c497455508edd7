"""What the bot says unasked, at the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.discord.post import Poster
from bot.chat.cards import Card
from bot.chat.posts import Later, Message, Post, Refused, Where
from tests.adapters.discord.drill import PNG, board, door, question
from tests.adapters.discord.wire import Refusal, Wire
from tests.drivers.discord import DiscordDriver, driving

TALK = Card(view="split", title="Yesterday", text="9 of 14 right")


@pytest.fixture
async def driver() -> AsyncIterator[DiscordDriver]:
    async with driving(door()) as opened:
        yield opened


@pytest.fixture
def wire(driver: DiscordDriver) -> Wire:
    return driver.wire


@pytest.fixture
def poster(driver: DiscordDriver) -> Poster:
    return driver.client.poster


def _post(
    dedupe: str,
    where: Where = "place",
    target: str = "discord:300",
    card: Card | None = None,
    edits: Message | None = None,
    under: Message | None = None,
) -> Post:
    card = card or question()
    return Post(dedupe=dedupe, where=where, target=target, card=card, edits=edits, under=under)


async def test_the_same_post_is_shown_once(poster: Poster, wire: Wire) -> None:
    """
    A post that is sent again, as after a crash, becomes the message that is there already.
    """
    first = await poster.send(_post("daily 300 2026-11-25"))
    again = await poster.send(_post("daily 300 2026-11-25"))
    other = await poster.send(_post("daily 300 2026-11-26"))

    assert first == again
    assert first != other
    assert len(wire.posted) == 2
    nonces = [body["nonce"] for body in wire.bodies("/messages")]
    assert len(set(nonces)) == 2
    assert all(len(nonce) == 25 for nonce in nonces)


async def test_an_edit_changes_the_message(poster: Poster, wire: Wire) -> None:
    """
    An edit goes to the message it names, with its picture if it has one.
    """
    sent = await poster.send(_post("one"))
    edited = await poster.send(_post("two", card=board("place"), edits=sent))

    [posted] = wire.posted.values()
    assert edited == sent
    assert posted.files == {"picture.png": PNG}
    assert "nonce" not in posted.body


async def test_a_picture_in_a_post(poster: Poster, wire: Wire) -> None:
    """
    A new message carries its picture.
    """
    await poster.send(_post("one", card=board("place")))

    [posted] = wire.posted.values()
    assert posted.files == {"picture.png": PNG}


async def test_a_thread_is_opened_once(poster: Poster, wire: Wire) -> None:
    """
    Messages under a message go to its thread, which is named after the first of them.
    """
    daily = await poster.send(_post("daily"))
    one = await poster.send(_post("reveal", "thread", card=TALK, under=daily))
    two = await poster.send(_post("more", "thread", card=TALK, under=daily))

    own = daily.id.partition("/")[2]
    assert [message.id.partition("/")[0] for message in (one, two)] == [own, own]
    assert [body["name"] for body in wire.bodies("/threads")] == ["Yesterday"]


async def test_a_thread_that_is_a_place(poster: Poster, wire: Wire) -> None:
    """
    Without a message to stand under, the target is the thread itself.
    """
    sent = await poster.send(_post("reveal", "thread", "discord:500", TALK))

    assert sent.id.startswith("500/")


async def test_direct_messages(poster: Poster, wire: Wire) -> None:
    """
    A direct message opens the conversation first.
    """
    sent = await poster.send(_post("reminder", "direct", "discord:41", TALK))

    assert wire.bodies("/users/@me/channels") == [{"recipient_id": "41"}]
    assert sent.id.startswith("741/")


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (403, 50007, "the person takes no direct messages"),
        (404, 10003, "the channel is gone"),
        (403, 50001, "I cannot see the channel"),
        (403, 50013, "I may not write there"),
        (400, 50083, "the thread is archived"),
        (400, 50035, "Discord says 400, code 50035"),
    ],
)
async def test_refused(poster: Poster, wire: Wire, status: int, code: int, why: str) -> None:
    """
    What another try will not mend is refused, with the reason.
    """
    wire.refuse["/messages"] = [Refusal(status, code)]
    with pytest.raises(Refused) as refused:
        await poster.send(_post("x"))

    assert str(refused.value) == why
    assert len(wire.lines("/messages")) == 1


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (Refusal(429, 0, **{"Retry-After": "61.5"}), 61.5),
        (Refusal(401, 0), 600),
        (Refusal(503, 0), 15),
        (Refusal(400, 30046), 60),
    ],
    ids=["limited", "token", "down", "edits"],
)
async def test_later(poster: Poster, wire: Wire, refusal: Refusal, seconds: float) -> None:
    """
    What will pass is tried later: after the time that Discord names, or a time of ours.
    """
    wire.refuse["/messages"] = [refusal]
    with pytest.raises(Later) as later:
        await poster.send(_post("x"))

    assert later.value.seconds == seconds
    assert (await poster.send(_post("x"))).platform == "discord"


async def test_a_short_wait_is_sat_out(poster: Poster, wire: Wire) -> None:
    """
    A rate limit within discord.py's patience costs nothing but the wait.
    """
    wire.refuse["/messages"] = [Refusal(429, 0, **{"Retry-After": "0.05"})]
    await poster.send(_post("x"))

    assert len(wire.lines("/messages")) == 2


async def test_banned_by_cloudflare(poster: Poster, wire: Wire) -> None:
    """
    A 429 that does not come from Discord itself means ten minutes of silence.
    """
    wire.refuse["/messages"] = [Refusal(429, 0, Via="")]
    with pytest.raises(Later) as later:
        await poster.send(_post("x"))

    assert later.value.seconds == 600


async def test_nobody_there(driver: DiscordDriver) -> None:
    """
    When the connection breaks, the post is for later.
    """
    from discord.http import Route  # noqa: PLC0415 - as late as the client's address is set

    Route.BASE = "http://127.0.0.1:9"
    with pytest.raises(Later):
        await driver.client.poster.send(_post("x"))
    Route.BASE = driver.wire.url


@pytest.mark.parametrize(
    "post",
    [
        _post("x", "home", "discord:41"),
        _post("x", target="slack:T1/C2"),
        _post("x", target="discord:x"),
        _post("x", edits=Message("slack", "1/2")),
        _post("x", edits=Message("discord", "12")),
        _post("x", "thread", under=Message("discord", "1/x")),
    ],
    ids=["home", "slack", "no id", "slack's message", "half a message", "no message"],
)
async def test_not_for_discord(poster: Poster, wire: Wire, post: Post) -> None:
    """
    What Discord has not, or what is another platform's, is refused without a request.
    """
    before = len(wire.requests)
    with pytest.raises(Refused):
        await poster.send(post)

    assert len(wire.requests) == before


async def test_a_message_that_is_gone(poster: Poster, wire: Wire) -> None:
    """
    Neither can a deleted message be edited nor talked about under.
    """
    gone = Message("discord", "300/12345")
    with pytest.raises(Refused, match="gone"):
        await poster.send(_post("x", edits=gone))

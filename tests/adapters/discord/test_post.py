"""What the bot says unasked, at the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.calls import IN_FLIGHT
from adapters.discord.post import Poster
from bot.chat.cards import Card
from bot.chat.posts import Later, Message, Post, Refused, Where
from tests.adapters.discord.drill import PNG, board, door, question
from tests.adapters.discord.wire import Refusal, Wire
from tests.drivers.discord import DiscordDriver, driving

TALK = Card(view="split", title="Yesterday", text="9 of 14 right")


class Seconds:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
async def driver(clock: Seconds) -> AsyncIterator[DiscordDriver]:
    async with driving(door(), clock=clock) as opened:
        yield opened


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
    first = await poster.send(_post("daily 300 2026-11-25"), first=True)
    again = await poster.send(_post("daily 300 2026-11-25"), first=True)
    other = await poster.send(_post("daily 300 2026-11-26"), first=True)

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
    assert (edited.platform, edited.id) == (sent.platform, sent.id)
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
        (400, 50035, "Discord says 400, code 50035"),
    ],
)
async def test_refused(poster: Poster, wire: Wire, status: int, code: int, why: str) -> None:
    """
    What another try will not mend is refused, with the reason.
    """
    wire.refuse["/messages"] = [Refusal(status, code)]
    with pytest.raises(Refused) as refused:
        await poster.send(_post("x"), first=True)

    assert str(refused.value) == why
    assert len(wire.lines("/messages")) == 1


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (Refusal(429, 0, **{"Retry-After": "61.5"}), 61.5),
        (Refusal(429, 0, **{"Retry-After": "0.3"}), 0.3),
        (Refusal(401, 0), 600),
        (Refusal(503, 0), 15),
        (Refusal(400, 30046), 60),
    ],
    ids=["limited", "briefly", "token", "down", "edits"],
)
async def test_later(
    poster: Poster, wire: Wire, clock: Seconds, refusal: Refusal, seconds: float
) -> None:
    """
    What will pass is tried later: after the time that Discord names, or a time of ours.
    """
    wire.refuse["/messages"] = [refusal]
    with pytest.raises(Later) as later:
        await poster.send(_post("x"), first=True)

    assert later.value.seconds == pytest.approx(seconds)
    assert later.value.everywhere == (refusal.status == 401)
    clock.now += seconds + 0.001
    assert (await poster.send(_post("x"), first=True)).platform == "discord"
    assert len(wire.lines("/messages")) == 2


async def test_banned_by_cloudflare(poster: Poster, wire: Wire) -> None:
    """
    A 429 that does not come from Discord itself means ten minutes of silence, everywhere.
    """
    wire.refuse["/messages"] = [Refusal(429, 0, Via="")]
    with pytest.raises(Later) as later:
        await poster.send(_post("x"), first=True)

    assert (later.value.seconds, later.value.everywhere) == (600, True)


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


async def test_when_it_was_sent(poster: Poster, wire: Wire) -> None:
    """
    A new message has the time of its id, which a second try does not change; an edit has its own.
    """
    first = await poster.send(_post("one"), first=True)
    posted_at, wire.now = wire.now, wire.now + timedelta(minutes=3)
    again = await poster.send(_post("one"))
    edited = await poster.send(_post("two", edits=first))

    assert first.at == again.at == posted_at
    assert edited.at == wire.now


@pytest.mark.parametrize("said", ["yesterday", "2026-11-22T09:00:00"])
async def test_an_edit_of_unknown_time(poster: Poster, wire: Wire, said: str) -> None:
    """
    An edit whose time cannot be read is an edit all the same.
    """
    sent = await poster.send(_post("one"))
    wire.edited = said

    assert (await poster.send(_post("two", edits=sent))).at is None


async def test_a_connection_that_breaks_after_the_post(poster: Poster, wire: Wire) -> None:
    """
    Discord took the post and nobody heard of it: the next try has its nonce and shows nothing new.
    """
    wire.cut = 1
    with pytest.raises(Later) as later:
        await poster.send(_post("daily 300 2026-11-25"), first=True)
    [posted] = wire.posted.values()
    wire.refuse["GET /channels/300/messages"] = [Refusal(403, 50001)]
    sent = await poster.send(_post("daily 300 2026-11-25"))

    assert (later.value.seconds, later.value.unsure) == (15, True)
    assert sent.id == f"300/{posted.id}"
    assert len(wire.posted) == 1
    one, two = (body["nonce"] for body in wire.bodies("POST /channels/300/messages"))
    assert one == two


async def test_a_thread_that_sleeps(poster: Poster, wire: Wire) -> None:
    """
    An archived thread is woken; one that a moderator has locked refuses.
    """
    daily = await poster.send(_post("daily"))
    own = daily.id.partition("/")[2]
    await poster.send(_post("one", "thread", card=TALK, under=daily))
    wire.archived.add(own)
    woken = await poster.send(_post("two", "thread", card=TALK, under=daily))
    wire.archived.add(own)
    wire.locked.add(own)
    with pytest.raises(Refused, match="the thread is archived and locked"):
        await poster.send(_post("three", "thread", f"discord:{own}", TALK))

    assert woken.id.startswith(f"{own}/")
    assert len(wire.lines("/threads")) == 1


async def test_a_thread_that_somebody_else_opened_meanwhile(poster: Poster, wire: Wire) -> None:
    """
    Where the thread is there after all, the message goes into it.
    """
    daily = await poster.send(_post("daily"))
    wire.refuse["/threads"] = [Refusal(400, 160004)]
    wire.threads.add(daily.id.partition("/")[2])
    wire.refuse[f"{daily.id.partition('/')[2]}/messages"] = [Refusal(404, 10003)]
    sent = await poster.send(_post("one", "thread", card=TALK, under=daily))

    assert sent.id.startswith(daily.id.partition("/")[2])


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (403, 50013, "I may not open a thread there or write in it"),
        (403, 50001, "I cannot see the channel"),
        (400, 50024, "there are no threads in that kind of channel"),
        (400, 160006, "too many threads are open in that server"),
    ],
)
async def test_no_threads_here(
    poster: Poster, wire: Wire, status: int, code: int, why: str
) -> None:
    """
    Where the channel forbids threads the message is refused in words, and the rest goes on.
    """
    daily = await poster.send(_post("daily"))
    wire.refuse["/threads"] = [Refusal(status, code)]
    with pytest.raises(Refused, match=why):
        await poster.send(_post("reveal", "thread", card=TALK, under=daily))
    closed = await poster.send(_post("closed", edits=daily))

    assert closed.id == daily.id


@pytest.mark.parametrize("code", [20016, 20028, 30046, 40003])
async def test_what_passes_by_itself(poster: Poster, wire: Wire, code: int) -> None:
    """
    Slow mode, a channel's own limit, too many late edits and hasty conversations are for later.
    """
    wire.refuse["/messages"] = [Refusal(400, code)]
    with pytest.raises(Later) as later:
        await poster.send(_post("x"), first=True)

    assert (later.value.seconds, later.value.everywhere) == (60, False)


async def test_one_channel_does_not_wait_for_another(
    poster: Poster, wire: Wire, clock: Seconds
) -> None:
    """
    A limit of a channel's route lets other channels and other routes through; the global none.
    """
    sent = await poster.send(_post("one"))
    wire.refuse["300/messages"] = [Refusal(429, 0, **{"Retry-After": "40"})]
    with pytest.raises(Later):
        await poster.send(_post("two"))
    await poster.send(_post("three", target="discord:301"))
    await poster.send(_post("four", edits=sent))
    before = len(wire.requests)
    with pytest.raises(Later) as later:  # nobody is asked before the time is over
        await poster.send(_post("two"))
    assert (later.value.seconds, len(wire.requests)) == (40, before)

    headers = {"Retry-After": "20", "X-RateLimit-Scope": "global"}
    wire.refuse["301/messages"] = [Refusal(429, 0, **headers)]
    with pytest.raises(Later) as everywhere:
        await poster.send(_post("five", target="discord:301"))
    assert (everywhere.value.seconds, everywhere.value.everywhere) == (20, True)
    with pytest.raises(Later) as elsewhere:
        await poster.send(_post("six", target="discord:302"))
    assert elsewhere.value.everywhere

    clock.now += 40
    assert (await poster.send(_post("two"))).id.startswith("300/")


async def test_everything_refused_again(poster: Poster, wire: Wire, clock: Seconds) -> None:
    """
    After a refusal of everything one post goes ahead: refused again, it takes no others with it.
    """
    headers = {"Retry-After": "20", "X-RateLimit-Scope": "global"}
    wire.refuse["/messages"] = [Refusal(429, 0, **headers)] * 40
    several = [_post(f"{n}", target=f"discord:{300 + n}") for n in range(12)]
    asked = []
    for _ in range(3):
        before = len(wire.requests)
        tries = (poster.send(post, first=True) for post in several)
        came = await asyncio.gather(*tries, return_exceptions=True)
        assert all(isinstance(one, Later) and one.everywhere for one in came)
        asked.append(len(wire.requests) - before)
        clock.now += 20.001

    assert asked == [IN_FLIGHT, 1, 1]


async def test_somebody_gives_up_waiting(poster: Poster, wire: Wire, clock: Seconds) -> None:
    """
    A post that is cancelled on its way closes the client for nobody.
    """
    headers = {"Retry-After": "20", "X-RateLimit-Global": "true"}
    wire.refuse["/messages"] = [Refusal(429, 0, **headers)]
    task = asyncio.create_task(poster.send(_post("one")))
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    clock.now += 21

    assert (await poster.send(_post("two"))).platform == "discord"

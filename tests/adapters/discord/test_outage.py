"""What Discord took before a kill or an outage that outlasts its memory of nonces, at the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec
import pytest
from discord.http import Route

from adapters.discord.post import Poster
from bot.chat.cards import Button, Card, Reply
from bot.chat.posts import Later, Message, Outcome, Post, Where
from bot.due import SENT, Clockwork
from bot.store.protocol import Tx
from storage.engine import Database
from tests.adapters.discord.drill import door, question
from tests.adapters.discord.wire import Refusal, Wire
from tests.drivers.discord import DiscordDriver, driving
from tests.stores import Clock, doing, origin, said

BARE = Card(view="split", title="Yesterday", text="9 of 14 right")
DAILY = "daily.c1.2026-11-25.p"


@pytest.fixture
async def driver(clock: Clock) -> AsyncIterator[DiscordDriver]:
    """A Discord that forgets every nonce at once."""

    def seconds() -> float:
        return clock.now.timestamp()

    async with driving(door(), clock=seconds) as opened:
        opened.wire.forgetful = True
        yield opened


def _post(
    dedupe: str = DAILY,
    where: Where = "place",
    card: Card | None = None,
    under: Message | None = None,
) -> Post:
    target = "discord:41" if where == "direct" else "discord:300"
    return Post(dedupe=dedupe, where=where, target=target, card=card or question(), under=under)


async def _broken_off(poster: Poster, wire: Wire, post: Post) -> None:
    """Discord takes it, and nobody hears of it."""
    before = len(wire.posted)
    wire.cut = 1
    with pytest.raises(Later) as later:
        await poster.send(post, first=True)
    assert (later.value.unsure, len(wire.posted)) == (True, before + 1)


async def _written(store: Database, post: Post) -> None:
    await store.run(origin(), doing(lambda tx: tx.post(post)))


@pytest.mark.parametrize("card", [question(), question("good"), BARE], ids=["open", "tone", "bare"])
@pytest.mark.parametrize("where", ["place", "thread", "direct"])
async def test_what_was_taken_is_found(
    poster: Poster, wire: Wire, where: Where, card: Card
) -> None:
    """
    A post whose sender was cut off is shown once, wherever it stands and however it looks.
    """
    above = await poster.send(_post("above"), first=True) if where == "thread" else None
    post = _post(where=where, card=card, under=above)
    await _broken_off(poster, wire, post)
    taken = list(wire.posted)[-1]
    wire.now += timedelta(minutes=10)
    found = await poster.send(post)

    assert found.id.rpartition("/")[2] == taken
    assert found.at == wire.now - timedelta(minutes=10)
    assert list(wire.posted)[-1] == taken


async def test_the_same_words_are_another_post(poster: Poster, wire: Wire) -> None:
    """
    Yesterday's message with the same words and buttons does not pass for today's.
    """
    yesterday = await poster.send(_post("reminder 24", "direct", BARE), first=True)
    today = await poster.send(_post("reminder 25", "direct", BARE))
    buttons = Card(view="won", text="x", rows=((Button("The board", "leaderboard"),),))
    one = await poster.send(_post("winners 47", card=buttons), first=True)
    two = await poster.send(_post("winners 48", card=buttons))

    assert len({yesterday.id, today.id, one.id, two.id}) == 4


async def test_somebody_elses_message(poster: Poster, wire: Wire) -> None:
    """
    A copy of our post by another bot is not our post.
    """
    await poster.send(_post(), first=True)
    [copied] = wire.posted.values()
    copied.author = {"id": "98", "bot": True}
    await poster.send(_post())

    assert len(wire.posted) == 2


async def test_no_look_at_a_first_try(poster: Poster, wire: Wire) -> None:
    """
    Nobody is asked for what cannot have been sent, nor for what an edit shows anyway.
    """
    sent = await poster.send(_post(), first=True)
    await poster.send(Post(dedupe="e", where="place", target="discord:300", card=BARE, edits=sent))

    assert [line for line in wire.lines("/messages") if line.startswith("GET")] == []


@pytest.mark.parametrize("refusal", [Refusal(403, 50001), Refusal(404, 10003)])
async def test_no_right_to_look(poster: Poster, wire: Wire, refusal: Refusal) -> None:
    """
    Where the history cannot be read the post is sent again, under the nonce that it had.
    """
    wire.forgetful = False
    await _broken_off(poster, wire, _post())
    wire.refuse["GET /channels/300/messages"] = [refusal]
    await poster.send(_post())

    assert len(wire.posted) == 1
    assert len(wire.lines("POST /channels/300/messages")) == 2


async def test_a_look_that_fails(poster: Poster, wire: Wire) -> None:
    """
    While Discord does not say whether it has the post, nothing is sent.
    """
    await _broken_off(poster, wire, _post())
    wire.refuse["GET /channels/300/messages"] = [Refusal(429, 0, **{"Retry-After": "7"})]
    with pytest.raises(Later) as later:
        await poster.send(_post())

    assert later.value.seconds == 7
    assert len(wire.lines("POST /channels/300/messages")) == 1


async def test_a_long_outage_costs_one_try(poster: Poster, wire: Wire) -> None:
    """
    That a post may have been taken is said by its first failure alone.
    """
    await _broken_off(poster, wire, _post())
    Route.BASE = "http://127.0.0.1:9"
    with pytest.raises(Later) as later:
        await poster.send(_post())
    Route.BASE = wire.url

    assert not later.value.unsure


async def test_a_daily_after_a_kill(
    store: Database, clock: Clock, poster: Poster, wire: Wire
) -> None:
    """
    Killed between Discord's taking a post and our writing it down, ten minutes later: shown once.
    """
    told: list[Outcome] = []

    def keep(outcome: Outcome, _tx: Tx) -> Reply:
        told.append(outcome)
        return said("")

    post = msgspec.structs.replace(_post(), back="kept:1", community="discord:guild")
    await _written(store, post)
    [row] = await store.claim_outbox("discord", clock(), 20, SENT)
    taken = await poster.send(msgspec.json.decode(row.post, type=Post), first=row.tries == 0)
    clock.forward(minutes=10)
    work = Clockwork(store, {}, {"kept": keep}, {"discord": poster}, clock)
    await work.tick()
    clock.forward(hours=1)
    await work.tick()

    assert [one.message for one in told] == [taken]
    assert len(wire.posted) == 1


@pytest.mark.parametrize("status", [400, 429])
async def test_too_many_edits_of_an_old_message(
    store: Database, clock: Clock, poster: Poster, wire: Wire, status: int
) -> None:
    """
    A count that may not be shown any more holds up neither the reveal nor the next post for ever.
    """
    sent = await poster.send(_post(), first=True)
    until = clock() + timedelta(minutes=5)
    count = Post(dedupe="count", where="place", target="discord:300", card=BARE, edits=sent)
    closed = Card(view="closed", text="The answer was B.")
    reveal = msgspec.structs.replace(count, dedupe="reveal", card=closed)
    count = msgspec.structs.replace(count, until=until)
    for post in (count, reveal, _post("next")):
        await _written(store, post)
    edits = f"/messages/{sent.id.partition('/')[2]}"
    wire.refuse[edits] = [Refusal(status, 30046)] * 8
    work = Clockwork(store, {}, {}, {"discord": poster}, clock)
    for _ in range(5):
        await work.tick()
        clock.forward(minutes=1)
    assert (len(wire.posted), len(wire.lines(edits))) == (1, 5)
    for _ in range(5):
        await work.tick()
        clock.forward(minutes=1)

    first, second = wire.posted.values()
    assert first.body["components"][0]["content"] == "The answer was B."
    assert second.place == "300"
    assert await store.next_due(("discord",)) is None

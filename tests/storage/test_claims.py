"""Due work and posts are claimed once, in order, and given back when their holder dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.chat.cards import Card, Reply
from bot.chat.posts import Message, Post
from bot.store.protocol import Tx
from bot.store.rows import Due
from storage import schema
from storage.engine import Database
from storage.errors import Already
from storage.wall import EVERYBODY
from tests.stores import START, Clock, doing, origin, row, said, silent, store_at

LEASE = timedelta(minutes=2)
HOUR = timedelta(hours=1)


def due(name: str, **facts: object) -> Due:
    return replace(Due(id=name, kind="reminder", at=START), **facts)


def post(name: str, target: str = "discord:channel", text: str = "hello") -> Post:
    return Post(dedupe=name, where="place", target=target, card=Card(view="test", text=text))


def posting(*posts: Post) -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        for each in posts:
            tx.post(each)
        return said("")

    return work


async def test_due_rows_are_held_for_a_lease(store: Database) -> None:
    """What is claimed is not claimed again before its lease ends; then it is."""
    await store.run(origin(), doing(lambda tx: tx.schedule(due("a", data=b'{"n":1}'))))
    first = await store.claim_due(START, 10, LEASE)
    assert first == (due("a", data=b'{"n":1}'),)
    assert await store.claim_due(START + LEASE / 2, 10, LEASE) == ()
    assert await store.claim_due(START + LEASE, 10, LEASE) == first


async def test_due_rows_come_in_order_and_in_time(store: Database) -> None:
    """The earliest first, none before its time, at most so many."""

    def work(tx: Tx) -> Reply:
        for n in (3, 1, 2, -1):
            tx.schedule(due(f"d{n}", at=START - n * HOUR))
        return said("")

    await store.run(origin(), work)
    assert await store.next_due() == START - 3 * HOUR
    assert [d.id for d in await store.claim_due(START, 2, LEASE)] == ["d3", "d2"]
    assert [d.id for d in await store.claim_due(START, 9, LEASE)] == ["d1"]


async def test_earlier_work_is_not_overlooked(store: Database) -> None:
    """What is scheduled before what has been claimed, of the same pass, is claimed next."""

    def work(tx: Tx) -> Reply:
        for n in range(6):
            tx.schedule(due(f"d{n}", at=START - HOUR))  # of one time: ids order them
        return said("")

    await store.run(origin(), work)
    first = await store.claim_due(START, 4, LEASE)
    await store.run(origin(), doing(lambda tx: tx.schedule(due("early", at=START - 2 * HOUR))))
    await store.run(origin(), doing(lambda tx: tx.schedule(due("d0", at=START - HOUR / 2))))
    second = await store.claim_due(START, 4, LEASE)
    assert [d.id for d in first] == ["d0", "d1", "d2", "d3"]
    assert [d.id for d in second] == ["early", "d4", "d5", "d0"]
    assert await store.claim_due(START, 4, LEASE) == ()
    await store.run(origin(), doing(lambda tx: tx.schedule(due("first", at=START - 3 * HOUR))))
    await store.run(origin(), doing(lambda tx: tx.schedule(due("last"))))
    third = await store.claim_due(START, 2, LEASE)
    assert [d.id for d in third] == ["first", "last"]  # what is held stands between them


async def test_much_that_is_held_hides_nothing(store: Database) -> None:
    """Behind a thousand held rows the next free one is found, and claimed."""

    def work(tx: Tx) -> Reply:
        for n in range(1_000):
            tx.schedule(due(f"d{n:04}", at=START - HOUR))
        tx.schedule(due("last", at=START + LEASE / 2))
        return said("")

    await store.run(origin(), work)
    assert len(await store.claim_due(START, 2_000, LEASE)) == 1_000
    assert await store.next_due() == START + LEASE / 2
    assert [d.id for d in await store.claim_due(START + LEASE / 2, 10, LEASE)] == ["last"]
    assert await store.next_due() is None


async def test_a_new_time_replaces_the_old(store: Database) -> None:
    """A due row has one time; rescheduling frees it, unscheduling ends it."""
    await store.run(origin(), doing(lambda tx: tx.schedule(due("a"))))
    await store.claim_due(START, 1, LEASE)
    await store.run(origin(), doing(lambda tx: tx.schedule(due("a", at=START + HOUR))))
    assert await store.claim_due(START, 9, LEASE) == ()
    assert await store.next_due() == START + HOUR
    await store.run(origin(), doing(lambda tx: tx.unschedule("a")))
    assert await store.next_due() is None


async def test_what_is_held_is_not_next(store: Database, clock: Clock) -> None:
    """The next time leaves out what somebody holds, until the lease ends."""

    def work(tx: Tx) -> Reply:
        tx.schedule(due("a"))
        tx.schedule(due("b", at=START + HOUR))
        return said("")

    await store.run(origin(), work)
    await store.claim_due(START, 1, LEASE)
    assert await store.next_due() == START + HOUR
    clock.now = START + LEASE
    assert await store.next_due() == START


async def test_posts_are_waited_for_too(store: Database, clock: Clock) -> None:
    """The next time is also that of the first post of a target, of the platforms asked for."""
    await store.run(origin(), doing(lambda tx: tx.schedule(due("a", at=START + 2 * HOUR))))
    await store.run(origin(), posting(post("x1"), post("x2"), post("s", "slack:T1/C1")))
    assert await store.next_due() == START + 2 * HOUR
    assert await store.next_due({"discord", "slack"}) == START
    await store.claim_outbox("discord", START, 9, LEASE)
    assert await store.next_due({"discord"}) == START + 2 * HOUR  # x2 goes after x1
    await store.unsent("x1", START + HOUR, "later")
    assert await store.next_due({"discord"}) == START + HOUR
    clock.now = START + HOUR
    await store.claim_outbox("discord", clock.now, 9, LEASE)
    await store.unsent("x1", None, "deleted")
    assert await store.next_due({"discord"}) == START
    await store.claim_outbox("discord", clock.now, 9, LEASE)
    await store.sent("x2", Message("discord", "m"))
    assert await store.next_due({"discord"}) == START + 2 * HOUR


async def test_watchers_hear_of_work_once_it_is_committed(store: Database) -> None:
    """Each is called after a commit that wrote due work or posts, and after no other."""
    heard: list[str] = []
    seen: list[object] = []

    def look() -> None:
        heard.append("one")
        with store.engine.connect() as connection:
            every = select(schema.due.c.id).prefix_with(EVERYBODY)
            seen.extend(connection.scalars(every))

    def fail() -> None:
        raise OSError

    def broken(tx: Tx) -> Reply:
        tx.schedule(due("no"))
        raise ZeroDivisionError

    for wake in (look, fail, lambda: heard.append("two")):
        store.watch(wake)
    await store.run(origin(), silent)
    await store.look(origin(), lambda tx: tx.due_count(START))
    with pytest.raises(ZeroDivisionError):
        await store.run(origin(), broken)
    assert heard == []
    scheduling = origin()
    await store.run(scheduling, doing(lambda tx: tx.schedule(due("a"))))
    assert (heard, seen) == (["one", "two"], ["a"])
    await store.run(scheduling, silent)  # the same event again writes nothing
    await store.claim_due(START, 9, LEASE)
    assert len(heard) == 2
    await store.run(origin(), posting(post("p")))
    await store.unsent("p", START, "later")
    await store.sent("p", Message("discord", "m"))
    assert heard == ["one", "two"] * 4


async def test_a_press_that_must_run_again_wakes_too(store: Database) -> None:
    """Where one press of a batch fails, the others' work is heard of, and not that one's."""
    heard: list[int] = []
    store.watch(lambda: heard.append(1))

    def twice(tx: Tx) -> Reply:
        tx.schedule(due("b"))
        for _ in range(2):
            tx.append(row(tx, "q"))  # the log refuses the second
        return said("")

    with pytest.raises(Already):
        await store.run(origin("discord:eve"), twice)
    assert not heard
    scheduling = doing(lambda tx: tx.schedule(due("a")))
    runs = [store.run(origin("discord:eve"), twice), store.run(origin(), scheduling)]
    refused, scheduled = await asyncio.gather(*runs, return_exceptions=True)
    assert isinstance(refused, Already)
    assert isinstance(scheduled, Reply)
    assert heard


async def test_only_one_s_own_due_is_unscheduled(store: Database) -> None:
    """Another person's due row stays where it is."""
    await store.run(origin(), doing(lambda tx: tx.schedule(due("a", person=tx.person.id))))
    await store.run(origin("discord:eve"), doing(lambda tx: tx.unschedule("a")))
    assert await store.next_due() == START


async def test_no_due_row_is_claimed_twice(url: str) -> None:
    """Eight claimers at once, in two processes where the database allows it, share 200 rows."""
    stores = [store_at(url) for _ in range(1 if url.endswith(".db") else 2)]

    def work(tx: Tx) -> Reply:
        for n in range(200):
            tx.schedule(due(f"d{n}"))
        return said("")

    await stores[0].run(origin(), work)

    async def claim(store: Database) -> list[str]:
        mine: list[str] = []
        while rows := await store.claim_due(START, 7, LEASE):
            mine += [row.id for row in rows]
        return mine

    claimed = await asyncio.gather(*(claim(stores[n % len(stores)]) for n in range(8)))
    for store in stores:
        await store.close()
    every = [name for mine in claimed for name in mine]
    assert (len(every), len(set(every))) == (200, 200)


async def test_a_post_is_put_into_the_outbox_once(store: Database) -> None:
    """The same dedupe id is one post, also after it was sent."""
    await store.run(origin(), posting(post("a"), post("a")))
    (claimed,) = await store.claim_outbox("discord", START, 9, LEASE)
    assert msgspec.json.decode(claimed.post, type=Post) == post("a")
    await store.sent(claimed.id, Message("discord", "m1"))
    await store.run(origin(), posting(post("a")))
    assert await store.claim_outbox("discord", START + HOUR, 9, LEASE) == ()


async def test_one_target_s_posts_go_in_order(store: Database) -> None:
    """Of each target only the oldest that waits can be claimed, a retried one too."""
    posts = [post(f"{target}{n}", f"discord:{target}") for n in (1, 2) for target in "xy"]
    await store.run(origin(), posting(*posts))
    first = await store.claim_outbox("discord", START, 9, LEASE)
    assert [p.id for p in first] == ["x1", "y1"]
    await store.sent("x1", Message("discord", "m"))
    await store.unsent("y1", START + HOUR, "later")
    assert [p.id for p in await store.claim_outbox("discord", START, 9, LEASE)] == ["x2"]
    later = await store.claim_outbox("discord", START + HOUR, 9, LEASE)
    # the oldest first; x2's lease has run out
    assert [(p.id, p.tries) for p in later] == [("y1", 1), ("x2", 1)]


async def test_a_post_that_is_given_up_frees_its_target(store: Database) -> None:
    """What cannot be sent is never claimed again, and the next of its target goes."""
    await store.run(origin(), posting(post("a"), post("b")))
    await store.claim_outbox("discord", START, 9, LEASE)
    await store.unsent("a", None, "channel deleted")
    claimed = await store.claim_outbox("discord", START + HOUR, 9, LEASE)
    assert [p.id for p in claimed] == ["b"]


async def test_patience_is_no_attempt(store: Database) -> None:
    """Where a platform only asked to wait, the attempt is not counted."""
    await store.run(origin(), posting(post("a")))
    for counts, tries in ((False, 0), (True, 1), (False, 1)):
        await store.claim_outbox("discord", START, 9, LEASE)
        await store.unsent("a", START, "later", counts=counts)
        (claimed,) = await store.claim_outbox("discord", START, 9, LEASE)
        assert claimed.tries == tries
        await store.unsent("a", START, "", counts=False)


async def test_many_posts_of_one_target_block_no_other(store: Database) -> None:
    """A target whose first post waits for an hour leaves the others' posts to be sent."""
    many = (post(f"x{n}", "discord:x") for n in range(300))
    await store.run(origin(), posting(*many, post("y", "discord:y")))
    assert [p.id for p in await store.claim_outbox("discord", START, 1, LEASE)] == ["x0"]
    await store.unsent("x0", START + HOUR, "later")
    assert [p.id for p in await store.claim_outbox("discord", START, 1, LEASE)] == ["y"]


async def test_what_a_dead_process_held_is_given_back(
    file_store: Database, clock: Clock, tmp_path: Path
) -> None:
    """Opening a file frees every lease: nobody else has it. What it may have sent was tried."""

    def work(tx: Tx) -> Reply:
        tx.schedule(due("a"))
        tx.post(post("p"))
        tx.post(post("q", "discord:other"))
        return said("")

    await file_store.run(origin(), work)
    await file_store.claim_due(START, 9, LEASE)
    await file_store.claim_outbox("discord", START, 1, LEASE)
    await file_store.close()  # no lease is given back by closing
    again = store_at(str(tmp_path / "sparring.db"), clock)
    claimed = await again.claim_outbox("discord", START, 9, LEASE)
    assert [(p.id, p.tries) for p in claimed] == [("p", 1), ("q", 0)]
    assert [d.id for d in await again.claim_due(START, 9, LEASE)] == ["a"]
    await again.close()


async def test_posts_are_claimed_by_platform(store: Database) -> None:
    """An adapter is given the posts of its own platform."""
    await store.run(origin(), posting(post("a", "slack:T1/C1"), post("b")))
    assert [p.id for p in await store.claim_outbox("slack", START, 9, LEASE)] == ["a"]


async def test_no_post_is_claimed_twice(url: str) -> None:
    """Eight senders at once share 60 posts to 60 targets."""
    stores = [store_at(url) for _ in range(1 if url.endswith(".db") else 2)]
    await stores[0].run(origin(), posting(*(post(f"p{n}", f"discord:t{n}") for n in range(60))))

    async def claim(store: Database) -> list[str]:
        mine: list[str] = []
        while rows := await store.claim_outbox("discord", START, 3, LEASE):
            mine += [row.id for row in rows]
        return mine

    claimed = await asyncio.gather(*(claim(stores[n % len(stores)]) for n in range(8)))
    for store in stores:
        await store.close()
    every = [name for mine in claimed for name in mine]
    assert (len(every), len(set(every))) == (60, 60)


async def test_what_is_old_is_swept(store: Database, clock: Clock) -> None:
    """Kept replies and finished posts go when they are old; what waits stays."""
    await store.run(origin(), posting(post("sent"), post("waits", "discord:other")))
    await store.sent("sent", Message("discord", "m"))
    clock.forward(hours=30)
    press = origin()
    await store.run(press, silent)
    assert await store.sweep(START + 25 * HOUR) == 2
    assert [p.id for p in await store.claim_outbox("discord", clock.now, 9, LEASE)] == ["waits"]
    assert (await store.run(press, posting())).cards == said("").cards


async def test_posts_of_one_press_are_sent_in_the_order_they_were_said(store: Database) -> None:
    """Whatever their names, what was said first in a place stands first there."""
    await store.run(origin(), posting(post("z"), post("a"), post("m")))
    sent = []
    while rows := await store.claim_outbox("discord", START, 10, LEASE):
        sent += [one.id for one in rows]
        for one in rows:
            await store.sent(one.id, Message("discord", one.id))
    assert sent == ["z", "a", "m"]

"""The bot's own work in a community belongs to nobody: it has no person, and reaches nobody's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from bot.chat.cards import Card
from bot.chat.events import Origin
from bot.chat.posts import Post
from bot.store.protocol import Tx
from bot.store.rows import Due, Member, Memory, Quiz
from bot.store.scores import Gain
from storage import schema
from storage.engine import Database
from storage.wall import EVERYBODY
from tests.storage.communal import daily, found
from tests.stores import START, Clock, doing, origin, row, said, silent, store_at, text_of

LEASE = timedelta(minutes=1)


def own(key: str = "", **facts: object) -> Origin:
    """The bot's own work in `discord:guild`."""
    named = {"key": key} if key else {}
    return origin("", name="", ours=True, **named, **facts)


async def rows(store: Database, name: str) -> int:
    counted = select(func.count()).select_from(schema.metadata.tables[name])
    with store.engine.connect() as connection:
        return connection.execute(counted.prefix_with(EVERYBODY)).scalar_one()


def post(name: str) -> Post:
    card = Card(view="test", text="hello")
    return Post(dedupe=name, where="place", target="discord:channel", card=card)


async def test_own_work_writes_no_person(store: Database, clock: Clock) -> None:
    """It finds or makes its community, schedules and posts, and no person comes of it."""

    def work(tx: Tx) -> None:
        assert (tx.person.id, tx.person.external, tx.member) == ("", "", Member())
        assert tx.community.external == "discord:guild"
        due: dict[str, Any] = {"kind": "daily", "at": START, "community": tx.community.id}
        tx.schedule(Due(id="daily.c", external="", within="discord:guild", **due))
        tx.schedule(Due(id="gone", **due))
        tx.post(post("daily.c.1"))
        tx.save_daily(daily(tx))

    await store.run(own(), doing(work))
    await store.run(own(), doing(lambda tx: tx.unschedule("gone")))
    counts = {name: await rows(store, name) for name in ("person", "external", "member", "inbox")}
    assert counts == {"person": 0, "external": 0, "member": 0, "inbox": 2}
    assert await rows(store, "community") == 1
    claimed = await store.claim_due(clock.now, 10, LEASE)
    assert [(due.id, due.within) for due in claimed] == [("daily.c", "discord:guild")]
    assert [out.id for out in await store.claim_outbox("discord", clock.now, 10, LEASE)] == [
        "daily.c.1"
    ]
    here = await store.look(origin(), lambda tx: tx.community.id)
    assert await store.look(own(), lambda tx: tx.community.id) == here


async def test_own_work_is_done_once(store: Database) -> None:
    """The same key again gives the kept reply; people's keys are their own."""
    answers = [await store.run(own("k"), lambda tx: said("first"))]
    answers.append(await store.run(own("k"), lambda tx: said("second")))
    answers.append(await store.run(origin(key="k"), lambda tx: said("ada")))
    answers.append(await store.run(origin("discord:new", key="k"), lambda tx: said("new")))
    assert [text_of(each) for each in answers] == ["first", "first", "ada", "new"]


async def test_own_work_of_two_processes_is_done_once(server_url: str) -> None:
    """Two processes that do the same work at once do it once."""
    stores = [store_at(server_url), store_at(server_url)]
    replies = await asyncio.gather(
        *(stores[n % 2].run(own("once"), lambda tx, n=n: said(str(n))) for n in range(8))  # type: ignore[misc]
    )
    assert len({text_of(each) for each in replies}) == 1
    for store in stores:
        await store.close()


async def test_own_work_of_many_communities_shares_a_commit(store: Database) -> None:
    """Work of forty communities at once and twice each is all done, one after another in each."""

    def work(tx: Tx) -> None:
        rules = tx.community.rules
        tx.save_community(replace(tx.community, rules=replace(rules, youngest=rules.youngest + 1)))

    def event(n: int) -> Origin:
        return own(community=f"discord:g{n}")

    await asyncio.gather(*(store.run(event(n % 40), doing(work)) for n in range(80)))
    counts = [await store.look(event(n), lambda tx: tx.community.rules.youngest) for n in range(40)]
    assert counts == [2] * 40


REFUSED: dict[str, Callable[[Tx], Any]] = {
    "append": lambda tx: tx.append(row(tx, "q")),
    "gain": lambda tx: tx.gain(Gain("all", "all", 1, 1, 1)),
    "remember": lambda tx: tx.remember(Memory(item="i", area="a", topic="t", shown=START)),
    "save_person": lambda tx: tx.save_person(tx.person),
    "save_member": lambda tx: tx.save_member(tx.member),
    "forget": lambda tx: tx.forget(),
    "export": lambda tx: tx.export(),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_own_work_has_nothing_of_a_person_s(store: Database, name: str) -> None:
    """What would need a person is refused."""
    with pytest.raises(ValueError, match="nobody"):
        await store.run(own(), doing(REFUSED[name]))


async def test_own_work_without_a_community_is_refused(store: Database) -> None:
    """Nobody's work in no community is a mistake."""
    with pytest.raises(ValueError, match="no community"):
        await store.run(own(community=""), silent)


async def test_own_work_does_not_reach_over_the_wall(store: Database) -> None:
    """What has no person in another community is no more its own than anybody's."""

    def leave(tx: Tx) -> None:
        tx.save_quiz(
            Quiz(id="z", person="", community=tx.community.id, place="p", started=START,
                 touched=START)
        )  # fmt: skip
        tx.schedule(Due(id="theirs", kind="daily", at=START, community=tx.community.id))
        tx.post(post("theirs"))

    def reach(tx: Tx) -> list[object]:
        tx.unschedule("theirs")
        lists = tx.memories(["i1"]), tx.log(), tx.days(START.date()), tx.due(START, (), 9)
        return [tx.quiz("z"), tx.open_quiz(), tx.answer_of("z"), tx.draft_of("z"), *map(len, lists)]

    await store.run(own(community="slack:T2"), doing(leave))
    assert await found(store, reach, own()) == [None] * 4 + [0] * 4
    assert await store.look(own(), lambda tx: tx.quiz("z"), quiz="z") is None
    assert await rows(store, "due") == 1
    assert await store.look(own(community="slack:T2"), lambda tx: tx.quiz("z")) is not None
    assert await store.look(own(community="slack:T2"), lambda tx: tx.open_quiz()) is None

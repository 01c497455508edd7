"""Questions are calibrated by every answer once, in the order in which answers were committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg

from bot.chat.cards import Reply
from bot.learning.items import Params
from bot.store.protocol import Tx
from bot.store.rows import LogRow
from questions.model import Ref
from storage.engine import Database
from tests.storage.recalibrating import recalibrated
from tests.stores import START, doing, origin, row, said, store_at

ONE, TWO = Ref("", "one", "h1"), Ref("", "two", "h1")
OURS = Ref("c", "three", "h1")


def fold(params: Params | None, answer: LogRow) -> tuple[Params, bool] | None:
    """Depends on the order of answers; those without points tell nothing."""
    if not answer.points:
        return None
    before = params or Params()
    return Params(hard=before.hard / 2 + answer.points, n=before.n + 1), answer.points > 90


def given(ref: Ref, points: int, who: str = "") -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        here = Ref(tx.community.id, ref.id, ref.hash) if ref.owner else ref
        tx.append(row(tx, f"{ref.id}.{points}.{who}", ref=here, points=points))
        return said("")

    return work


async def found(store: Database) -> dict[tuple[str, str], Params]:
    known = await store.look(origin(), lambda tx: tx.candidates((ONE, TWO), START))
    return known.calibrated


async def alone(store: Database, ref: Ref) -> Params | None:
    return await store.look(origin(), lambda tx: tx.calibrated(ref))


async def test_each_answer_counts_once_and_in_order(store: Database) -> None:
    """What is kept equals the fold of all answers; a second run finds nothing more to apply."""
    for at in range(30):
        who = f"discord:{at % 7}"
        await store.run(origin(who), given((ONE, TWO)[at % 2], at, who))
    counts = [await store.calibrate(fold, 8) for _ in range(5)]
    assert counts == [8, 8, 8, 6, 0]
    kept = await found(store)
    assert kept[("", "one")].n == 14  # the first brought no points
    assert kept[("", "two")].n == 15
    assert await alone(store, TWO) == kept[("", "two")]
    assert recalibrated(store, fold) == kept


async def test_another_version_begins_anew(store: Database) -> None:
    """What was learned of a question is not told of one whose content has changed."""
    await store.run(origin(), given(ONE, 5))
    await store.calibrate(fold, 10)
    changed = Ref("", "one", "h2")
    assert await alone(store, changed) is None
    known = await store.look(origin(), lambda tx: tx.candidates((changed, TWO), START))
    assert known.calibrated == {}


async def test_suspects_are_seen_where_they_may_be_asked(store: Database) -> None:
    """Those of the bank everywhere, those of a community in that one alone."""
    await store.run(origin(), given(ONE, 99))
    await store.run(origin(), given(TWO, 9))
    await store.run(origin(), given(OURS, 99))
    await store.calibrate(fold, 10)
    here = await store.look(origin(), lambda tx: tx.suspects(10))
    assert [ref.id for ref, _ in here] == ["one", "three"]
    there = origin("slack:cem", community="slack:T2")
    assert [ref.id for ref, _ in await store.look(there, lambda tx: tx.suspects(10))] == ["one"]


async def test_several_processes_apply_each_answer_once(store: Database) -> None:
    """Whoever comes while another is at it applies nothing."""
    for at in range(1, 41):
        await store.run(origin(), given(ONE, at))
    counts = [0]
    while sum(counts) < 40:
        counts += await asyncio.gather(*(store.calibrate(fold, 10) for _ in range(4)))
    assert (await found(store))[("", "one")].n == 40


async def test_a_late_commit_is_not_missed(server_url: str) -> None:
    """An answer whose number was drawn before others and committed after them is applied too."""
    store = store_at(server_url)
    try:
        await store.run(origin(), given(ONE, 1))
        with psycopg.connect(server_url) as late:
            late.execute("INSERT INTO answered (person, seq) VALUES ('nobody', 1)")
            await store.run(origin(), given(ONE, 2))
            assert await store.calibrate(fold, 10) == 1  # the second waits for the open one
            late.rollback()
        assert await store.calibrate(fold, 10) == 1
        assert (await found(store))[("", "one")] == Params(hard=2.5, n=2)
    finally:
        await store.close()


async def test_a_restored_server_goes_on(server_url: str) -> None:
    """A copy on a server that has counted fewer transactions misses and repeats no answer."""
    store = store_at(server_url)
    try:
        await store.run(origin(), given(ONE, 1))
        await store.calibrate(fold, 10)
        with psycopg.connect(server_url, autocommit=True) as copy:
            copy.execute("UPDATE answered SET tx = tx + 4000000000")
            copy.execute("UPDATE applied SET tx = tx + 4000000000")
        await store.run(origin(), given(ONE, 2))
        await store.calibrate(fold, 10)
        await store.run(origin(), given(ONE, 4))
        await store.calibrate(fold, 10)
        assert (await found(store))[("", "one")] == Params(hard=5.25, n=3)
    finally:
        await store.close()


async def test_who_is_forgotten_is_passed_over(store: Database) -> None:
    """Answers of a deleted person that were not applied yet are gone; those of others count."""
    await store.run(origin("discord:ada"), given(ONE, 1))
    await store.run(origin("discord:ben"), given(ONE, 2, "b"))
    await store.run(origin("discord:ada"), doing(lambda tx: tx.forget()))
    await store.run(origin("discord:cem"), given(ONE, 4, "c"))
    await store.calibrate(fold, 10)
    assert (await found(store))[("", "one")] == Params(hard=5.0, n=2)

"""What is known of questions that may be asked: which of them a person has met."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import create_engine

from bot.chat.cards import Reply
from bot.learning.items import Params, Used
from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions.model import Ref
from storage.candidates import several
from storage.engine import Database
from storage.version import make
from tests.stores import START, doing, origin, row, said

DAY = timedelta(days=1)


def memory(item: str, due: datetime | None = None) -> Memory:
    return Memory(item=item, area="databases", topic="locks", shown=START, due=due)


async def test_what_was_answered_or_shown_lately_is_met(store: Database) -> None:
    """What one has answered at any time, or was shown after a moment, of each owner."""

    def work(tx: Tx) -> Reply:
        own = replace(memory("own", START + DAY), owner=tx.community.id)
        long_ago = replace(memory("old", START + DAY), shown=START - 9 * DAY)
        skipped = replace(memory("skipped"), shown=START - DAY)
        same_name = replace(skipped, item="answered", owner=tx.community.id)
        for each in (own, long_ago, skipped, same_name, memory("shown")):
            tx.remember(each)
        tx.remember(memory("answered", START + DAY))
        return said(tx.community.id)

    here = (await store.run(origin(), work)).cards[0].text

    def others(tx: Tx) -> None:
        tx.remember(memory("others", START))
        tx.remember(memory("skipped", START))

    await store.run(origin("slack:ben"), doing(others))
    names = ("old", "skipped", "shown", "answered", "own", "others", "never")
    refs = [Ref(owner, name, "h") for owner in ("", here) for name in names]

    async def met(since: datetime) -> set[tuple[str, str]]:
        return set((await store.look(origin(), lambda tx: tx.candidates(refs, since))).met)

    answered = {("", "old"), ("", "answered"), (here, "own")}
    skipped = {("", "skipped"), (here, "answered")}
    assert await met(START - 2 * DAY) == {*answered, *skipped, ("", "shown")}
    assert await met(START - DAY) == {*answered, ("", "shown")}
    assert await met(START) == answered


def test_a_draw_looks_at_keys_alone() -> None:
    """SQLite answers which questions were met from keys, not from the rows behind them."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        make(connection)
        read = several(connection.dialect)
        given = dict.fromkeys(read.names, "[]")
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {read.sql}", tuple(given.values()))
        steps = [row.detail for row in plan]
    engine.dispose()
    assert any("met USING COVERING INDEX" in step for step in steps)
    assert any("unanswered USING INDEX ix_memory_person_due" in step for step in steps)


async def test_a_draw_knows_the_numbers_of_a_calibration(store: Database) -> None:
    """Difficulty, discrimination, how many answers and how long they took, as they are kept."""
    params = Params(0.5, 0.25, -0.5, 0.125, authored=1.0, n=7, right=Used(3, 0.5), median=3.25)
    ref = Ref("", "i", "h")
    await store.run(origin(), doing(lambda tx: tx.append(row(tx, "q", ref=ref))))
    await store.calibrate(lambda _params, _row: (params, False), 10)
    known = await store.look(origin(), lambda tx: tx.candidates([ref], START))
    told = replace(params.bare, n=params.n, median=params.median)
    assert known.calibrated == {("", "i"): told}
    assert await store.look(origin(), lambda tx: tx.calibrated(ref)) == params

"""Under two weeks before an interview: what comes back outweighs what is new, and comes in time."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.features.planned import ahead
from bot.features.quiz import returning, selecting
from bot.features.quiz.wanted import Wanted
from bot.store.protocol import Tx
from bot.store.rows import Memory, Plan
from questions.model import Item
from tests import bank
from tests.stage import Actor, Stage

MANY = tuple(bank.many(60))


def known(item: Item, stage: Stage, *, due: int, last: int) -> Memory:
    """A question last answered `last` days ago, due in so many days."""
    now = stage.clock()
    return Memory(
        item=item.id,
        area=item.area,
        topic=item.topic,
        shown=now - timedelta(days=last),
        last=now - timedelta(days=last),
        due=now + timedelta(days=due),
        stability=30.0,
        difficulty=5.0,
        reps=2,
    )


async def plan(ada: Actor, days: int, *memories: Memory) -> None:
    """An interview in so many days, and what is remembered."""
    stage = ada.stage

    def work(tx: Tx) -> Reply:
        day = stage.clock().date()
        made = Plan("backend", "mid", day + timedelta(days=days), day)
        settings = replace(tx.person.settings, plan=made)
        tx.save_person(replace(tx.person, settings=settings, answers=100))
        for one in memories:
            tx.remember(one)
        return Reply()

    await stage.store.run(ada.origin(), work)


async def back(ada: Actor, questions: tuple[Item, ...] = MANY) -> list[tuple[str, str]]:
    """What comes back now, and why."""
    held, rng = bank.collection(questions), bank.kit().rng("x")
    return await ada.stage.store.look(
        ada.origin(),
        lambda tx: [(one.item.id, one.why) for one in returning.due(tx, held, Wanted(), rng)],
    )


async def test_what_comes_back_after_the_day_comes_once_before_it(stage: Stage) -> None:
    """A part each day, the longest unasked first, behind what is due; asked, it is done."""
    ada = stage.person("ada")
    late = [known(one, stage, due=40 + n, last=30 + n) for n, one in enumerate(MANY[:10])]
    soon = known(MANY[20], stage, due=-1, last=12)
    between = known(MANY[21], stage, due=3, last=12)
    once = known(MANY[22], stage, due=40, last=1)
    await plan(ada, 5, *late, soon, between, once)
    assert await back(ada) == [("many-20", "due"), ("many-9", "once"), ("many-8", "once")]


async def test_a_fortnight_before_nothing_comes_early(stage: Stage) -> None:
    """Cramming begins under two weeks before the day, and ends with it."""
    ada = stage.person("ada")
    late = known(MANY[0], stage, due=40, last=30)
    await plan(ada, 14, late)
    assert await back(ada) == []
    stage.clock.forward(days=1)
    assert await back(ada) == [("many-0", "once")]
    stage.clock.forward(days=13)
    assert await back(ada) == [("many-0", "once")]
    stage.clock.forward(days=1)
    assert await back(ada) == []


async def test_more_comes_back_than_is_new(stage: Stage) -> None:
    """Of ten questions seven come back while cramming, five before."""
    ada = stage.person("ada")
    overdue = [known(one, stage, due=-1, last=20) for one in MANY[:20]]

    async def coming_back() -> int:
        held, rng = bank.collection(MANY), bank.kit().rng("x")
        found = await stage.store.look(
            ada.origin(), lambda tx: selecting.supply(tx, held, Wanted(count=10), rng)
        )
        return sum(one.why == "due" for one in found.drawn)

    await plan(ada, 30, *overdue)
    assert await coming_back() == 5
    await plan(ada, 7)
    assert await coming_back() == 7


async def test_no_area_that_is_seldom_asked_is_begun(stage: Stage) -> None:
    """While cramming it is asked only where nothing else is left; before, like any other."""
    ada = stage.person("ada")
    rare = tuple(
        replace(one, id=f"rare-{n}", hash=f"rare{n}", area="linux", topic="permissions")
        for n, one in enumerate(MANY[:12])
    )
    held, rng = bank.collection((*rare, *MANY[:10])), bank.kit().rng("x")

    async def areas() -> list[str]:
        found = await stage.store.look(
            ada.origin(), lambda tx: selecting.supply(tx, held, Wanted(count=12), rng)
        )
        return [one.item.area for one in found.drawn]

    await plan(ada, 7)
    assert (await areas()).index("linux") == 10
    await plan(ada, 30)
    assert (await areas()).index("linux") < 4


async def test_days_are_counted_in_the_persons_zone(stage: Stage) -> None:
    """The interview's day is over when their day is, not when UTC's is."""
    ada = stage.person("ada")
    await ada.says("settings")
    await ada.presses("Change day", zone="Auckland", hour="4")
    await plan(ada, 1)

    async def left() -> int | None:
        found = await stage.store.look(ada.origin(), ahead)
        return found.days if found else None

    assert await left() == 1
    stage.clock.forward(hours=5)  # 03:00 in Auckland, and the day begins at 04:00
    assert await left() == 1
    stage.clock.forward(hours=2)
    assert await left() == 0
    stage.clock.forward(days=1)
    assert await left() is None

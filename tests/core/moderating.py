"""What tests of moderation share: a look at what is kept, people who report, a written proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.chat.cards import Card, Reply
from bot.store.protocol import Tx
from questions.model import Item
from tests.stage import Actor, Stage

T = TypeVar("T")

GOOD = {
    "question": "A coroutine calls `time.sleep(5)`. What do the other tasks of its loop do?",
    "options": "They wait until it returns.\nThey run on in their threads.\nThey run on after 1 s.",
    "why": "Only an await gives the loop its turn; a blocking call keeps it.\n"
    "One loop runs all tasks in one thread.\nNo timeout interrupts a blocking call.",
    "source": "https://docs.python.org/3/library/asyncio-dev.html",
    "about": "gil and asyncio junior",
}


async def seen(actor: Actor, look: Callable[[Tx], T]) -> T:
    """What a look in this person's place gives."""
    return await actor.stage.store.look(actor.origin(), look)


async def acts(actor: Actor, act: Callable[[Tx], Any], key: str = "") -> Any:
    """What this gives in a transaction of this person's."""
    kept: list[Any] = []

    def work(tx: Tx) -> Reply:
        kept.append(act(tx))
        return Reply()

    await actor.stage.store.run(actor.origin(key), work)
    return kept[-1]


async def reports(actor: Actor, reason: str = "The key is wrong", kind: str = "single") -> Card:
    """Be asked the question of this type and report it."""
    await actor.says(f"type:{kind} 1")
    await actor.presses("⋯")
    form = await actor.form("Report")
    return await actor.sends(form.token, reason=reason)


async def three_report(stage: Stage) -> None:
    """Three people report the single question, each with a reason of their own."""
    for name in ("ben", "cem", "eve"):
        await reports(stage.person(name), f"Wrong, says {name[0]}.")


async def proposes(actor: Actor, **fields: str) -> Card:
    """Propose a question; named fields differ from a good one."""
    await actor.says("propose")
    form = await actor.form("Write it")
    return await actor.sends(form.token, **(GOOD | fields))


async def own_items(actor: Actor) -> tuple[Item, ...]:
    """The questions of the community that may be drawn."""
    return await seen(actor, lambda tx: tx.own_items())

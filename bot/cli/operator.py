"""What the operator does: work in communities and direct conversations, noted where it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from bot.app import new_id, now, open_store
from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.config import Settings
from bot.store.community import Audit
from bot.store.protocol import Tx
from storage.communities import Home


def act(settings: Settings, where: Iterable[Home], work: Callable[[Tx], None]) -> None:
    """Do this in each of them, in a transaction of its own; what it raises ends it there."""
    asyncio.run(_act(settings, where, work))


async def _act(settings: Settings, where: Iterable[Home], work: Callable[[Tx], None]) -> None:
    def done(tx: Tx) -> Reply:
        work(tx)
        return Reply()

    store = open_store(settings)
    try:
        for home in where:
            await store.run(_origin(home), done)
    finally:
        await store.close()


def note(tx: Tx, what: str, about: str) -> None:
    """Write down what was done; a direct conversation has no log that anybody reads."""
    if not tx.community.personal:
        tx.note(
            Audit(
                community=tx.community.id,
                person="",
                name="the operator",
                at=tx.origin.at,
                what=what,
                about=about,
            )
        )


def _origin(home: Home) -> Origin:
    """The bot's own work in a community; a direct conversation has none but its person."""
    return Origin(
        person=home.person,
        place="",
        community=home.community,
        private=not home.community,
        at=now(),
        ours=True,
        key=f"operator/{new_id()}",
    )

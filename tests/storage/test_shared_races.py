"""What several change at once is changed by one after another, and nobody's change is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.store.community import Daily
from bot.store.protocol import Tx
from bot.store.rules import PlaceRules
from storage.batch import TRIES
from storage.engine import Database
from storage.errors import Already
from tests.storage.communal import DAY, challenge, daily, found, game, posting, proposal
from tests.stores import doing, origin, store_at

PRESSES = 60
ADMINS = TRIES  # who change a place's rules, which are locked only when they are saved


def count_challenge(tx: Tx) -> None:
    held = tx.challenge("c", lock=True)
    assert held is not None
    tx.save_challenge(replace(held, queue=(*held.queue, tx.origin.person)))


def count_daily(tx: Tx) -> None:
    held = tx.daily("d", lock=True)
    assert held is not None
    tx.save_daily(replace(held, answered=held.answered + 1))


def count_posting(tx: Tx) -> None:
    held = tx.postings("d")[0]
    tx.save_posting(replace(held, shown=held.shown + 1))


def count_game(tx: Tx) -> None:
    held = tx.game("g", lock=True)
    assert held is not None
    tx.save_game(replace(held, players=held.players + 1))


def count_running_game(tx: Tx) -> None:
    held = tx.running_game("discord:channel")
    assert held is not None
    tx.save_game(replace(held, players=held.players + 1))


def count_proposal(tx: Tx) -> None:
    held = tx.proposal("p", lock=True)
    assert held is not None
    tx.save_proposal(replace(held, why=held.why + "x"))


def count_rules(tx: Tx) -> None:
    held = tx.place_rules("discord:p")
    assert held is not None
    tx.save_place_rules(replace(held, areas_off=(*(held.areas_off or ()), tx.origin.person)))


def _players(tx: Tx) -> int:
    held = tx.game("g")
    return held.players if held else 0


COUNTED: dict[Callable[[Tx], None], Callable[[Tx], int]] = {
    count_challenge: lambda tx: len(tx.challenges()[0].queue),
    count_daily: lambda tx: tx.dailies(DAY)[0].answered,
    count_posting: lambda tx: tx.postings("d")[0].shown,
    count_game: _players,
    count_running_game: _players,
    count_proposal: lambda tx: len(tx.proposals("waiting")[0].why),
    count_rules: lambda tx: len(tx.all_place_rules()[0].areas_off or ()),
}


def leave(tx: Tx) -> None:
    tx.save_challenge(challenge(tx))
    tx.save_daily(daily(tx))
    tx.save_posting(posting(tx))
    tx.save_game(game(tx))
    tx.save_proposal(proposal(tx))
    tx.save_place_rules(PlaceRules(place="discord:p"))


@pytest.mark.parametrize("change", COUNTED, ids=lambda change: change.__name__)
async def test_no_change_is_lost(store: Database, url: str, change: Callable[[Tx], None]) -> None:
    """Presses of 60 people at once, on PostgreSQL of two processes, each count once."""
    presses = ADMINS if change is count_rules else PRESSES
    stores = [store]
    if not url.endswith(".db"):
        stores.append(store_at(url))
    await store.run(origin(), doing(leave))
    crowd = (
        stores[n % len(stores)].run(origin(f"discord:p{n}"), doing(change)) for n in range(presses)
    )
    await asyncio.gather(*crowd)
    assert await store.look(origin(), COUNTED[change]) == presses
    for other in stores[1:]:
        await other.close()


async def test_one_daily_is_drawn_for_a_date(store: Database, url: str) -> None:
    """Of many who find none and write one, one is heard; all see the same."""
    stores = [store] if url.endswith(".db") else [store, store_at(url)]

    def draw(tx: Tx) -> Daily:
        known = tx.daily_on("c", DAY)
        if known is None:
            known = daily(tx, f"by {tx.origin.person}")
            tx.save_daily(known)
        return known

    async def one(n: int) -> Daily:
        drawn: Daily = await found(stores[n % len(stores)], draw, origin(f"discord:p{n}"))
        return drawn

    await store.run(origin(), doing(lambda tx: None))
    drawn = await asyncio.gather(*(one(n) for n in range(24)))
    assert len({each.id for each in drawn}) == 1
    assert await store.look(origin(), lambda tx: len(tx.dailies(DAY))) == 1
    for other in stores[1:]:
        await other.close()


async def test_the_ledger_is_never_written_over(store: Database) -> None:
    """A second daily of a date is refused, with all that its transaction wrote."""

    def stubborn(tx: Tx) -> None:
        tx.save_challenge(challenge(tx, "another"))
        tx.save_daily(daily(tx, "second"))

    await store.run(origin(), doing(lambda tx: tx.save_daily(daily(tx))))
    with pytest.raises(Already):
        await store.run(origin(), doing(stubborn))
    assert await store.look(origin(), lambda tx: [d.id for d in tx.dailies(DAY)]) == ["d"]
    assert await store.look(origin(), lambda tx: tx.challenges()) == ()


async def test_a_daily_stays_on_its_date(store: Database) -> None:
    """A daily that is saved under another date or challenge is left as it is."""
    await store.run(origin(), doing(lambda tx: tx.save_daily(daily(tx))))
    for elsewhere in ({"day": DAY + timedelta(days=1)}, {"challenge": "another"}):
        moved = doing(lambda tx, facts=elsewhere: tx.save_daily(daily(tx, **facts)))  # type: ignore[misc]
        await store.run(origin(), moved)
    kept = await store.look(origin(), lambda tx: tx.dailies(DAY))
    assert [(each.challenge, each.day) for each in kept] == [("c", DAY)]


async def test_a_posting_stays_with_its_daily(store: Database) -> None:
    """What is posted in a place on a date is not taken over by another daily."""
    await store.run(origin(), doing(lambda tx: tx.save_posting(posting(tx))))
    other = doing(lambda tx: tx.save_posting(posting(tx, daily="another", shown=9)))
    await store.run(origin(), other)
    kept = await store.look(origin(), lambda tx: (tx.postings("d"), tx.postings("another")))
    assert [len(each) for each in kept] == [1, 0]
    assert kept[0][0].shown == 0


async def test_one_game_is_open_in_a_place(store: Database) -> None:
    """A second open game there is refused, elsewhere or afterwards it is not."""

    def begin(name: str, **facts: Any) -> Any:
        return doing(lambda tx: tx.save_game(game(tx, name, **facts)))

    await store.run(origin(), begin("g1"))
    with pytest.raises(Already):
        await store.run(origin(), begin("g2"))
    await store.run(origin(), begin("g3", place="discord:elsewhere"))
    await store.run(origin(), begin("g1", state="done"))
    await store.run(origin(), begin("g2"))
    running = await store.look(origin(), lambda tx: tx.running_game("discord:channel"))
    assert running is not None
    assert running.id == "g2"


async def test_of_games_begun_at_once_one_begins(store: Database) -> None:
    """Twenty people who start a game at the same moment play the same one."""

    def begin(tx: Tx) -> str:
        running = tx.running_game("discord:channel")
        if running is None:
            running = game(tx, f"by {tx.origin.person}")
            tx.save_game(running)
        return running.id

    await store.run(origin(), doing(lambda tx: None))
    names = await asyncio.gather(*(found(store, begin, origin(f"discord:p{n}")) for n in range(20)))
    assert len(set(names)) == 1

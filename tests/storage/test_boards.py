"""Boards: ties share a rank, who opted out is not there, everybody sees their own place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.store.protocol import Tx
from bot.store.scores import Board, Gain
from storage.engine import Database
from tests.stores import origin, said, silent

POINTS = {"ada": 43, "ben": 36, "cem": 36, "dan": 20, "eve": 20, "fay": 5}


def gaining(points: int, period: str = "w") -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        tx.gain(Gain("all", period, points, 1, 1))
        return said("")

    return work


def hiding(hidden: bool) -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        tx.save_member(replace(tx.member, hidden=hidden))
        return said("")

    return work


async def board(store: Database, who: str, limit: int = 10, **where: object) -> Board:
    asked = origin(f"discord:{who}", **where)
    return await store.look(asked, lambda tx: tx.board("all", "w", limit))


@pytest.fixture
async def played(store: Database) -> Database:
    """Six people with points, two pairs of them equal."""
    works = [(f"discord:{name}", gaining(points)) for name, points in POINTS.items()]
    await asyncio.gather(*(store.run(origin(who), work) for who, work in works))
    return store


async def test_ties_share_a_rank(played: Database) -> None:
    """1, 2, 2, 4, 4, 6, the best first."""
    top = (await board(played, "ada")).top
    assert [(r.rank, r.points) for r in top] == [
        (1, 43),
        (2, 36),
        (2, 36),
        (4, 20),
        (4, 20),
        (6, 5),
    ]
    assert {r.name for r in top[1:3]} == {"Ben", "Cem"}


async def test_own_rank_and_who_is_ahead(played: Database) -> None:
    """One's own rank is exact beyond the top that is shown, and names who stands just above."""
    seen = await board(played, "fay", limit=2)
    assert len(seen.top) == 2
    assert seen.own is not None
    assert seen.ahead is not None
    assert (seen.own.rank, seen.own.name, seen.own.points) == (6, "Fay", 5)
    assert (seen.ahead.rank, seen.ahead.points, seen.ahead.right) == (4, 20, 1)
    assert [one.right for one in seen.top] == [1, 1]
    assert seen.people == 6


async def test_the_first_has_nobody_ahead(played: Database) -> None:
    """Also of two equal ones neither is ahead of the other."""
    first, tied = await board(played, "ada"), await board(played, "ben")
    assert first.ahead is None
    assert tied.ahead is not None
    assert (tied.own and tied.own.rank, tied.ahead.name) == (2, "Ada")


async def test_who_opted_out_is_left_out(played: Database) -> None:
    """Hidden people are not shown, not counted and not ahead; they see their own rank."""
    await played.run(origin("discord:ben"), hiding(True))
    others, own = await board(played, "cem"), await board(played, "ben")
    assert "Ben" not in {r.name for r in others.top}
    assert (others.people, own.people) == (5, 5)
    assert own.own is not None
    assert (own.own.rank, own.own.name) == (2, "Ben")
    await played.run(origin("discord:ben"), gaining(10))
    assert (await board(played, "cem")).ahead == others.ahead
    await played.run(origin("discord:ben"), hiding(False))
    assert (await board(played, "cem")).top[0].name == "Ben"


async def test_who_has_no_points_has_no_rank(played: Database) -> None:
    """A new person sees the board without a place of their own."""
    await played.run(origin("discord:new"), silent)
    seen = await board(played, "new")
    assert (seen.own, seen.ahead, seen.people) == (None, None, 6)


async def test_boards_are_of_one_community_scope_and_period(played: Database) -> None:
    """Points of another community or week do not mix."""
    elsewhere = origin("discord:ada", community="discord:other")
    await played.run(elsewhere, gaining(99))
    await played.run(origin("discord:fay"), gaining(99, "w2"))
    assert (await board(played, "ada")).top[0].points == 43
    there = await board(played, "ada", community="discord:other")
    assert [(r.name, r.points) for r in there.top] == [("Ada", 99)]


async def test_gains_of_one_press_add_up(store: Database) -> None:
    """Two gains of the same period are one sum, whether new or there before."""

    def work(tx: Tx) -> Reply:
        tx.gain(Gain("all", "w", 2, 1, 1))
        tx.gain(Gain("all", "w", 3, 1, 0))
        return said("")

    await store.run(origin(), work)
    await store.run(origin(), work)
    assert (await board(store, "ada")).top[0].points == 10

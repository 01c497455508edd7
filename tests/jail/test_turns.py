"""Whose run is next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from jail import Crowded, Jail
from jail.turns import OF_COMMUNITY, OF_PERSON, WAITING, Turns


class Queue:
    """People who wait, and the order in which their turns came."""

    def __init__(self, slots: int) -> None:
        self.turns = Turns(slots)
        self.came: list[str] = []
        self.waiting: list[asyncio.Task[None]] = []

    async def join(self, people: Iterable[str]) -> None:
        """Each is `community/person/note`."""
        for name in people:
            self.waiting.append(asyncio.ensure_future(self._wait(name)))
            await asyncio.sleep(0)

    async def _wait(self, name: str) -> None:
        community, person, *_ = name.split("/")
        await self.turns.taken(person, community)
        self.came.append(name)

    async def back(self, person: str) -> list[str]:
        """Who came after a turn was given back."""
        before = len(self.came)
        self.turns.back(person)
        for _ in range(3):
            await asyncio.sleep(0)
        return self.came[before:]

    def leave(self) -> None:
        """Nobody waits any more."""
        for task in self.waiting:
            task.cancel()


async def test_communities_take_turns() -> None:
    """A community with many waiting gets no more than one turn between two of another."""
    queue = Queue(1)
    await queue.join(["a/1", "a/2", "a/3", "a/4", "b/5", "b/6", "c/7"])
    for name in ["a/2", "b/5", "c/7", "a/3", "b/6", "a/4"]:
        assert await queue.back(queue.came[-1].split("/")[1]) == [name]


async def test_a_person_runs_two_at_once() -> None:
    """The third run of a person waits for one of theirs, while others go past it."""
    queue = Queue(4)
    await queue.join(["a/1/x", "a/1/y", "a/1/z", "a/2", "b/3"])
    assert queue.came == ["a/1/x", "a/1/y", "a/2", "b/3"]
    assert await queue.back("2") == []
    assert await queue.back("1") == ["a/1/z"]


async def test_the_queue_has_an_end() -> None:
    """Of a person, of a community and in all only so many wait; the next is told at once."""
    queue = Queue(0)
    await queue.join(["a/1"] * OF_PERSON)
    with pytest.raises(Crowded) as own:
        await queue.turns.taken("1", "b")
    assert own.value.own
    await queue.join(f"a/x{n}" for n in range(OF_COMMUNITY - OF_PERSON))
    with pytest.raises(Crowded) as others:
        await queue.turns.taken("2", "a")
    assert not others.value.own
    await queue.join(f"c{n}/y{n}" for n in range(WAITING - OF_COMMUNITY))
    with pytest.raises(Crowded):
        await queue.turns.taken("3", "d")
    queue.leave()


async def test_who_leaves_the_queue_is_not_waited_for() -> None:
    """A cancelled wait leaves its place, and a turn that came too late is given back."""
    queue = Queue(1)
    await queue.join(["a/1", "a/2", "a/3", "b/4"])
    queue.waiting[2].cancel()
    await asyncio.sleep(0)
    queue.turns.back("1")
    queue.waiting[1].cancel()
    for _ in range(4):
        await asyncio.sleep(0)
    assert queue.came == ["a/1", "b/4"]


async def test_a_crowd_waits_or_is_told() -> None:
    """Of many runs at once each has its outcome, or is told that too many wait."""
    jail = Jail(slots=2)
    runs = [jail.regex("a", ("a",), person=str(n % 20), community=str(n % 3)) for n in range(200)]
    ends = await asyncio.gather(*runs, return_exceptions=True)
    told = [end for end in ends if isinstance(end, Crowded)]
    assert len(told) == 200 - WAITING - 2
    assert all(isinstance(end, Crowded) or end.found == (True,) for end in ends)  # type: ignore[union-attr]
    await jail.close()

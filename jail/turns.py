"""Whose run is next: few at once, two a person, communities in turn, and a queue with an end."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict

from msgspec import Struct

from jail.values import Crowded

RUNNING = 2  # of one person at once
WAITING, OF_COMMUNITY, OF_PERSON = 64, 24, 4  # in the queue, at most


class Waiter(Struct, frozen=True, eq=False):
    """Somebody in the queue; `turn` is done when they may run."""

    person: str
    community: str
    turn: asyncio.Future[None]


class Turns:
    """Belongs to one event loop; every `taken` turn must be given `back`."""

    def __init__(self, slots: int) -> None:
        self._free = slots
        self._running: Counter[str] = Counter()
        self._queues: OrderedDict[str, list[Waiter]] = OrderedDict()  # the first one is next

    async def taken(self, person: str, community: str) -> None:
        """Wait for a turn; raises Crowded at once where the queue has no room."""
        self._admit(person, community)
        waiter = Waiter(person, community, asyncio.get_running_loop().create_future())
        self._queues.setdefault(community, []).append(waiter)
        self._call()
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled():
                self.back(person)
            else:
                self._leave(waiter)
            raise

    def back(self, person: str) -> None:
        """Give a turn back; who waits longest in the next community may run."""
        self._free += 1
        self._running -= Counter({person: 1})
        self._call()

    def _admit(self, person: str, community: str) -> None:
        waiting = [waiter for queue in self._queues.values() for waiter in queue]
        if sum(waiter.person == person for waiter in waiting) >= OF_PERSON:
            raise Crowded(own=True)
        if len(waiting) >= WAITING or len(self._queues.get(community, ())) >= OF_COMMUNITY:
            raise Crowded(own=False)

    def _call(self) -> None:
        while self._free and (waiter := self._next()):
            self._leave(waiter)
            if waiter.community in self._queues:
                self._queues.move_to_end(waiter.community)
            self._free -= 1
            self._running[waiter.person] += 1
            waiter.turn.set_result(None)

    def _next(self) -> Waiter | None:
        able = (
            waiter
            for queue in self._queues.values()
            for waiter in queue
            if self._running[waiter.person] < RUNNING and not waiter.turn.done()
        )
        return next(able, None)

    def _leave(self, waiter: Waiter) -> None:
        queue = self._queues[waiter.community]
        queue.remove(waiter)
        if not queue:
            del self._queues[waiter.community]

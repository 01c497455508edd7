"""Due work: what has a time is claimed, done once and delivered, by any number of processes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.chat.posts import Later, Post, Poster, Refused
from bot.store.protocol import Store, Tx
from bot.store.rows import Due, Outgoing

LEASE = timedelta(minutes=2)  # longer than any attempt; a process that died gives its rows back
KEPT = timedelta(hours=26)  # Slack delivers a delayed event for at most 25
CLAIMED = 100
TRIES = 8  # attempts at a post before it is given up
log = logging.getLogger("sparring")

Handler = Callable[[Due, Tx], Reply]


class Clockwork:
    """Claims due rows and outgoing posts; a tick is safe to run anywhere, any time, twice."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, Handler],
        posters: Mapping[str, Poster],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._handlers = handlers
        self._posters = posters
        self._now = now

    async def tick(self) -> None:
        """Do everything that is due now and send what waits to be sent."""
        await self.work()
        await asyncio.gather(*(self.deliver(platform) for platform in self._posters))

    async def work(self) -> int:
        """Handle due rows until none is left; gives their number."""
        done = 0
        while rows := await self._store.claim_due(self._now(), CLAIMED, LEASE):
            for row in rows:
                await self._one(row)
            done += len(rows)
        return done

    async def _one(self, row: Due) -> None:
        origin = Origin(
            person=row.external,
            place=row.place,
            private=True,
            at=self._now(),
            ours=True,
            key=f"due/{row.id}/{row.at.isoformat()}",
        )
        try:
            handler = self._handlers[row.kind]
            await self._store.run(origin, lambda tx: handler(row, tx))
        except Exception:
            log.exception("due work %s failed; it is tried again after its lease", row.kind)

    async def deliver(self, platform: str) -> int:
        """Send the posts of a platform; gives the number of attempts."""
        poster = self._posters[platform]
        tried = 0
        while rows := await self._store.claim_outbox(platform, self._now(), CLAIMED, LEASE):
            for row in rows:
                await self._send(poster, row)
            tried += len(rows)
        return tried

    async def _send(self, poster: Poster, row: Outgoing) -> None:
        post = msgspec.json.decode(row.post, type=Post)
        try:
            message = await poster.send(post)
        except Later as later:
            await self._again(row, later.seconds)
        except Refused as refused:
            await self._store.unsent(row.id, None, str(refused))
        except Exception:
            log.exception("a post to %s failed", row.platform)
            await self._again(row, 2.0**row.tries)
        else:
            await self._store.sent(row.id, message)

    async def _again(self, row: Outgoing, seconds: float) -> None:
        given_up = row.tries + 1 >= TRIES
        again = None if given_up else self._now() + timedelta(seconds=seconds)
        await self._store.unsent(row.id, again, "tried too often" if given_up else "later")

    async def sweep(self) -> int:
        """Forget what no platform will deliver again; gives the number of rows."""
        return await self._store.sweep(self._now() - KEPT)

    async def next(self) -> datetime | None:
        """When the earliest due row wants to be handled."""
        return await self._store.next_due()

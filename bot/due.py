"""Due work: what has a time is claimed, done once and delivered, by any number of processes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.chat.posts import Later, Message, Outcome, Post, Poster, Refused
from bot.chat.rights import Rights
from bot.made import complete
from bot.store.protocol import Busy, Down, Store, Tx, Unsure
from bot.store.rows import Due, Outgoing

LEASE = timedelta(minutes=2)  # longer than any attempt; a process that died gives its rows back
SENT = timedelta(minutes=1)  # the same for a post: platforms know it again for some minutes only
KEPT = timedelta(hours=26)  # Slack delivers a delayed event for at most 25
CLAIMED = 500  # due rows handled side by side: each waits for the store less than its deadline
SENDING = 20  # posts on their way to a platform at once, each to another target
PATIENCE = 30.0  # seconds for one attempt; it may have arrived all the same
AGAIN = 5.0  # seconds to the next look after a fault
TRIES = 8  # attempts at a post before it is given up; being asked for patience is none
log = logging.getLogger("sparring")

Handler = Callable[[Due, Tx], Reply]
Told = Callable[[Outcome, Tx], Reply]


class Clockwork:
    """Claims due rows and outgoing posts; a tick is safe to run anywhere, any time, twice."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, Handler],
        told: Mapping[str, Told],
        posters: Mapping[str, Poster],
        now: Callable[[], datetime],
        rights: Mapping[str, Rights] | None = None,
    ) -> None:
        self._rights = {} if rights is None else rights  # by platform; adapters come later
        self._store = store
        self._handlers = handlers
        self._told = told
        self._posters = posters
        self._now = now
        self._closed_until: dict[str, datetime] = {}  # platforms that asked for patience everywhere

    async def run(self, alarm: Alarm) -> None:
        """Do what is due at its time, and send what waits, until cancelled."""
        await asyncio.gather(
            self._forever(alarm.of("due"), self.work, ()),
            *(
                self._forever(alarm.of(name), lambda name=name: self.deliver(name), (name,))  # type: ignore[misc]  # a default argument binds the name
                for name in self._posters
            ),
        )

    async def _forever(
        self, woken: asyncio.Event, do: Callable[[], object], platforms: tuple[str, ...]
    ) -> None:
        while True:
            woken.clear()
            try:
                await do()  # type: ignore[misc]  # either of two coroutines
                at = await self._wanted(platforms)
                seconds = None if at is None else max(0.01, (at - self._now()).total_seconds())
            except (Busy, Down) as fault:
                log.warning("due work waits for the database: %s", fault)
                seconds = AGAIN
            except Exception:
                log.exception("due work stopped; it goes on in %g s", AGAIN)
                seconds = AGAIN
            await _slept(woken, seconds)

    async def _wanted(self, platforms: tuple[str, ...]) -> datetime | None:
        """When there is something to do; a platform that asked for patience is not looked at."""
        at = await self._store.next_due(platforms)
        shut = [self._closed_until[name] for name in platforms if name in self._closed_until]
        return at if at is None else max([at, *shut])

    async def tick(self) -> None:
        """Do everything that is due now and send what waits to be sent."""
        await self.work()
        await asyncio.gather(*(self.deliver(platform) for platform in self._posters))

    async def work(self) -> int:
        """Handle due rows until none is left; gives their number."""
        done = 0
        while rows := await self._store.claim_due(self._now(), CLAIMED, LEASE):
            await asyncio.gather(*(self._one(row) for row in rows))
            done += len(rows)
        return done

    async def _one(self, row: Due) -> None:
        origin = Origin(
            person=row.external,
            place=row.place,
            community=row.within,
            private=not row.within,
            at=max(self._now(), row.at),  # a clock that was set back does not undo what is due
            ours=True,
            key=f"due/{row.id}/{row.at.isoformat()}",
        )
        try:
            handler = self._handlers[row.kind]
            await self._store.run(origin, lambda tx: _done(row, tx, handler))
        except Exception:
            log.exception("due work %s failed; it is tried again after its lease", row.kind)

    async def deliver(self, platform: str) -> int:
        """Send the posts of a platform until none is left; gives the number of attempts."""
        poster = self._posters[platform]
        sending: set[asyncio.Task[None]] = set()
        tried = 0
        while True:
            free = 0 if self._closed(platform) else SENDING - len(sending)
            rows = await self._claimed(platform, free)
            sending |= {asyncio.create_task(self._send(poster, row)) for row in rows}
            tried += len(rows)
            if not sending:
                return tried
            if len(rows) < max(1, free):
                over, sending = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
                for task in over:
                    if fault := task.exception():
                        log.warning("a post waits until its lease ends: %s", fault)

    def _closed(self, platform: str) -> bool:
        until = self._closed_until.get(platform)
        return until is not None and self._now() < until

    async def _claimed(self, platform: str, free: int) -> tuple[Outgoing, ...]:
        if free <= 0:
            return ()
        return await self._store.claim_outbox(platform, self._now(), free, SENT)

    async def _send(self, poster: Poster, row: Outgoing) -> None:
        post = msgspec.json.decode(row.post, type=Post)
        if post.until is not None and self._now() > post.until:
            await self._lost(row, post, "late")
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._meant(row, post)
                (card,) = await complete((post.card,))
                message = await poster.send(replace(post, card=card), first=row.tries == 0)
        except Later as later:
            if later.everywhere:
                until = self._now() + timedelta(seconds=later.seconds)
                before = self._closed_until.get(row.platform, until)
                self._closed_until[row.platform] = max(before, until)
            await self._again(row, later.seconds, "asked to wait", counts=later.unsure)
        except Refused as refused:
            await self._lost(row, post, str(refused), gone=refused.gone)
        except TimeoutError:
            await self._failed(row, post, "no answer")
        except Exception:
            log.exception("a post to %s failed", row.platform)
            await self._failed(row, post, "failed")
        else:
            await self._tell(post, message, "")
            await self._store.sent(row.id, message)

    async def _meant(self, row: Outgoing, post: Post) -> None:
        """Ask whether what is for admins goes to one; where nobody can be asked, it does.

        Raises Refused where it does not, TimeoutError where the platform does not say.
        """
        rights = self._rights.get(row.platform)
        if not post.admins or rights is None:
            return
        whose = Origin(
            person=post.target, place="", community=post.community, at=self._now(), key=""
        )
        admin = await rights.admin(whose)
        if admin is None:
            raise TimeoutError
        if not admin:
            raise Refused("no admin")

    async def _failed(self, row: Outgoing, post: Post, why: str) -> None:
        if row.tries + 1 >= TRIES:
            await self._lost(row, post, "tried too often")
        else:
            await self._again(row, 2.0**row.tries, why, counts=True)

    async def _again(self, row: Outgoing, seconds: float, why: str, *, counts: bool) -> None:
        again = self._now() + timedelta(seconds=seconds)
        await self._store.unsent(row.id, again, why, counts=counts)

    async def _lost(self, row: Outgoing, post: Post, why: str, *, gone: bool = False) -> None:
        await self._tell(post, None, why, gone=gone)
        await self._store.unsent(row.id, None, why)

    async def _tell(
        self, post: Post, message: Message | None, why: str, *, gone: bool = False
    ) -> None:
        """Tell the feature that asked for it what became of a post: once, by its key."""
        told = self._told.get(post.back.partition(":")[0]) if post.back else None
        if told is None:
            return
        outcome = Outcome(post=post, message=message, why=why, gone=gone, at=self._now())
        origin = Origin(
            person="",
            place=post.target,
            community=post.community,
            at=outcome.at,
            ours=True,
            key=f"sent/{post.dedupe}",
        )
        try:
            await self._store.run(origin, lambda tx: told(outcome, tx))
        except (Busy, Down, Unsure):
            raise  # the post stays held, and is told of again
        except Exception:
            log.exception("what became of a post could not be kept")

    async def sweep(self) -> int:
        """Forget what no platform will deliver again; gives the number of rows."""
        return await self._store.sweep(self._now() - KEPT)

    async def next(self) -> datetime | None:
        """When the earliest due row or waiting post wants to be handled."""
        found = [await self._wanted(names) for names in ((), *((one,) for one in self._posters))]
        return min((at for at in found if at is not None), default=None)


def _done(row: Due, tx: Tx, handler: Handler) -> Reply:
    """Handle a due row; it is over unless the handler schedules it anew."""
    tx.unschedule(row.id)
    return handler(row, tx)


class Alarm:
    """Wakes what sleeps until due work: set by the ticker and by whoever writes earlier work."""

    def __init__(self, names: Iterable[str]) -> None:
        self._loop = asyncio.get_running_loop()
        self._events = {name: asyncio.Event() for name in ("due", *names)}

    def of(self, name: str) -> asyncio.Event:
        """The event of one sleeper: "due", or a platform."""
        return self._events[name]

    def ring(self) -> None:
        """Wake everybody; from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._set)

    def _set(self) -> None:
        for event in self._events.values():
            event.set()


async def _slept(woken: asyncio.Event, seconds: float | None) -> None:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        pass

"""
Storms of 429 at the wire: `python -m tests.adapters.slack.storm [seed]`.

The real poster and clockwork over a real SQLite store send to a Slack that refuses at random, in
every way it writes Retry-After, and drops connections before and after it took a post. Nobody
sleeps: the clockwork and Slack share one simulated clock.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from msgspec import Struct

from adapters.slack.calls import Calls, connected
from adapters.slack.people import People
from adapters.slack.post import Poster
from bot.chat.cards import Card, Reply
from bot.chat.events import Origin
from bot.chat.posts import Post
from bot.due import Clockwork
from bot.store.protocol import Tx
from storage import open_store
from tests.adapters.slack.wire import Json, Refusal, Wire, listening

START = datetime(2026, 11, 25, 9, tzinfo=UTC)
LIMITED, TAKEN, LOST, FAULTY = 0.06, 0.02, 0.02, 0.01  # shares of the requests
HEADERS = ("Retry-After", "Retry-After", "retry-after", "RETRY-AFTER", "")
CARD = Card(view="daily", title="Daily", text="A) or B)?", to="place")


class Report(Struct, frozen=True, kw_only=True):
    """
    What came of it.

    `early` are requests to a method that a 429 had closed; `crowded` those to a channel within a
    second of its last message.
    """

    delivered: int
    missing: int
    twice: int
    disordered: int
    early: int
    crowded: int
    limited: int
    dropped: int
    requests: int
    simulated: float


class Clock:
    """The time, until it is set forward."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


class Weather:
    """Refuses at random, and notes who asks too early."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self.clock, self.rng = clock, rng
        self.closed: dict[str, datetime] = {}
        self.wrote: dict[str, datetime] = {}
        self.seen: Counter[str] = Counter()

    def __call__(self, method: str, body: Json) -> Refusal | None:
        now = self.clock()
        if now < self.closed.get(method, now):
            self.seen["early"] += 1
        if method == "chat.postMessage":
            last = self.wrote.get(body["channel"])
            self.seen["crowded"] += last is not None and now - last < timedelta(seconds=1)
        refusal = self._fallen(method)
        if method == "chat.postMessage" and (refusal is None or refusal.taken):
            self.wrote[body["channel"]] = now
        return refusal

    def _fallen(self, method: str) -> Refusal | None:
        drawn = self.rng.random()
        for share, kind in ((LIMITED, "limited"), (TAKEN, "taken"), (LOST, "lost")):
            if drawn < share:
                self.seen[kind] += 1
                return self._limited(method) if kind == "limited" else Refusal(
                    drop=True, taken=kind == "taken"
                )  # fmt: skip
            drawn -= share
        return Refusal("internal_error") if drawn < FAULTY else None

    def _limited(self, method: str) -> Refusal:
        seconds = self.rng.choice((0.3, 1, 2, 5, 17, 30, 60))
        self.closed[method] = self.clock() + timedelta(seconds=seconds)
        return Refusal(after=seconds, header=self.rng.choice(HEADERS))


async def storm(posts: int, channels: int, seed: int, folder: Path) -> Report:
    """Send so many posts to so many channels, until nothing waits any more."""
    clock = Clock()
    numbers = count(1)
    store = open_store(
        f"sqlite:///{folder / 'storm.sqlite'}",
        clock=clock, ids=lambda: f"id{next(numbers)}", zone="UTC",
    )  # fmt: skip
    weather = Weather(clock, random.Random(seed))
    try:
        async with listening() as wire, connected("xoxb-canary", f"{wire.url}/api/") as client:
            wire.weather, wire.now = weather, clock
            wire.member_of.update(f"C{number}" for number in range(channels))
            calls = Calls(client, clock, _asleep)
            work = Clockwork(store, {}, {}, {"slack": Poster(calls, People(calls), ())}, clock)
            await store.run(bot(), lambda tx: put(tx, posts, channels))
            while (at := await work.next()) is not None:
                clock.at = max(at, clock.at)
                await work.deliver("slack")
            return _report(wire, weather, posts, channels)
    finally:
        await store.close()


def bot() -> Origin:
    """The bot's own work."""
    return Origin(person="", place="slack:T1/C0", community="slack:T1", at=START, key="storm")


def put(tx: Tx, posts: int, channels: int) -> Reply:
    """Put so many posts to so many channels, in turn, into the outbox."""
    for number in range(posts):
        target = f"slack:T1/C{number % channels}"
        tx.post(Post(dedupe=f"{number:05d}", where="place", target=target, card=CARD))
    return Reply()


async def _asleep(seconds: float) -> None:
    raise AssertionError(f"the outbox slept for {seconds} s")


def _report(wire: Wire, weather: Weather, posts: int, channels: int) -> Report:
    by_channel = [list(_ids(wire, f"C{number}")) for number in range(channels)]
    sent = Counter(one for ids_ in by_channel for one in ids_)
    return Report(
        delivered=len(sent),
        missing=posts - len(sent),
        twice=sum(times > 1 for times in sent.values()),
        disordered=sum(ids_ != sorted(ids_) for ids_ in by_channel),
        early=weather.seen["early"],
        crowded=weather.seen["crowded"],
        limited=weather.seen["limited"],
        dropped=weather.seen["taken"] + weather.seen["lost"],
        requests=len(wire.requests),
        simulated=(weather.clock() - START).total_seconds(),
    )


def _ids(wire: Wire, channel: str) -> Iterator[str]:
    for one in wire.shown.values():
        if one.place == channel:
            yield one.body["metadata"]["event_payload"]["id"]


def main() -> None:
    """A whole storm: 1,000 posts to 40 channels."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(storm(1000, 40, seed, Path(folder)))
    print(f"seed {seed}: {report}; {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()

"""
A storm of 429s at the wire: `python -m tests.adapters.discord.storm 1000 1`.

Posts lie in a real outbox and go by the real Clockwork, the Poster and discord.py's client to a
Discord that refuses, for a route or everywhere, in every wording, breaks connections after it took
a post, and is sometimes down. The arguments are the number of posts and the first seed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import sys
import tempfile
from collections import Counter, defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import aiohttp
from aiohttp import web

from adapters.discord.app import Settings, create
from bot.chat.cards import Card, Reply
from bot.chat.events import Origin
from bot.chat.posts import Post
from bot.due import Clockwork
from bot.store.protocol import Store, Tx
from storage import open_store
from tests.adapters.discord.drill import door
from tests.adapters.discord.rules import walk
from tests.adapters.discord.wire import Json, Refusal, Wire, listening
from tests.drivers.discord import Memory, addresses

START = datetime(2026, 11, 25, 9, tzinfo=UTC)
CHANNELS = 40
REFUSED, CUT, DOWN, EMPTY = 0.12, 0.03, 0.01, 0.2  # of the requests
A_SLIP = timedelta(milliseconds=1)  # seconds as floats against a clock of microseconds
TEN_MINUTES = timedelta(minutes=10)


class Clock:
    """The simulated time, for all of them."""

    at = START

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return (self.at - START).total_seconds()


class Storming(Refusal):
    """A 429 in one of the wordings that are seen."""

    def __init__(self, seconds: float, scope: str, rng: random.Random) -> None:
        everywhere = scope == ""
        name = rng.choice((str, str.lower, str.upper))
        said: Json = {"message": "You are being rate limited.", "global": everywhere}
        headers = {"X-Storm": scope}
        way = rng.randrange(5)
        if way != 0:
            said["retry_after"] = seconds
        if way in (0, 1, 2):
            headers[name("Retry-After")] = str(int(seconds) + 1)
        if way == 2:
            headers |= {name("X-RateLimit-Remaining"): "0", name("X-RateLimit-Limit"): "5"}
            headers |= {name("X-RateLimit-Bucket"): "b", name("X-RateLimit-Reset-After"): "0"}
        if way == 3:
            headers["Via"] = ""  # some proxies drop it
        if everywhere and way != 3:
            said["global"] = rng.random() < 0.5  # then only the headers say it
            headers |= {name("X-RateLimit-Scope"): "global", name("X-RateLimit-Global"): "true"}
        super().__init__(429, 0, **headers)
        self.said = said
        self.seconds = float(int(seconds) + 1) if way in (0, 1, 2) else seconds

    @property
    def body(self) -> bytes:
        return json.dumps(self.said).encode()


@dataclass
class Storm(Wire):
    """Discord in a storm; it knows what its client has been told, and when it asks too early."""

    clock: Clock = field(default_factory=Clock)
    rng: random.Random = field(default_factory=random.Random)
    until: dict[str, datetime] = field(default_factory=dict)
    told: dict[str, datetime] = field(default_factory=dict)
    early: list[str] = field(default_factory=list)
    refusals: list[datetime] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    second: Counter[datetime] = field(default_factory=Counter)
    calm: bool = True

    async def handle(self, request: web.Request) -> web.Response:
        self.now = self.clock.at
        self.second[self.now.replace(microsecond=0)] += 1
        return await super().handle(request)

    def _cuts(self, line: str) -> bool:
        cuts = not self.calm and self.rng.random() < CUT
        self.seen["broken off"] += cuts
        return cuts

    def _refused(self, line: str) -> None:
        if self.calm:
            return
        now, scope = self.clock.at, line
        shut = [one for one in ("", scope) if self.until.get(one, now) > now]
        if shut:
            left = max(self.until[one] for one in shut) - now
            raise self._no(left.total_seconds(), shut[0], new=False)
        if self.rng.random() < REFUSED:
            raise self._no(self.rng.uniform(0.3, 60), "" if self.rng.random() < 0.2 else scope)
        if self.rng.random() < DOWN:
            self.seen["503"] += 1
            raise Refusal(503, 0)

    def _no(self, seconds: float, scope: str, *, new: bool = True) -> Refusal:
        no = Storming(seconds, scope, self.rng)
        until = self.clock.at + timedelta(seconds=no.seconds)
        self.until[scope] = max(self.until.get(scope, until), until)
        self.refusals.append(self.clock.at)
        self.seen["429 everywhere" if scope == "" else "429 of a route"] += new
        self.seen["429 again"] += not new
        return no

    def _limits(self, line: str) -> dict[str, str]:
        if self.calm or self.rng.random() >= EMPTY:
            return {}
        name = self.rng.choice((str, str.lower, str.upper))
        left = {name("X-RateLimit-Remaining"): "0", "X-RateLimit-Bucket": "b", "X-Storm": line}
        if self.rng.random() < 0.3:  # without saying until when
            return left
        seconds = self.rng.uniform(0.3, 5)
        self.until[line] = self.clock.at + timedelta(seconds=seconds)
        self.seen["last one left"] += 1
        return left | {name("X-RateLimit-Reset-After"): f"{seconds:.6f}"}

    def watch(self, trace: aiohttp.TraceConfig) -> None:
        """Listen at the client's end of the wire: what it is told, what it asks all the same."""
        trace.on_request_start.append(self._begun)
        trace.on_request_end.append(self._ended)

    async def _begun(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, one: aiohttp.TraceRequestStartParams
    ) -> None:
        line = f"{one.method} {one.url.path}"
        for scope in ("", line):
            if self.told.get(scope, START) > self.clock.at + A_SLIP:
                self.early.append(line)

    async def _ended(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, one: aiohttp.TraceRequestEndParams
    ) -> None:
        scope = one.response.headers.get("X-Storm")
        if scope is not None and scope in self.until:
            self.told[scope] = self.until[scope]


@dataclass
class Weathered:
    """What came of a storm."""

    posts: int
    shown: int
    out_of_order: int
    twice: int
    early: int
    busiest_second: int
    refusals: int
    worst_ten_minutes: int
    took: timedelta
    seen: Counter[str]


async def weather(posts: int, seed: int, folder: Path) -> Weathered:
    """Send so many posts to forty channels through a storm."""
    rng, clock = random.Random(seed), Clock()
    storm = Storm(clock=clock, rng=rng)
    numbers = count()
    store = open_store(
        f"sqlite:///{folder / 'storm.db'}", clock=clock, ids=lambda: f"s{next(numbers)}"
    )
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        await stack.enter_async_context(listening(storm))
        stack.enter_context(addresses())
        client = create(door(), Settings(api_base=storm.url), Memory(), clock.seconds)
        assert client.http.http_trace
        storm.watch(client.http.http_trace)
        await stack.enter_async_context(client)
        await client.login("token")
        await _written(store, posts, clock)
        storm.calm = False
        work = Clockwork(store, {}, {}, {"discord": client.poster}, clock)
        await _until_sent(work, clock)
    return _judged(storm, posts, clock)


async def _written(store: Store, posts: int, clock: Clock) -> None:
    for first in range(0, posts, CHANNELS):
        some = [_post(number) for number in range(first, min(posts, first + CHANNELS))]
        origin = Origin(
            person="", place="", community="discord:700", at=clock.at, key=f"write {first}"
        )

        def write(tx: Tx, some: list[Post] = some) -> Reply:
            for post in some:
                tx.post(post)
            return Reply()

        await store.run(origin, write)


def _post(number: int) -> Post:
    channel = 300 + number % CHANNELS
    card = Card(view="storm", text=f"number {number}")
    return Post(dedupe=f"storm {number}", where="place", target=f"discord:{channel}", card=card)


async def _until_sent(work: Clockwork, clock: Clock) -> None:
    while True:
        await work.deliver("discord")
        at = await work.next()
        if at is None:
            return
        clock.at = max(at, clock.at)


def _judged(storm: Storm, posts: int, clock: Clock) -> Weathered:
    shown: dict[str, list[int]] = defaultdict(list)
    for posted in storm.posted.values():
        [text] = [p["content"] for p in walk(posted.body["components"]) if p["type"] == 10]
        shown[posted.place].append(int(text.rpartition(" ")[2]))
    every = [number for numbers in shown.values() for number in numbers]
    worst = (
        sum(at <= one < at + TEN_MINUTES for one in storm.refusals) for at in set(storm.refusals)
    )
    return Weathered(
        posts=posts,
        shown=len(set(every)),
        out_of_order=sum(numbers != sorted(numbers) for numbers in shown.values()),
        twice=len(every) - len(set(every)),
        early=len(storm.early),
        busiest_second=max(storm.second.values()),
        refusals=len(storm.refusals),
        worst_ten_minutes=max(worst, default=0),
        took=clock.at - START,
        seen=storm.seen,
    )


def main(arguments: list[str]) -> int:
    """Three storms of so many posts; 1 where any went wrong."""
    posts, first = (int(one) for one in (*arguments, "1000", "1")[:2])
    logging.disable(logging.CRITICAL)
    wrong = 0
    for seed in range(first, first + 3):
        with tempfile.TemporaryDirectory() as folder:
            came = asyncio.run(weather(posts, seed, Path(folder)))
        print(f"seed {seed}: {came}")
        wrong += bool(came.shown < posts or came.out_of_order or came.twice or came.early)
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

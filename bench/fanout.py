"""100,000 due rows claimed and handed over, against a bare gather over as many no-ops.

Then the whole of it, by `Clockwork` itself: each row handled in a transaction that schedules it
again in a zone of its own; and as many due in one minute, by the clock on the wall.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from bench import crowded
from bench.measure import Arm, Row, micros, ratio, rounds, run, show
from bench.postgres import serving
from bot import days
from bot.chat.cards import Reply
from bot.due import LEASE, Alarm, Clockwork
from bot.store.protocol import Tx
from bot.store.rows import Due
from storage.engine import Database, open_store
from tests.stores import START, Clock, Counted, store_at

COUNT = 100_000
CLAIMED = 1_000
HANDLED = 20_000
ROUNDS = 3
MINUTE = 60.0
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham", "UTC")
PAGE = 4096  # bytes, as /proc counts them


async def main() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        await _opened(folder)
        await _measured("SQLite", f"{folder}/due.db")
    with serving() as url:
        await _measured("PostgreSQL", url)


async def _opened(folder: str) -> None:
    """How long it takes to open a file, with nothing in it and with much that waits."""
    urls = {"empty": f"{folder}/empty.db", "full": f"{folder}/full.db"}
    for url in urls.values():
        store = store_at(url)
        if url == urls["full"]:
            crowded.fill(store, crowded.WAITING, count=COUNT)
            crowded.remind(store, [START - timedelta(seconds=n) for n in range(COUNT)])
            claimed = await store.claim_outbox("discord", START, CLAIMED, LEASE)
            assert len(claimed) == CLAIMED
        await store.close()

    def opening(url: str) -> Arm:
        async def arm() -> float:
            start = perf_counter()
            store = store_at(url)
            seconds = perf_counter() - start
            await store.close()
            return seconds

        return arm

    times = await rounds({name: opening(url) for name, url in urls.items()})
    goal = f"opening a file with {COUNT:,} due rows and as many posts against an empty one"
    show(Row(goal, ratio(times, "full", "empty"), 1.15, note=micros(times)))


async def _measured(name: str, url: str) -> None:
    clock = Clock()
    store = store_at(url, clock)
    crowded.fill(store, *crowded.PEOPLE, count=COUNT)
    rng = random.Random(1)
    crowded.remind(store, [START - timedelta(seconds=rng.random() * MINUTE) for _ in range(COUNT)])
    held = await _resident(store, clock)
    show(Row(f"memory to hand over {COUNT:,} due rows, {name}", held, 20, "MiB"))

    async def bare() -> float:
        return await _timed(COUNT, lambda: asyncio.gather(*(_nothing() for _ in range(COUNT))))

    async def claimed() -> float:
        return await _timed(COUNT, lambda: _handed_over(store, clock))

    async def handled() -> float:
        clock.forward(days=2)
        return await _timed(HANDLED, _clockwork(store, clock).work)

    times = await rounds({"gather": bare, "claimed": claimed}, ROUNDS)
    goal = f"{COUNT:,} due rows claimed and handed over against a bare gather, {name}"
    show(Row(goal, ratio(times, "claimed", "gather"), 2.2, note=f"a row, {micros(times)}"))
    crowded.remind(store, [clock.now] * HANDLED)
    times = await rounds({"gather": bare, "handled": handled}, 1)
    goal = f"{HANDLED:,} due rows scheduled again by Clockwork against a bare gather, {name}"
    show(Row(goal, ratio(times, "handled", "gather"), 2.2, note=f"a row, {micros(times)}"))
    await store.close()
    await _minute(name, url)


async def _nothing(_row: object = None) -> None:
    pass


async def _timed(count: int, do: Callable[[], Awaitable[object]]) -> float:
    start = perf_counter()
    await do()
    return (perf_counter() - start) / count


async def _handed_over(
    store: Database, clock: Clock, also: Callable[[], None] | None = None
) -> None:
    """All of them, when the leases of the round before are over."""
    clock.now += LEASE
    handed = 0
    while rows := await store.claim_due(clock.now, CLAIMED, LEASE):
        await asyncio.gather(*(_nothing(row) for row in rows))
        handed += len(rows)
        if also:
            also()
    assert handed == COUNT, handed


async def _resident(store: Database, clock: Clock) -> float:
    """By how much the process grows at most, in MiB, while rows are claimed and handed over."""
    seen: list[int] = [_pages()]
    await _handed_over(store, clock, lambda: seen.append(_pages()))
    return (max(seen) - seen[0]) * PAGE / 2**20


def _pages() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])


def _clockwork(
    store: Database, now: Callable[[], datetime], seen: Callable[[Due], None] | None = None
) -> Clockwork:
    """Its handler schedules a row for nine in the morning of its zone."""

    def remind(due: Due, tx: Tx) -> Reply:
        if seen:
            seen(due)
        zone = ZONES[int(due.person.removeprefix("p")) % len(ZONES)]
        tx.schedule(replace(due, at=days.next_time(tx.origin.at, "09:00", zone)))
        return Reply()

    return Clockwork(store, {"reminder": remind}, {}, {}, now)


async def _minute(name: str, url: str) -> None:
    """As many due within a minute that really passes: how late the last one of them is handled."""
    store = open_store(url, clock=_now, ids=Counted())
    start = _now() + timedelta(seconds=2)
    rng = random.Random(1)
    times = [start + timedelta(seconds=rng.random() * MINUTE) for _ in range(COUNT)]
    crowded.remind(store, times)
    late: list[tuple[datetime, float]] = []
    done, loop = asyncio.Event(), asyncio.get_running_loop()

    def seen(due: Due) -> None:
        late.append((due.at, (_now() - due.at).total_seconds()))
        if len(late) == COUNT:
            loop.call_soon_threadsafe(done.set)

    alarm = Alarm(())
    store.watch(alarm.ring)
    running = asyncio.create_task(_clockwork(store, _now, seen).run(alarm))
    async with asyncio.timeout(10 * MINUTE):
        await done.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await store.close()
    assert len(late) >= COUNT, len(late)
    last, most = max(late)[1], max(seconds for _, seconds in late)
    goal = f"how late the last of {COUNT:,} due within one minute is handled, {name}"
    show(Row(goal, last, 1, "s", note=f"the latest of all {most:.2f} s"))


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    run(main)

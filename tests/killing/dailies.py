"""Dailies under kill -9: each posted once in each channel on each day, whatever dies when."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.features.daily.posting import rescheduled
from bot.store.community import Challenge
from bot.store.protocol import Tx
from storage import open_store
from tests.killing.platform import REMEMBERED, Platform
from tests.killing.posting import Clock

ROOT = Path(__file__).parents[2]
POSTED = "select count(*) from posting where state = 'posted'"
IN_THE_ACT = 0.5  # of the kills wait for the moment between post and answer
PATIENCE = 60.0  # seconds for a posting; past it what is missing is found
START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # a Monday
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")
COMMUNITY = "discord:g1"
_keys = count()


class Plan(Struct, frozen=True):
    """How much is posted and how often something is killed."""

    challenges: int = 10
    channels: int = 25
    days: int = 2
    workers: int = 4
    kills: int = 100
    server_kills: int = 5
    speed: float = 60.0
    remembered: timedelta = REMEMBERED  # how long the platform knows a nonce again

    @property
    def channel_days(self) -> int:
        return self.challenges * self.channels * self.days


@dataclass
class Run:
    """What was done and seen."""

    kills: int = 0
    in_the_act: int = 0  # killed between the platform's taking a post and its answer
    server_kills: int = 0
    faults: list[str] = field(default_factory=list)
    posts: int = 0
    taken: int = 0


def challenge(n: int, plan: Plan) -> Challenge:
    """A challenge of its own time and zone, all within the day."""
    return Challenge(
        id=f"k{n}",
        community="",
        at=f"{(3 + 2 * n) % 24:02d}:{(7 * n) % 60:02d}",
        zone=ZONES[n % len(ZONES)],
        weekdays=tuple(range(7)),
        places=tuple(f"{COMMUNITY}/c{n}-{place}" for place in range(plan.channels)),
        by="discord:gil",
        since=START,
    )


def days_of(one: Challenge, plan: Plan) -> list[date]:
    """The local dates whose time lies within the run."""
    from bot.features.daily.schedule import instant  # noqa: PLC0415 - beside its only use

    near = (START.date() + timedelta(days=n) for n in range(-1, plan.days + 2))
    return [day for day in near if START < instant(one, day) <= START + timedelta(days=plan.days)]


async def planned(url: str, plan: Plan) -> None:
    """Write the challenges, as an admin would."""
    store = open_store(url, clock=lambda: START, ids=lambda: f"id{next(_keys)}")

    def save(tx: Tx) -> Reply:
        for n in range(plan.challenges):
            one = challenge(n, plan)
            tx.save_challenge(Challenge(**{**_fields(one), "community": tx.community.id}))
            rescheduled(tx, Challenge(**{**_fields(one), "community": tx.community.id}))
        return Reply()

    origin = Origin(
        person="discord:gil", place=f"{COMMUNITY}/c", community=COMMUNITY, at=START, key="plan"
    )
    await store.run(origin, save)
    await store.close()


def _fields(one: Challenge) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


class Workers:
    """Some workers that are alive, each started anew when it is killed."""

    def __init__(self, url: str, plan: Plan, clock: Clock, port: int) -> None:
        begin = [url, str(port), str(clock.file), str(clock.speed)]
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.killing.posting", *begin],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pids = [self.start() for _ in range(plan.workers)]

    def start(self) -> int:
        assert self._zygote.stdin is not None
        assert self._zygote.stdout is not None
        self._zygote.stdin.write("go\n")
        self._zygote.stdin.flush()
        return int(self._zygote.stdout.readline())

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def replace(self, pid: int) -> None:
        self.pids.remove(pid)
        self.pids.append(self.start())

    def close(self) -> None:
        for pid in self.pids:
            self.kill(pid)
        self._zygote.kill()
        self._zygote.communicate()


def ran(url: str, plan: Plan, folder: Path, kill_server: Callable[[], None] | None = None) -> Run:
    """Run the plan; gives what was killed and what is wrong."""
    asyncio.run(planned(url, plan))
    clock = Clock.made(folder / "clock", plan.speed, START)
    killing = Killing(plan, kill_server)
    platform = Platform(clock, killing.strike, plan.remembered)
    workers = Workers(url, plan, clock, platform.port)
    try:
        for n, at in enumerate(instants(plan), 1):
            killing.lurk(workers)
            clock.set(at - timedelta(seconds=5))
            killing.until(lambda n=n: _posted(url, n * plan.channels), workers, n)  # type: ignore[misc]  # binds the number
    finally:
        workers.close()
        platform.close()
    run = killing.run
    run.posts, run.taken = sum(platform.visible.values()), platform.taken
    run.faults = faults(url, plan, platform)
    return run


def instants(plan: Plan) -> list[datetime]:
    """When something is posted, in order: one challenge at a time."""
    from bot.features.daily.schedule import instant  # noqa: PLC0415 - as above

    every = (challenge(n, plan) for n in range(plan.challenges))
    return sorted(instant(one, day) for one in every for day in days_of(one, plan))


class Killing:
    """Kills workers and the server, its kills spread over all postings."""

    def __init__(self, plan: Plan, kill_server: Callable[[], None] | None) -> None:
        self.run = Run()
        self._plan = plan
        self._rng = random.Random(20261122)
        self._marked: set[int] = set()
        self._struck: list[int] = []
        self._kill_server = kill_server

    def strike(self, pid: int) -> None:
        """A worker has sent a post and waits for the answer: if it is marked, it dies now."""
        if pid in self._marked:
            self._marked.discard(pid)
            os.kill(pid, signal.SIGKILL)
            self._struck.append(pid)

    def lurk(self, workers: Workers) -> None:
        """Choose who dies by the first post that it sends."""
        if self.run.kills < self._plan.kills:
            self._marked.add(self._rng.choice(workers.pids))

    def until(self, done: Callable[[], bool], workers: Workers, posting: int) -> None:
        """Kill while a posting is under way, and wait until it is over."""
        whole = self._plan.challenges * self._plan.days
        kills = self._plan.kills * posting // whole
        servers = self._plan.server_kills * posting // whole
        patience = time.time() + PATIENCE
        while time.time() < patience:
            time.sleep(self._rng.uniform(0.01, 0.1))
            self._one(workers, kills)
            if done():
                if self.run.kills >= kills:
                    break
                self._marked.clear()  # nobody sends any more: the others die idle
            if self._kill_server and self.run.server_kills < servers:
                self._kill_server()
                self.run.server_kills += 1

    def _one(self, workers: Workers, kills: int) -> None:
        for pid in [pid for pid in workers.pids if pid in self._struck]:
            self.run.kills += 1
            self.run.in_the_act += 1
            workers.replace(pid)
        if self.run.kills + len(self._marked) >= kills:
            return
        victim = self._rng.choice(workers.pids)
        if self._rng.random() < IN_THE_ACT:
            self._marked.add(victim)
        else:
            self._marked.discard(victim)
            workers.kill(victim)
            workers.replace(victim)
            self.run.kills += 1


def _posted(url: str, wanted: int) -> bool:
    """Whether that many channel-days are posted and nothing waits to be sent."""
    try:
        waiting = _counted(url, "select count(*) from outbox where state = 'waiting'")
        return not waiting and _counted(url, POSTED) >= wanted
    except OperationalError:  # the server is being killed
        return False


def _counted(url: str, sql: str) -> int:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(sql)).scalar() or 0)
    finally:
        engine.dispose()


def faults(url: str, plan: Plan, platform: Platform) -> list[str]:
    """Each channel-day that was missed or posted twice, and what else was seen twice."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        rows = connection.execute(text("select challenge, place, day, state from posting")).all()
        due = {
            (one.id, place, day.isoformat())
            for one in (challenge(n, plan) for n in range(plan.challenges))
            for place in one.places
            for day in days_of(one, plan)
        }
    engine.dispose()
    ledger = {(row[0], row[1], str(row[2])): row[3] for row in rows}
    found = [f"missed: {one}" for one in sorted(due) if ledger.get(one) != "posted"]
    found += [f"too much: {one}" for one in sorted(ledger.keys() - due)]
    found += [f"twice: {name}" for name, times in platform.visible.items() if times > 1]
    dailies = [name for name in platform.visible if name.startswith("place ")]
    if len(dailies) != len(due):
        found.append(f"{len(dailies)} posts of dailies for {len(due)} channel-days")
    return found


def main(kills: str = "100") -> int:
    """Print what was counted on SQLite with one process, and on PostgreSQL with four."""
    from tests.stores import Server  # noqa: PLC0415 - starts nothing until it is made

    plan = Plan(kills=int(kills))
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        one = Plan(kills=int(kills), workers=1, server_kills=0)
        wrong += told(
            "SQLite, one process", one, ran(f"sqlite:///{folder}/dailies.db", one, Path(folder))
        )
    with tempfile.TemporaryDirectory(prefix="sparring-pg-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder) / "data", safe=True)
        try:
            run = ran(server.empty(), plan, Path(folder), server.kill)
            wrong += told(f"PostgreSQL, {plan.workers} processes", plan, run)
        finally:
            server.server.cleanup()
    return int(wrong > 0)


def told(where: str, plan: Plan, run: Run) -> int:
    """One line of figures and the first faults; gives their number."""
    print(
        f"{where}: {plan.channel_days} channel-days, {run.kills} kills of workers "
        f"({run.in_the_act} between post and answer), {run.server_kills} of the server, "
        f"{run.taken} requests, {run.posts} messages, {len(run.faults)} faults"
    )
    for one in run.faults[:20]:
        print(f"  {one}")
    return len(run.faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

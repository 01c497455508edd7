"""`sparring run`: the configured bots, the ticker over due work, until a signal."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import bank, clockwork, door, now, open_store
from bot.chat.posts import Poster
from bot.cli.failing import Wrong
from bot.cli.logs import configure
from bot.config import Settings, load
from bot.door import Door
from bot.due import Clockwork

TICK = timedelta(seconds=30)
log = logging.getLogger("sparring")

Start = Callable[[], Coroutine[Any, Any, None]]


def main() -> None:
    """Run until SIGTERM or SIGINT; raises what an operator has to mend before anything starts."""
    settings = load()
    configure(settings.log_level)
    if not (settings.slack or settings.discord):
        raise Wrong(
            "No bot is configured. Put SPARRING_DISCORD_TOKEN or SPARRING_SLACK_BOT_TOKEN into "
            ".env (cp .env.example .env), or play without any: make play"
        )
    asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    questions = bank(settings.data / "cache")
    store = open_store(settings)
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    try:
        async with AsyncExitStack() as stack:
            core = door(store, questions)
            posters, bots = await _adapters(settings, core, stack)
            ticker = _ticker(clockwork(store, questions, posters))
            stack.callback(ticker)
            gc.freeze()  # what a start has made stays: collections need not look at it again
            gc.enable()
            tasks = [asyncio.create_task(bot()) for bot in bots]
            await _until(stopped, tasks)
    finally:
        await store.close()


async def _until(stopped: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    waiting = asyncio.create_task(stopped.wait())
    try:
        done, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            task.result()
    finally:
        for task in (waiting, *tasks):
            task.cancel()
        await asyncio.gather(waiting, *tasks, return_exceptions=True)


async def _adapters(
    settings: Settings, core: Door, stack: AsyncExitStack
) -> tuple[dict[str, Poster], list[Start]]:
    """The configured adapters; each loads its own library here."""
    posters: dict[str, Poster] = {}
    bots: list[Start] = []
    if settings.discord:
        from bot.cli.discord_bot import discord_bot  # noqa: PLC0415 - loads discord.py

        poster, start = await discord_bot(settings, core, stack)
        posters["discord"] = poster
        bots.append(start)
    if settings.slack:
        from bot.cli.slack_bot import slack_bot  # noqa: PLC0415 - loads slack-bolt

        poster, start = await slack_bot(settings, core, stack)
        posters["slack"] = poster
        bots.append(start)
    return posters, bots


def _ticker(work: Clockwork) -> Callable[[], None]:
    """Tick every 30 s, and once more at the earliest known time; gives what stops it."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - 50 ms

    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)

    async def tick() -> None:
        await work.tick()
        at = await work.next()
        if at is not None and at < now() + TICK:
            scheduler.add_job(tick, "date", run_date=at, id="exact", replace_existing=True)

    scheduler.add_job(tick, "interval", seconds=TICK.total_seconds(), next_run_time=now())
    scheduler.add_job(work.sweep, "interval", hours=1)
    scheduler.start()
    return lambda: scheduler.shutdown(wait=False)


class Fingerprint:
    """The hash of the registered commands, in a file of the data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> str | None:
        """The hash of last time, None if there was none."""
        return self._path.read_text(encoding="utf-8") if self._path.exists() else None

    def save(self, fingerprint: str) -> None:
        """Keep it."""
        self._path.write_text(fingerprint, encoding="utf-8")

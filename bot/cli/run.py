"""`sparring run`: the configured bots, the ticker over due work, until a signal."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.app import Runs, bank, clockwork, door, open_store, walls
from bot.chat.posts import Poster
from bot.chat.rights import Rights
from bot.cli import ticker
from bot.cli.failing import Wrong
from bot.cli.logs import configure
from bot.config import Settings, load
from bot.door import Door
from bot.due import Alarm

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
    store, runs = open_store(settings), Runs(walls)
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    try:
        async with AsyncExitStack() as stack:
            rights: dict[str, Rights] = {}
            core = door(store, questions, rights, runs)
            posters, bots = await _adapters(settings, core, rights, stack)
            work = clockwork(store, questions, posters, rights=rights)
            alarm = Alarm(posters)
            stack.callback(ticker.start(store, work, alarm))
            gc.freeze()  # what a start has made stays: collections need not look at it again
            gc.enable()
            tasks = [asyncio.create_task(bot()) for bot in bots]
            tasks.append(asyncio.create_task(work.run(alarm)))
            await _until(stopped, tasks)
    finally:
        await runs.close()
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
    settings: Settings, core: Door, rights: dict[str, Rights], stack: AsyncExitStack
) -> tuple[dict[str, Poster], list[Start]]:
    """The configured adapters; each loads its own library here and says who answers for rights."""
    posters: dict[str, Poster] = {}
    bots: list[Start] = []
    if settings.discord:
        from bot.cli.discord_bot import discord_bot  # noqa: PLC0415 - loads discord.py

        poster, start, rights["discord"] = await discord_bot(settings, core, stack)
        posters["discord"] = poster
        bots.append(start)
    if settings.slack:
        from bot.cli.slack_bot import slack_bot  # noqa: PLC0415 - loads slack-bolt

        poster, start, rights["slack"] = await slack_bot(settings, core, stack)
        posters["slack"] = poster
        bots.append(start)
    return posters, bots


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

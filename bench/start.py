"""From the start of a process to ready, and to the first question in a terminal."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from bench.measure import Arm, Row, ratio, root, rounds, run, show

FIRST = "[A]"  # the buttons below a question
PLAY = "import sys; from bot.cli import main; sys.argv[1:] = ['play']; sys.exit(main())"
PLAY_FLOOR = """
import sqlalchemy
from pathlib import Path
from questions.cache import load
load(cache_dir=Path({cache!r}))
"""
READY = """
import asyncio, gc, sys
gc.disable()  # as bot.cli does
from contextlib import AsyncExitStack
from bot.cli import commands
from bot.app import bank, clockwork, door, open_store
from bot.cli import run, ticker
from bot.cli.logs import configure
from bot.config import load
from bot.due import Alarm
from discord import Client

async def ready():
    settings = load(None)
    configure(settings.log_level)
    questions = bank(settings.data / "cache")
    store = open_store(settings)
    async with AsyncExitStack() as stack:
        rights = {}
        core = door(store, questions, rights)
        posters, _ = await run._adapters(settings, core, rights, stack)
        work, alarm = clockwork(store, questions, posters), Alarm(posters)
        stack.callback(ticker.start(store, work, alarm))
        gc.freeze()
        gc.enable()
        print("ready", flush=True)
    await store.close()

async def login(self, token):  # the one request of the way there
    await self._async_setup_hook()

Client.login = login
import logging; logging.disable()
asyncio.run(ready())
"""
# what READY imports of others, by themselves
READY_FLOOR = """
import typer, discord, sqlalchemy, pydantic_settings, msgspec, fsrs, rapidfuzz
import apscheduler.schedulers.asyncio, apscheduler.triggers.interval
import sqlalchemy.dialects.sqlite
print("ready", flush=True)
"""


async def main() -> None:
    """Each round starts every process once, over data that are there already."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "XDG_CACHE_HOME": folder,
            "SPARRING_DATA": folder,
            "SPARRING_DISCORD_TOKEN": "t0ken",
            "PYTHONPATH": str(root()),
        }
        floor = PLAY_FLOOR.format(cache=str(Path(folder) / "sparring"))
        found = (
            ("question", "question", PLAY, FIRST),
            ("sqlalchemy and cache", "floor", floor, ""),
            ("ready", "ready", READY, "ready"),
            ("libraries", "floor", READY_FLOOR, "ready"),
        )
        arms = {name: _arm(code, until, env) for name, _, code, until in found}
        times = await rounds(arms)
    first = "the first question in the terminal"
    question = statistics.median(times["question"])
    note = f"{question:.3f} s against {statistics.median(times['sqlalchemy and cache']):.3f} s"
    against = f"{first} against import sqlalchemy and the bank's cache"
    show(Row(against, ratio(times, "question", "sqlalchemy and cache"), 1.3, note=note))
    show(Row(first, min(times["question"]), 0.5, "s", note="the best of the rounds"))
    ready = f"{statistics.median(times['ready']):.3f} s"
    goal = "from process start to ready (Discord) against importing the same libraries"
    show(Row(goal, ratio(times, "ready", "libraries"), 1.3, note=ready))


def _arm(code: str, until: str, env: Mapping[str, str]) -> Arm:
    async def arm() -> float:
        return _until(code, until, env)

    return arm


def _until(code: str, until: str, env: Mapping[str, str]) -> float:
    """Seconds until a line holds these words, or until the end where there are none."""
    start = perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("/quiz\n")
    process.stdin.flush()
    if not until:
        process.communicate()
        return perf_counter() - start
    for line in process.stdout:
        if until in line:
            seconds = perf_counter() - start
            process.communicate()
            return seconds
    raise AssertionError(f"{until} was never said")


if __name__ == "__main__":
    run(main)

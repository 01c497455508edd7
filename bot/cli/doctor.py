"""`sparring doctor`: what is wrong with this installation, looked at without changing it."""

from __future__ import annotations

import asyncio
import importlib.util
import platform
from collections.abc import Iterator
from time import perf_counter

from bot.app import BANK
from bot.config import Settings, load
from bot.replay import derive
from storage.doctor import Finding, findings

MARKS = {"ok": "ok  ", "note": "note", "bad": "BAD "}


def main(*, check: bool) -> int:
    """Print what was looked at; 1 if anything needs somebody. Raises BadSettings."""
    settings = load()
    found = [*_machine(), *_platforms(settings), *_bank(), _jail()]
    found += findings(settings.url, replay=derive if check else None)
    for one in found:
        print(f"{MARKS[one.level]} {one.what}: {one.text}")
    return int(any(one.level == "bad" for one in found))


def _machine() -> Iterator[Finding]:
    version = platform.python_version()
    yield Finding("ok", "Python", f"{version} on {platform.system()}")


def _platforms(settings: Settings) -> Iterator[Finding]:
    for name, configured, package in (
        ("Slack", settings.slack, "slack_bolt"),
        ("Discord", settings.discord, "discord"),
    ):
        if not configured:
            yield Finding("note", name, "not configured; see .env.example")
        elif importlib.util.find_spec(package) is None:
            yield Finding("bad", name, "configured, but its library is missing: make run")
        else:
            yield Finding("ok", name, "configured")


def _bank() -> Iterator[Finding]:
    from questions.cache import load_bank  # noqa: PLC0415 - reads the whole bank
    from questions.mistakes import BankErrors, counted  # noqa: PLC0415

    try:
        items = load_bank(BANK, None)
    except BankErrors as errors:
        yield Finding(
            "bad",
            "questions",
            f"{counted(len(errors.mistakes), 'mistake')}; the first: {errors.mistakes[0]}",
        )
    else:
        yield Finding("ok", "questions", f"{len(items)} in the bank")


def _jail() -> Finding:
    """What the walls are, as a query that is run behind them finds."""
    import sqlite3  # noqa: PLC0415 - its version is what is wanted

    kind, milliseconds = asyncio.run(_tried())
    told = f"SQLite {sqlite3.sqlite_version}, {milliseconds:.0f} ms a query"
    if not kind:
        return Finding("bad", "jail", "it does not start: SQL and regex answers cannot be run")
    if kind == "rlimits":
        return Finding("note", "jail", f"rlimits alone, the kernel lends no wall; {told}")
    return Finding("ok", "jail", f"{kind}; {told}")


async def _tried() -> tuple[str, float]:
    """The kind of the jail, '' where it runs nothing, and how long its second query took."""
    from jail import Jail  # noqa: PLC0415 - starts a process

    jail, milliseconds = Jail(), 0.0
    for _ in range(2):
        start = perf_counter()
        (outcome,) = await jail.sql("SELECT 1", ("",), person="", community="")
        milliseconds = (perf_counter() - start) * 1000
    kind = jail.kind if outcome.table else ""
    await jail.close()
    return kind, milliseconds

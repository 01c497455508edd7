"""`sparring doctor`: what is wrong with this installation, looked at without changing it."""

from __future__ import annotations

import importlib.util
import platform
from collections.abc import Iterator

from bot.app import BANK
from bot.config import Settings, load
from bot.replay import derive
from storage.doctor import Finding, findings

MARKS = {"ok": "ok  ", "note": "note", "bad": "BAD "}


def main(*, check: bool) -> int:
    """Print what was looked at; 1 if anything needs somebody. Raises BadSettings."""
    settings = load()
    found = [*_machine(), *_platforms(settings), *_bank()]
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
    from questions.mistakes import BankErrors  # noqa: PLC0415

    try:
        items = load_bank(BANK, None)
    except BankErrors as errors:
        yield Finding(
            "bad", "questions", f"{len(errors.mistakes)} mistakes; the first: {errors.mistakes[0]}"
        )
    else:
        yield Finding("ok", "questions", f"{len(items)} in the bank")
    yield Finding(
        "note", "jail", "none: SQL and regex answers are not asked for, so nothing of people is run"
    )

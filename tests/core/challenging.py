"""What tests of a challenge share: a platform's rights, and everything that is stored."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg

from bot.chat.events import Origin
from bot.store.community import Challenge
from tests.stage import Actor, Stage

LACKS = (
    "I may not send messages there: give me Send Messages.",
    "I may not open threads there: give me Create Public Threads.",
)
UNSEEN = ("inbox", "person", "external", "member", "community")  # who was here, and what was said


class Port:
    """A platform's word on rights: who is an admin, what is lacking where."""

    def __init__(self, *admins: str) -> None:
        self.admins = admins
        self.missing: dict[str, tuple[str, ...]] = {}
        self.asked = 0
        self.silent = False

    async def admin(self, origin: Origin) -> bool | None:
        """Whether the platform takes this person for an admin; None while it is silent."""
        self.asked += 1
        if self.silent:
            return None
        return origin.person in self.admins

    async def lacks(self, place: str) -> tuple[str, ...]:
        """What is lacking there."""
        return self.missing.get(place, ())


async def kept(actor: Actor) -> tuple[Challenge, ...]:
    """The challenges of the actor's community."""
    return await actor.stage.store.look(actor.origin(), lambda tx: tx.challenges())


async def everything(stage: Stage) -> dict[str, list[str]]:
    """Every row of every table but those that only tell who was here."""
    return {name: rows for name, rows in stored(stage).items() if name not in UNSEEN}


def stored(stage: Stage) -> dict[str, list[str]]:
    """Every row of every table."""
    if stage.url.startswith("sqlite"):
        with sqlite3.connect(stage.url.removeprefix("sqlite:///")) as file:
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
            return _rows(file, [one for (one,) in file.execute(names)])
    with psycopg.connect(stage.url) as server:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return _rows(server, [one for (one,) in server.execute(names)])


def _rows(database: Any, names: list[str]) -> dict[str, list[str]]:
    return {
        name: sorted(map(repr, database.execute(f"SELECT * FROM {name}").fetchall()))
        for name in names
    }

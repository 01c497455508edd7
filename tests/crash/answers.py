"""The work that is killed: presses on the store alone, and how to count what is left of them."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from storage.doctor import findings
from storage.engine import Database
from tests.stores import answering, origin, store_at

PEOPLE = 5
CACHES = (("person", "answers"), ("person", "seq"), ("score", "answers"))


class Answers:
    """Presses on a SQLite store in this folder; each appends a row of the log under its name."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sparring.db"
        self.store: Database | None = None
        self.ids = itertools.count()

    async def open(self) -> None:
        self.store = store_at(str(self.path))

    async def press(self, name: str) -> None:
        """One press; whoever is told that it ended may rely on it for ever."""
        assert self.store is not None
        who = f"discord:p{sum(name.encode()) % PEOPLE}"
        await self.store.run(origin(who, key=name), answering(name))

    async def close(self) -> None:
        assert self.store is not None
        await self.store.close()

    def left(self) -> Counter[str]:
        """How often each press stands in the log; raises where log and caches differ."""
        if not self.path.exists():
            return Counter()
        with closing(sqlite3.connect(self.path)) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not tables:
                return Counter()
            names = [row[0] for row in connection.execute("SELECT instance FROM log")]
            sums = [
                connection.execute(f"SELECT coalesce(sum({column}), 0) FROM {table}").fetchone()[0]
                for table, column in CACHES
            ]
            kept = connection.execute("SELECT count(*) FROM inbox").fetchone()[0]
        bad = [each for each in findings(str(self.path)) if each.level == "bad"]
        assert {*sums, kept} == {len(names)}, f"log {len(names)}, caches {sums}, inbox {kept}"
        assert bad == [], bad
        return Counter(names)

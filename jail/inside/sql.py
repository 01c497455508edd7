"""One query on one fixture: a fresh database in memory, defended before the query is looked at."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from . import rules

ROWS, BYTES = 200, 64_000  # of one table, its JSON counted
COLUMNS, NAME, CELL = 100, 100, 2_000  # columns; characters of a column's name and of a cell
ERROR = 200  # characters
HEAP = 32 << 20  # bytes that SQLite may hold at once, in all
STEPS = 1_000  # of SQLite's machine between two looks at the clock
SECONDS = 1.3  # for all fixtures together; the process is killed soon after

Outcome = dict[str, Any]
Trial = Callable[[], Outcome]


def run(job: dict[str, Any]) -> Iterator[Outcome]:
    """One outcome a fixture: `columns`, `rows`, `cut`, or `error` and what `stopped` it."""
    end = time.monotonic() + SECONDS
    for fixture in job["fixtures"]:
        base = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        yield judged(partial(_answer, base, fixture, job, end))
        base.close()


def _answer(base: sqlite3.Connection, fixture: str, job: dict[str, Any], end: float) -> Outcome:
    base.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    base.text_factory = _text
    _build(base, fixture)
    tables = _tables(base)
    defend(base, tables, writes=job["writes"])
    cursor = base.execute(job["query"])
    if job["writes"]:
        cursor.fetchall()  # of RETURNING
        defend(base, tables, writes=False)
        cursor = base.execute(job["then"])
    return _table(cursor)


def _build(base: sqlite3.Connection, fixture: str) -> None:
    """Run the fixture's script; it is ours, so only what bounds it for ever is set before."""
    base.execute("PRAGMA temp_store=MEMORY")
    base.execute(f"PRAGMA hard_heap_limit={HEAP}")
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    base.executescript(fixture)
    for name in rules.TABLE_FUNCTIONS:  # they cannot be made once the rules are there
        base.execute(f"SELECT 1 FROM {name}('[]')").fetchall()  # noqa: S608 - names of ours


def _tables(base: sqlite3.Connection) -> frozenset[str]:
    found = base.execute("SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view')")
    return frozenset(name for (name,) in found)


def defend(base: sqlite3.Connection, tables: frozenset[str], *, writes: bool) -> None:
    """Set limits, pragmas and rules; with `writes` the tables' rows may be changed."""
    base.set_authorizer(None)
    for pragma in (*rules.PRAGMAS, f"query_only={int(not writes)}"):
        base.execute(f"PRAGMA {pragma}")
    for limit, most in rules.LIMITS.items():
        base.setlimit(limit, most)
    base.set_authorizer(rules.authorizer(tables, writes=writes))


def _table(cursor: sqlite3.Cursor) -> Outcome:
    """The first rows, as many as the bounds let through; `cut` says that something is missing."""
    columns = [name[:NAME] for name, *_ in cursor.description or ()]
    rows: list[list[object]] = []
    cut, size = False, 0
    for found in cursor:
        row = [_cell(value) for value in found]
        size += len(json.dumps(row))
        if len(rows) == ROWS or size > BYTES:
            return {"columns": columns, "rows": rows, "cut": True}
        cut |= any(_shortened(value) for value in found)
        rows.append(row)
    return {"columns": columns, "rows": rows, "cut": cut}


def _cell(value: object) -> object:
    match value:
        case bytes():
            return f"x'{value[: CELL // 2].hex()}'"
        case str():
            return value[:CELL]
        case float() if value - value != 0:  # infinite, which JSON cannot say
            return str(value)
        case _:
            return value


def _shortened(value: object) -> bool:
    return isinstance(value, (str, bytes)) and len(value) > (
        CELL if isinstance(value, str) else CELL // 2
    )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def judged(trial: Trial) -> Outcome:
    """What a trial gives; what SQLite or Python refuses, told apart by why."""
    try:
        return trial()
    except MemoryError:
        return {"error": "out of memory", "stopped": "memory"}
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        text = str(error)[:ERROR]
        return {"error": text, "stopped": rules.stopped(text)}

"""Databases with many people in them: their scores, their answers, their due work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from string import Template
from typing import Any

from storage.engine import Database
from storage.instant import text

_NUMBERS = """
WITH RECURSIVE t(n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM t WHERE n < $count - 1)
"""
_SINCE = "'2026-11-01T00:00:00.000000+00:00'"
PEOPLE = (
    f"""
INSERT INTO person (id, answers, seq, head, since, settings, ability, streak)
{_NUMBERS} SELECT 'p' || n, 0, 0, '', {_SINCE}, '{{}}', '{{}}', '{{}}' FROM t
""",  # noqa: S608 words of ours, as below
    f"INSERT INTO external (id, person) {_NUMBERS} SELECT 'discord:' || n, 'p' || n FROM t",  # noqa: S608
)
COMMUNITY = (
    "INSERT INTO community (id, external, zone, rest, level) "
    "VALUES ('c1', 'discord:g1', 'UTC', '[]', '')"
)
MEMBERS = f"""
INSERT INTO member (community, person, name, hidden, told)
{_NUMBERS} SELECT 'c1', 'p' || n, 'Name of ' || n, false, true FROM t
"""  # noqa: S608
# A long tail in no order that the keys have: most have few points, somebody a hundred thousand.
SCORES = f"""
INSERT INTO score (community, scope, period, person, points, answers, "right", hidden)
{_NUMBERS} SELECT 'c1', 'all', 'all', 'p' || n,
    100000 / (1 + (n * 7919 % 10007) / 10) + (n * 3571 % 211), $answers, 1, false FROM t
"""  # noqa: S608
LOG = f"""
INSERT INTO log (person, seq, kind, instance, step, turn, external, community, at, ours, day, area,
    "right", points, counted, data, corrects, chain)
{_NUMBERS} SELECT 'p' || n, 1, 'answer', 'q' || n, 0, 0, 'discord:' || n, 'c1', {_SINCE}, false,
    '2026-11-01', 'sql', true, 2, true, '{{}}', 0, '' FROM t
"""  # noqa: S608
WAITING = f"""
INSERT INTO outbox (dedupe, platform, target, community, person, post, state, tries, next_at,
    message, why)
{_NUMBERS} SELECT 'd' || n, 'discord', 'discord:' || n, 'c1', '', '{{}}', 'waiting', 0, {_SINCE},
    '', '' FROM t
"""  # noqa: S608
_DUE = """
INSERT INTO due (id, kind, at, person, external, community, place, data)
VALUES (?, 'reminder', ?, ?, ?, '', ?, '{}')
"""


def fill(store: Database, *statements: str, **given: int) -> None:
    """Run these, each for the numbers from 0 to `count`."""
    with _filling(store) as cursor:
        for statement in statements:
            cursor.execute(Template(statement).substitute(given))


def remind(store: Database, times: Sequence[datetime]) -> None:
    """Due work of the people from 0 on, at these times, and no other."""
    rows = [
        (f"reminder.p{n}", text(at), f"p{n}", f"discord:{n}", f"discord:{n}")
        for n, at in enumerate(times)
    ]
    with _filling(store) as cursor:
        cursor.execute("DELETE FROM due")
        sqlite = store.engine.dialect.name == "sqlite"
        cursor.executemany(_DUE if sqlite else _DUE.replace("?", "%s"), rows)


@contextmanager
def _filling(store: Database) -> Iterator[Any]:
    """A cursor in a transaction that may take its time; statistics are brought up to date."""
    with store.engine.connect() as connection:
        server = connection.dialect.name == "postgresql"
        cursor: Any = connection.connection.cursor()
        if server:
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("BEGIN")
        yield cursor
        cursor.execute("COMMIT")
        if server:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")

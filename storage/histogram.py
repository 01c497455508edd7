"""The histogram of each board: how many people have how many points, kept by triggers on `score`.

A board is counted in three steps: by points, by 64 of them and by 4,096, so that a rank is the sum
of few rows however many people and points there are. A bucket that empties stays, as 0.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Integer, Select, func, literal, select, union_all

from storage.schema import histogram, score
from storage.wall import EVERYBODY

STEPS = (0, 1, 2)  # `coarse`: how often the points were divided by 64
BITS = 6  # of a division

_BOARD = ("community", "scope", "period")
_KEYS = (*_BOARD, "coarse", "bucket")

# PostgreSQL: once for each statement on `score`. Transactions that are open at once count in
# different slots, so that none waits for another, in whichever order they come to their buckets.
POSTGRES = (
    """
CREATE FUNCTION histogram_slot() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    slot integer;
BEGIN
    FOR slot IN 0..15 LOOP
        IF pg_try_advisory_xact_lock(1212765012, slot) THEN
            RETURN slot;
        END IF;
    END LOOP;
    slot := mod(pg_backend_pid(), 16);
    PERFORM pg_advisory_xact_lock(1212765012, slot);
    RETURN slot;
END $$
""",
    """
CREATE FUNCTION histogram_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine integer := histogram_slot();
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO histogram (community, scope, period, coarse, bucket, slot, people)
        SELECT community, scope, period, coarse, points >> (6 * coarse), mine, count(*)
        FROM gained CROSS JOIN generate_series(0, 2) AS coarse
        WHERE NOT hidden
        GROUP BY 1, 2, 3, 4, 5
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (community, scope, period, coarse, bucket, slot)
        DO UPDATE SET people = histogram.people + excluded.people;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO histogram (community, scope, period, coarse, bucket, slot, people)
        SELECT community, scope, period, coarse, points >> (6 * coarse), mine, -count(*)
        FROM lost CROSS JOIN generate_series(0, 2) AS coarse
        WHERE NOT hidden
        GROUP BY 1, 2, 3, 4, 5
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (community, scope, period, coarse, bucket, slot)
        DO UPDATE SET people = histogram.people + excluded.people;
    ELSE
        INSERT INTO histogram (community, scope, period, coarse, bucket, slot, people)
        SELECT community, scope, period, coarse, points >> (6 * coarse), mine, sum(people)
        FROM (
            SELECT community, scope, period, points, 1 AS people FROM gained WHERE NOT hidden
            UNION ALL
            SELECT community, scope, period, points, -1 FROM lost WHERE NOT hidden
        ) AS moved CROSS JOIN generate_series(0, 2) AS coarse
        GROUP BY 1, 2, 3, 4, 5
        HAVING sum(people) <> 0
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (community, scope, period, coarse, bucket, slot)
        DO UPDATE SET people = histogram.people + excluded.people;
    END IF;
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER histogram_gained AFTER INSERT ON score
REFERENCING NEW TABLE AS gained FOR EACH STATEMENT EXECUTE FUNCTION histogram_count()
""",
    """
CREATE TRIGGER histogram_moved AFTER UPDATE ON score
REFERENCING OLD TABLE AS lost NEW TABLE AS gained
FOR EACH STATEMENT EXECUTE FUNCTION histogram_count()
""",
    """
CREATE TRIGGER histogram_lost AFTER DELETE ON score
REFERENCING OLD TABLE AS lost FOR EACH STATEMENT EXECUTE FUNCTION histogram_count()
""",
)


def _trigger(name: str, after: str, when: str, *statements: str) -> str:
    body = "\n".join(f"    {statement};" for statement in statements)
    return (
        f"CREATE TRIGGER histogram_{name} AFTER {after} ON score\nWHEN {when}\nBEGIN\n{body}\nEND"
    )


def _more(row: str, step: int) -> str:
    board = ", ".join(f"{row}.{name}" for name in _BOARD)
    return (
        "INSERT INTO histogram (community, scope, period, coarse, bucket, slot, people)\n"  # noqa: S608 names of ours
        f"    VALUES ({board}, {step}, {row}.points >> {BITS * step}, 0, 1)\n"
        "    ON CONFLICT (community, scope, period, coarse, bucket, slot)\n"
        "    DO UPDATE SET people = people + 1"
    )


def _less(row: str, step: int) -> str:
    board = " AND ".join(f"histogram.{name} = {row}.{name}" for name in _BOARD)
    return (
        f"UPDATE histogram SET people = people - 1\n    WHERE {board}\n"  # noqa: S608 names of ours
        f"    AND coarse = {step} AND bucket = {row}.points >> {BITS * step} AND slot = 0"
    )


def _moved(step: int) -> str:
    by = BITS * step
    return _trigger(
        f"moved_{step}",
        "UPDATE OF points",
        f"NOT old.hidden AND NOT new.hidden AND old.points >> {by} <> new.points >> {by}",
        _less("old", step),
        _more("new", step),
    )


# SQLite: a trigger for each thing that may happen to a row; it has one writer and one slot.
SQLITE = (
    _trigger("gained", "INSERT", "NOT new.hidden", *(_more("new", step) for step in STEPS)),
    _trigger("lost", "DELETE", "NOT old.hidden", *(_less("old", step) for step in STEPS)),
    _trigger(
        "hidden",
        "UPDATE OF hidden",
        "new.hidden AND NOT old.hidden",
        *(_less("old", step) for step in STEPS),
    ),
    _trigger(
        "shown",
        "UPDATE OF hidden",
        "old.hidden AND NOT new.hidden",
        *(_more("new", step) for step in STEPS),
    ),
    *map(_moved, STEPS),
)


def install(connection: Connection) -> None:
    """Make the triggers, where `score` has no row yet."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.exec_driver_sql(statement)


def wrong(connection: Connection, limit: int) -> list[str]:
    """The buckets, at most so many, in which the histogram contradicts the scores."""
    found = connection.execute(_differing().limit(limit).prefix_with(EVERYBODY))
    return [
        f"{row.scope} {row.period} of {row.community}: {row.surplus:+} people in bucket "
        f"{row.bucket} of {1 << BITS * row.coarse} points"
        for row in found
    ]


def _differing() -> Select[Any]:
    counted = [
        select(
            *(score.c[name] for name in _BOARD),
            literal(step, Integer).label("coarse"),
            score.c.points.bitwise_rshift(BITS * step).label("bucket"),
            literal(-1, Integer).label("people"),
        ).where(score.c.hidden.is_(False))
        for step in STEPS
    ]
    kept = select(*(histogram.c[name] for name in _KEYS), histogram.c.people)
    both = union_all(kept, *counted).subquery("both")
    keys, surplus = [both.c[name] for name in _KEYS], func.sum(both.c.people).label("surplus")
    return select(*keys, surplus).group_by(*keys).having(surplus != 0).order_by(*keys)

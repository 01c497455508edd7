"""Ranks: the histogram of each board; and indexes for what waits and what is held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.drop_index("ix_due_at", "due")
    op.create_index("ix_due_at_id", "due", ["at", "id"])
    _index("ix_outbox_platform_next_at", ["platform", "next_at"], "state = 'waiting'")
    _index("ix_outbox_held_until", ["held_until"], "held_until IS NOT NULL")
    op.create_table(
        "histogram",
        *(sa.Column(name, sa.Text(), nullable=False) for name in BOARD),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("coarse", "bucket", "slot", "people")
        ),
        sa.PrimaryKeyConstraint(*BOARD, "coarse", "bucket", "slot", name="pk_histogram"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    connection.exec_driver_sql(FILL)
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.exec_driver_sql(statement)


def _index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)


BOARD = ("community", "scope", "period")
FILL = """
INSERT INTO histogram (community, scope, period, coarse, bucket, slot, people)
SELECT community, scope, period, coarse, points >> (6 * coarse), 0, count(*)
FROM score CROSS JOIN (SELECT 0 AS coarse UNION ALL SELECT 1 UNION ALL SELECT 2) AS steps
WHERE NOT hidden
GROUP BY 1, 2, 3, 4, 5
"""
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
    board = ", ".join(f"{row}.{name}" for name in BOARD)
    return (
        "INSERT INTO histogram (community, scope, period, coarse, bucket, slot, people)\n"  # noqa: S608 names of ours
        f"    VALUES ({board}, {step}, {row}.points >> {6 * step}, 0, 1)\n"
        "    ON CONFLICT (community, scope, period, coarse, bucket, slot)\n"
        "    DO UPDATE SET people = people + 1"
    )


def _less(row: str, step: int) -> str:
    board = " AND ".join(f"histogram.{name} = {row}.{name}" for name in BOARD)
    return (
        f"UPDATE histogram SET people = people - 1\n    WHERE {board}\n"  # noqa: S608 names of ours
        f"    AND coarse = {step} AND bucket = {row}.points >> {6 * step} AND slot = 0"
    )


def _moved(step: int) -> str:
    by = 6 * step
    return _trigger(
        f"moved_{step}",
        "UPDATE OF points",
        f"NOT old.hidden AND NOT new.hidden AND old.points >> {by} <> new.points >> {by}",
        _less("old", step),
        _more("new", step),
    )


SQLITE = (
    _trigger("gained", "INSERT", "NOT new.hidden", *(_more("new", step) for step in (0, 1, 2))),
    _trigger("lost", "DELETE", "NOT old.hidden", *(_less("old", step) for step in (0, 1, 2))),
    _trigger(
        "hidden",
        "UPDATE OF hidden",
        "new.hidden AND NOT old.hidden",
        *(_less("old", step) for step in (0, 1, 2)),
    ),
    _trigger(
        "shown",
        "UPDATE OF hidden",
        "old.hidden AND NOT new.hidden",
        *(_more("new", step) for step in (0, 1, 2)),
    ),
    *map(_moved, (0, 1, 2)),
)

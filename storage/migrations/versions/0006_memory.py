"""What people remember, its keys apart from its rows: a draw looks at keys alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant

revision = "0006"
down_revision = "0005"
KEY = ("person", "owner", "item")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM memory")
        op.drop_table("memory")
        _make()
        op.execute("INSERT INTO memory SELECT * FROM kept")
        op.execute("DROP TABLE kept")
    else:
        op.drop_index("ix_memory_person_due", "memory")
    op.create_index("ix_memory_person_due_owner_item", "memory", ["person", "due", "owner", "item"])


def _make() -> None:
    op.create_table(
        "memory",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*KEY, "area", "topic")),
        sa.Column("shown", Instant(), nullable=False),
        sa.Column("due", Instant(), nullable=True),
        sa.Column("last", Instant(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Text(), nullable=False, server_default=""),
        sa.Column("recalls", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint(*KEY, name="pk_memory"),
    )

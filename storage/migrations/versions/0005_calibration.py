"""Answers in the order of their commits, what they make of questions, and what was missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import NUMBER, ODD, Transaction

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "answered",
        sa.Column("number", NUMBER, sa.Identity(always=True), nullable=False),
        sa.Column("tx", sa.BigInteger(), nullable=False, server_default=Transaction()),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_answered"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answered_tx_number", "answered", ["tx", "number"])
    op.create_index("ix_answered_person", "answered", ["person"])
    op.create_table(
        "applied",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tx", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_applied"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calibration",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("owner", "item", "hash")),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "item", "hash", name="pk_calibration"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_calibration_owner", "calibration", ["owner"], sqlite_where=ODD, postgresql_where=ODD
    )
    missed = sa.Column("missed", sa.Text(), nullable=False, server_default="")
    op.add_column("memory", missed)
    op.add_column("memory", sa.Column("recalls", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "INSERT INTO answered (person, seq)"
        " SELECT person, seq FROM log WHERE kind = 'answer' ORDER BY at, person, seq"
    )

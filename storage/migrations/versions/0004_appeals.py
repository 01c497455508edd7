"""Appeals, and the answers that communities accept besides."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "appeal",
        *_texts("id community person external instance"),
        *_texts("owner item hash seed response form reason"),
        sa.Column("at", Instant(), nullable=False),
        *_texts("state why"),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
    )
    op.create_index("ix_appeal_community_state_at", "appeal", ["community", "state", "at"])
    op.create_index("ix_appeal_person", "appeal", ["person"])
    op.create_table(
        "alias",
        *_texts(f"{KEY} text person"),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY.split(), name="pk_alias"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alias_person", "alias", ["person"])


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names.split()]


KEY = "community owner item hash seed form"

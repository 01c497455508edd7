"""Who is named: a board's index says how much was right, too."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.drop_index("ix_score_board", "score")
    op.create_index("ix_score_board", "score", COLUMNS)


COLUMNS = ["community", "scope", "period", "hidden", "points", "person", "right"]

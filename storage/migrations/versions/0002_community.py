"""What belongs to a community: challenges, dailies, games, reports, rules, and who did what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # a column at the end with a constant default: no table is made anew, no row is touched
    op.add_column("community", sa.Column("rules", sa.Text(), server_default="{}", nullable=False))
    op.add_column("due", sa.Column("within", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "member", sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    for make in TABLES:
        make()


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names.split()]


def _column(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _place_rules() -> None:
    op.create_table(
        "place_rules",
        *_texts("community place body"),
        sa.PrimaryKeyConstraint("community", "place", name="pk_place_rules"),
        sqlite_with_rowid=False,
    )


def _challenge() -> None:
    op.create_table(
        "challenge",
        *_texts("id community"),
        _column("ended", sa.Boolean()),
        _column("since", Instant()),
        *_texts("external body"),
        sa.PrimaryKeyConstraint("id", name="pk_challenge"),
    )
    op.create_index("ix_challenge_community", "challenge", ["community"])


def _daily() -> None:
    op.create_table(
        "daily",
        *_texts("id challenge community"),
        _column("day", sa.Date()),
        *_texts("state owner item body"),
        sa.PrimaryKeyConstraint("id", name="pk_daily"),
        sa.UniqueConstraint("challenge", "day", name="uq_daily_challenge_day"),
    )
    op.create_index("ix_daily_community_day", "daily", ["community", "day"])
    op.create_index("ix_daily_community", "daily", ["community"], **_where("state = 'open'"))


def _posting() -> None:
    op.create_table(
        "posting",
        *_texts("challenge place"),
        _column("day", sa.Date()),
        *_texts("daily community state message"),
        _column("shown", sa.Integer()),
        sa.PrimaryKeyConstraint("challenge", "place", "day", name="pk_posting"),
    )
    op.create_index("ix_posting_daily", "posting", ["daily"])


def _game() -> None:
    op.create_table(
        "game",
        *_texts("id community place person name state"),
        _column("started", Instant()),
        *_texts("body"),
        sa.PrimaryKeyConstraint("id", name="pk_game"),
    )
    op.create_index(
        "ix_game_community_place",
        "game",
        ["community", "place"],
        unique=True,
        **_where("state = 'open'"),
    )
    op.create_index("ix_game_community_started", "game", ["community", "started"])
    op.create_index("ix_game_person", "game", ["person"])


def _report() -> None:
    op.create_table(
        "report",
        *_texts("community owner item person hash seed reason"),
        _column("at", Instant()),
        _column("reviewed", sa.Boolean()),
        sa.PrimaryKeyConstraint("community", "owner", "item", "person", name="pk_report"),
    )
    op.create_index("ix_report_community_at", "report", ["community", "at"], **_where(FRESH))
    op.create_index("ix_report_person", "report", ["person"])


def _hidden() -> None:
    op.create_table(
        "hidden",
        *_texts("community owner item why person"),
        _column("at", Instant()),
        sa.PrimaryKeyConstraint("community", "owner", "item", name="pk_hidden"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hidden_person", "hidden", ["person"])


def _proposal() -> None:
    op.create_table(
        "proposal",
        *_texts("id community person external"),
        _column("at", Instant()),
        *_texts("state item why"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_community_state_at", "proposal", ["community", "state", "at"])
    op.create_index("ix_proposal_person", "proposal", ["person"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=True),
            nullable=False,
        ),
        *_texts("community person name"),
        _column("at", Instant()),
        *_texts("what about"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_community_id", "audit", ["community", "id"])
    op.create_index("ix_audit_person", "audit", ["person"])


FRESH = "NOT reviewed"
TABLES = (
    _place_rules,
    _challenge,
    _daily,
    _posting,
    _game,
    _report,
    _hidden,
    _proposal,
    _audit,
)

"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    for make in TABLES:
        make()


def _columns(names: str, kind: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names.split()]


def _texts(names: str) -> list[sa.Column[Any]]:
    return _columns(names, sa.Text())


def _wholes(names: str) -> list[sa.Column[Any]]:
    return _columns(names, sa.Integer())


def _flags(names: str) -> list[sa.Column[Any]]:
    return _columns(names, sa.Boolean())


def _moments(names: str) -> list[sa.Column[Any]]:
    return _columns(names, Instant())


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _community() -> None:
    op.create_table(
        "community",
        *_texts("id external zone rest level"),
        sa.PrimaryKeyConstraint("id", name="pk_community"),
        sa.UniqueConstraint("external", name="uq_community_external"),
    )


def _due() -> None:
    op.create_table(
        "due",
        *_texts("id kind"),
        *_moments("at"),
        *_texts("person external community place data"),
        sa.Column("held_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_due"),
    )
    op.create_index("ix_due_at", "due", ["at"])
    op.create_index("ix_due_person", "due", ["person"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        *_texts("person key"),
        *_moments("at"),
        *_texts("reply"),
        sa.PrimaryKeyConstraint("person", "key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])


def _log() -> None:
    op.create_table(
        "log",
        *_texts("person"),
        *_wholes("seq"),
        *_texts("kind instance"),
        *_wholes("step turn"),
        *_texts("external community"),
        *_moments("at"),
        *_flags("ours"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("seed", sa.Text(), nullable=True),
        *_texts("area"),
        *_flags("right"),
        *_wholes("points"),
        *_flags("counted"),
        *_texts("data"),
        *_wholes("corrects"),
        *_texts("chain"),
        sa.PrimaryKeyConstraint("person", "seq", name="pk_log"),
        sa.UniqueConstraint(
            "instance", "person", "step", "turn", name="uq_log_instance_person_step_turn"
        ),
    )
    op.create_index(
        "ix_log_person_corrects", "log", ["person", "corrects"], **_where("corrects > 0")
    )
    op.create_index("ix_log_person_day", "log", ["person", "day"])


def _memory() -> None:
    op.create_table(
        "memory",
        *_texts("person owner item area topic"),
        *_moments("shown"),
        sa.Column("due", Instant(), nullable=True),
        sa.Column("last", Instant(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        *_wholes("reps lapses"),
        sa.PrimaryKeyConstraint("person", "owner", "item", name="pk_memory"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_memory_person_due", "memory", ["person", "due"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=True),
            nullable=False,
        ),
        *_texts("dedupe platform target community person post state"),
        *_wholes("tries"),
        *_moments("next_at"),
        sa.Column("held_until", Instant(), nullable=True),
        *_texts("message why"),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("dedupe", name="uq_outbox_dedupe"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_person", "outbox", ["person"])
    op.create_index(
        "ix_outbox_platform_number", "outbox", ["platform", "number"], **_where("state = 'waiting'")
    )
    op.create_index(
        "ix_outbox_platform_target_number",
        "outbox",
        ["platform", "target", "number"],
        **_where("state = 'waiting'"),
    )


def _person() -> None:
    op.create_table(
        "person",
        *_texts("id"),
        *_wholes("answers seq"),
        *_texts("head"),
        *_moments("since"),
        *_texts("settings ability streak"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )


def _question() -> None:
    op.create_table(
        "question",
        *_texts("owner id hash seed body"),
        sa.PrimaryKeyConstraint("owner", "id", "hash", "seed", name="pk_question"),
    )


def _quiz() -> None:
    op.create_table(
        "quiz",
        *_texts("id person community place state"),
        *_moments("started touched"),
        *_texts("owner item body"),
        sa.PrimaryKeyConstraint("id", name="pk_quiz"),
    )
    op.create_index(
        "ix_quiz_person_community", "quiz", ["person", "community"], **_where("state = 'open'")
    )


def _score() -> None:
    op.create_table(
        "score",
        *_texts("community scope period person"),
        *_wholes("points answers right"),
        *_flags("hidden"),
        sa.PrimaryKeyConstraint("community", "scope", "period", "person", name="pk_score"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_score_board", "score", ["community", "scope", "period", "hidden", "points", "person"]
    )
    op.create_index("ix_score_person", "score", ["person"])


def _external() -> None:
    op.create_table(
        "external",
        *_texts("id person"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_external_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_external"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_external_person", "external", ["person"])


def _member() -> None:
    op.create_table(
        "member",
        *_texts("community person name"),
        *_flags("hidden told"),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_member_community_community"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_member_person_person"),
        sa.PrimaryKeyConstraint("community", "person", name="pk_member"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_member_person", "member", ["person"])


TABLES = (
    _community,
    _due,
    _inbox,
    _log,
    _memory,
    _outbox,
    _person,
    _question,
    _quiz,
    _score,
    _external,
    _member,
)

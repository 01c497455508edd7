"""The tables as SQLAlchemy Core, all that a press loads; `tables` has them as SQLModel."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.instant import Instant

HEAD = "0001"  # the newest revision in migrations/versions

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only an INTEGER key
OPEN = text("state = 'open'")
WAITING = text("state = 'waiting'")
MENDING = text("corrects > 0")

metadata = MetaData(naming_convention=NAMES)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),  # as Alembic makes it
)

person = Table(
    "person",
    metadata,
    _text("id", key=True),
    _whole("answers"),
    _whole("seq"),
    _text("head"),
    Column("since", Instant, nullable=False),
    _text("settings"),
    _text("ability"),
    _text("streak"),
)

external = Table(
    "external",
    metadata,
    _text("id", key=True),
    Column("person", Text, ForeignKey(person.c.id), nullable=False, index=True),
    sqlite_with_rowid=False,
)

community = Table(
    "community",
    metadata,
    _text("id", key=True),
    _text("external"),
    _text("zone"),
    _text("rest"),
    _text("level"),
    UniqueConstraint("external"),
)

member = Table(
    "member",
    metadata,
    Column("community", Text, ForeignKey(community.c.id), primary_key=True, nullable=False),
    Column("person", Text, ForeignKey(person.c.id), primary_key=True, nullable=False, index=True),
    _text("name"),
    _flag("hidden"),
    _flag("told"),
    sqlite_with_rowid=False,
)

quiz = Table(
    "quiz",
    metadata,
    _text("id", key=True),
    _text("person"),
    _text("community"),
    _text("place"),
    _text("state"),
    Column("started", Instant, nullable=False),
    Column("touched", Instant, nullable=False),
    _text("owner"),
    _text("item"),
    _text("body"),
    # `touched` stands in no index: a press would have to move it there
    Index(None, "person", "community", sqlite_where=OPEN),
)

question = Table(
    "question",
    metadata,
    _text("owner", key=True),
    _text("id", key=True),
    _text("hash", key=True),
    _text("seed", key=True),
    _text("body"),
)

log = Table(
    "log",
    metadata,
    _text("person", key=True),
    Column("seq", Integer, primary_key=True, nullable=False),
    _text("kind"),
    _text("instance"),
    _whole("step"),
    _whole("turn"),
    _text("external"),
    _text("community"),
    Column("at", Instant, nullable=False),
    _flag("ours"),
    Column("day", Date, nullable=False),
    Column("owner", Text, nullable=True),
    Column("item", Text, nullable=True),
    Column("hash", Text, nullable=True),
    Column("seed", Text, nullable=True),
    _text("area"),
    _flag("right"),
    _whole("points"),
    _flag("counted"),
    _text("data"),
    _whole("corrects"),
    _text("chain"),
    UniqueConstraint("instance", "person", "step", "turn"),
    Index(None, "person", "day"),
    Index(None, "person", "corrects", sqlite_where=MENDING),
)

memory = Table(
    "memory",
    metadata,
    _text("person", key=True),
    _text("owner", key=True),
    _text("item", key=True),
    _text("area"),
    _text("topic"),
    Column("shown", Instant, nullable=False),
    Column("due", Instant, nullable=True),
    Column("last", Instant, nullable=True),
    Column("last_day", Date, nullable=True),
    Column("stability", Double, nullable=False),
    Column("difficulty", Double, nullable=False),
    _whole("reps"),
    _whole("lapses"),
    Index(None, "person", "due"),
    sqlite_with_rowid=False,
)

score = Table(
    "score",
    metadata,
    _text("community", key=True),
    _text("scope", key=True),
    _text("period", key=True),
    _text("person", key=True),
    _whole("points"),
    _whole("answers"),
    _whole("right"),
    _flag("hidden"),
    # a board reads this alone; `hidden` repeats the member's choice for that
    Index("ix_score_board", "community", "scope", "period", "hidden", "points", "person"),
    Index(None, "person"),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    _text("person", key=True),
    _text("key", key=True),
    Column("at", Instant, nullable=False, index=True),
    _text("reply"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", NUMBER, Identity(always=True), primary_key=True, nullable=False),
    _text("dedupe"),
    _text("platform"),
    _text("target"),
    _text("community"),
    _text("person"),
    _text("post"),
    _text("state"),
    _whole("tries"),
    Column("next_at", Instant, nullable=False),
    Column("held_until", Instant, nullable=True),
    _text("message"),
    _text("why"),
    UniqueConstraint("dedupe"),
    Index(None, "platform", "number", sqlite_where=WAITING),
    Index(None, "platform", "target", "number", sqlite_where=WAITING),
    Index(None, "person"),
    sqlite_autoincrement=True,
)

due = Table(
    "due",
    metadata,
    _text("id", key=True),
    _text("kind"),
    Column("at", Instant, nullable=False, index=True),
    _text("person"),
    _text("external"),
    _text("community"),
    _text("place"),
    _text("data"),
    Column("held_until", Instant, nullable=True),
    Index(None, "person"),
)


def complete() -> None:
    """Tell PostgreSQL too which indexes are partial: saying so loads its dialect (20 ms)."""
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            index.dialect_options["postgresql"]["where"] = where

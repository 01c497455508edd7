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
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage import shared_schema
from storage.columns import (
    HELD,
    MENDING,
    NUMBER,
    ODD,
    OPEN,
    WAITING,
    Transaction,
    flag,
    whole,
    words,
)
from storage.instant import Instant

HEAD = "0007"  # the newest revision in migrations/versions
metadata = shared_schema.place_rules.metadata  # the tables of communities are in it

version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),  # as Alembic makes it
)

person = Table(
    "person",
    metadata,
    words("id", key=True),
    whole("answers"),
    whole("seq"),
    words("head"),
    Column("since", Instant, nullable=False),
    words("settings"),
    words("ability"),
    words("streak"),
)

external = Table(
    "external",
    metadata,
    words("id", key=True),
    Column("person", Text, ForeignKey(person.c.id), nullable=False, index=True),
    sqlite_with_rowid=False,
)

community = Table(
    "community",
    metadata,
    words("id", key=True),
    words("external"),
    words("zone"),
    words("rest"),
    words("level"),
    Column("rules", Text, nullable=False, server_default="{}"),
    UniqueConstraint("external"),
)

member = Table(
    "member",
    metadata,
    Column("community", Text, ForeignKey(community.c.id), primary_key=True, nullable=False),
    Column("person", Text, ForeignKey(person.c.id), primary_key=True, nullable=False, index=True),
    words("name"),
    flag("hidden"),
    flag("told"),
    Column("chosen", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
)

quiz = Table(
    "quiz",
    metadata,
    words("id", key=True),
    words("person"),
    words("community"),
    words("place"),
    words("state"),
    Column("started", Instant, nullable=False),
    Column("touched", Instant, nullable=False),
    words("owner"),
    words("item"),
    words("body"),
    # `touched` stands in no index: a press would have to move it there
    Index(None, "person", "community", sqlite_where=OPEN),
)

question = Table(
    "question",
    metadata,
    words("owner", key=True),
    words("id", key=True),
    words("hash", key=True),
    words("seed", key=True),
    words("body"),
)

log = Table(
    "log",
    metadata,
    words("person", key=True),
    Column("seq", Integer, primary_key=True, nullable=False),
    words("kind"),
    words("instance"),
    whole("step"),
    whole("turn"),
    words("external"),
    words("community"),
    Column("at", Instant, nullable=False),
    flag("ours"),
    Column("day", Date, nullable=False),
    Column("owner", Text, nullable=True),
    Column("item", Text, nullable=True),
    Column("hash", Text, nullable=True),
    Column("seed", Text, nullable=True),
    words("area"),
    flag("right"),
    whole("points"),
    flag("counted"),
    words("data"),
    whole("corrects"),
    words("chain"),
    UniqueConstraint("instance", "person", "step", "turn"),
    Index(None, "person", "day"),
    Index(None, "person", "corrects", sqlite_where=MENDING),
)

# the answers in the order of their commits, in which questions are calibrated by them
answered = Table(
    "answered",
    metadata,
    Column("number", NUMBER, Identity(always=True), primary_key=True, nullable=False),
    Column("tx", BigInteger, nullable=False, server_default=Transaction()),
    words("person"),
    whole("seq"),
    Index(None, "tx", "number"),
    Index(None, "person"),
    sqlite_autoincrement=True,
)

# how far `storage.calibration` has come in them
applied = Table(
    "applied",
    metadata,
    words("name", key=True),
    Column("tx", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# what is believed of a question after the answers so far
calibration = Table(
    "calibration",
    metadata,
    words("owner", key=True),
    words("item", key=True),
    words("hash", key=True),
    flag("suspect"),
    words("params"),
    Index(None, "owner", sqlite_where=ODD),
    sqlite_with_rowid=False,
)

# with a rowid: a draw looks at keys alone, which then take a sixth of the pages of the rows
memory = Table(
    "memory",
    metadata,
    words("person", key=True),
    words("owner", key=True),
    words("item", key=True),
    words("area"),
    words("topic"),
    Column("shown", Instant, nullable=False),
    Column("due", Instant, nullable=True),
    Column("last", Instant, nullable=True),
    Column("last_day", Date, nullable=True),
    Column("stability", Double, nullable=False),
    Column("difficulty", Double, nullable=False),
    whole("reps"),
    whole("lapses"),
    Column("missed", Text, nullable=False, server_default=""),
    Column("recalls", Integer, nullable=False, server_default="0"),
    Index(None, "person", "due", "owner", "item"),
)

score = Table(
    "score",
    metadata,
    words("community", key=True),
    words("scope", key=True),
    words("period", key=True),
    words("person", key=True),
    whole("points"),
    whole("answers"),
    whole("right"),
    flag("hidden"),
    # a board reads this alone; `hidden` repeats the member's choice for that
    Index("ix_score_board", "community", "scope", "period", "hidden", "points", "person", "right"),
    Index(None, "person"),
    sqlite_with_rowid=False,
)

# how many people have how many points: `storage.histogram` keeps it
histogram = Table(
    "histogram",
    metadata,
    words("community", key=True),
    words("scope", key=True),
    words("period", key=True),
    *(Column(name, Integer, primary_key=True) for name in ("coarse", "bucket", "slot")),
    whole("people"),
    sqlite_with_rowid=False,
)
score.add_is_dependent_on(histogram)  # its triggers write there

inbox = Table(
    "inbox",
    metadata,
    words("person", key=True),
    words("key", key=True),
    Column("at", Instant, nullable=False, index=True),
    words("reply"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", NUMBER, Identity(always=True), primary_key=True, nullable=False),
    words("dedupe"),
    words("platform"),
    words("target"),
    words("community"),
    words("person"),
    words("post"),
    words("state"),
    whole("tries"),
    Column("next_at", Instant, nullable=False),
    Column("held_until", Instant, nullable=True),
    words("message"),
    words("why"),
    UniqueConstraint("dedupe"),
    Index(None, "platform", "number", sqlite_where=WAITING),
    Index(None, "platform", "target", "number", sqlite_where=WAITING),
    Index(None, "platform", "next_at", sqlite_where=WAITING),
    Index(None, "held_until", sqlite_where=HELD),
    Index(None, "person"),
    sqlite_autoincrement=True,
)

due = Table(
    "due",
    metadata,
    words("id", key=True),
    words("kind"),
    Column("at", Instant, nullable=False),
    words("person"),
    words("external"),
    words("community"),
    words("place"),
    words("data"),
    Column("held_until", Instant, nullable=True),
    Column("within", Text, nullable=False, server_default=""),
    Index(None, "at", "id"),
    Index(None, "person"),
)


def complete() -> None:
    """Tell PostgreSQL too which indexes are partial: saying so loads its dialect (20 ms)."""
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            index.dialect_options["postgresql"]["where"] = where

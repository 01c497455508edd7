"""The tables of what belongs to a community, as SQLAlchemy Core; `shared_tables` has the twins."""

from __future__ import annotations

from sqlalchemy import Column, Date, Identity, Index, Table, UniqueConstraint

from storage.columns import FRESH, NUMBER, OPEN, flag, metadata, whole, words
from storage.instant import Instant

place_rules = Table(
    "place_rules",
    metadata,
    words("community", key=True),
    words("place", key=True),
    words("body"),
    sqlite_with_rowid=False,
)

challenge = Table(
    "challenge",
    metadata,
    words("id", key=True),
    words("community"),
    flag("ended"),
    Column("since", Instant, nullable=False),
    words("external"),  # of whoever scheduled it; the body does not repeat it
    words("body"),
    Index(None, "community"),
)

daily = Table(
    "daily",
    metadata,
    words("id", key=True),
    words("challenge"),
    words("community"),
    Column("day", Date, nullable=False),
    words("state"),
    words("owner"),
    words("item"),
    words("body"),
    UniqueConstraint("challenge", "day"),  # the ledger: one a date, whoever comes first
    Index(None, "community", "day"),
    Index(None, "community", sqlite_where=OPEN),
)

posting = Table(
    "posting",
    metadata,
    words("challenge", key=True),
    words("place", key=True),
    Column("day", Date, primary_key=True, nullable=False),
    words("daily"),
    words("community"),
    words("state"),
    words("message"),
    whole("shown"),
    Index(None, "daily"),
)

game = Table(
    "game",
    metadata,
    words("id", key=True),
    words("community"),
    words("place"),
    words("person"),  # who started it, and their name; the body does not repeat them
    words("name"),
    words("state"),
    Column("started", Instant, nullable=False),
    words("body"),
    Index(None, "community", "place", unique=True, sqlite_where=OPEN),  # one open game a place
    Index(None, "community", "started"),
    Index(None, "person"),
)

report = Table(
    "report",
    metadata,
    words("community", key=True),
    words("owner", key=True),
    words("item", key=True),
    words("person", key=True),
    words("hash"),
    words("seed"),
    words("reason"),
    Column("at", Instant, nullable=False),
    flag("reviewed"),
    Index(None, "community", "at", sqlite_where=FRESH),
    Index(None, "person"),
)

hidden = Table(
    "hidden",
    metadata,
    words("community", key=True),
    words("owner", key=True),
    words("item", key=True),
    words("why"),
    words("person"),
    Column("at", Instant, nullable=False),
    Index(None, "person"),
    sqlite_with_rowid=False,
)

proposal = Table(
    "proposal",
    metadata,
    words("id", key=True),
    words("community"),
    words("person"),
    words("external"),
    Column("at", Instant, nullable=False),
    words("state"),
    words("item"),
    words("why"),
    Index(None, "community", "state", "at"),
    Index(None, "person"),
)

appeal = Table(
    "appeal",
    metadata,
    words("id", key=True),
    words("community"),
    words("person"),
    words("external"),
    words("instance"),
    words("owner"),
    words("item"),
    words("hash"),
    words("seed"),
    words("response"),
    words("form"),
    words("reason"),
    Column("at", Instant, nullable=False),
    words("state"),
    words("why"),
    flag("late"),
    Index(None, "community", "state", "at"),
    Index(None, "person"),
)

alias = Table(
    "alias",
    metadata,
    words("community", key=True),
    words("owner", key=True),
    words("item", key=True),
    words("hash", key=True),
    words("seed", key=True),
    words("form", key=True),
    words("text"),
    words("person"),
    Column("at", Instant, nullable=False),
    Index(None, "person"),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("id", NUMBER, Identity(always=True), primary_key=True, nullable=False),
    words("community"),
    words("person"),
    words("name"),
    Column("at", Instant, nullable=False),
    words("what"),
    words("about"),
    Index(None, "community", "id"),
    Index(None, "person"),
    sqlite_autoincrement=True,
)

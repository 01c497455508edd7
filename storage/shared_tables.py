"""The tables of what belongs to a community as SQLModel classes, the twins of `shared_schema`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Identity, Index, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import FRESH, NAMES, NUMBER, OPEN
from storage.instant import Instant


class Row(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def words(**more: Any) -> Any:
    return Field(sa_type=Text, **more)


def key(**more: Any) -> Any:
    return Field(sa_type=Text, primary_key=True, **more)


def moment(**more: Any) -> Any:
    return Field(sa_type=Instant, **more)


class PlaceRulesRow(Row, table=True):
    __tablename__ = "place_rules"
    __table_args__ = {"sqlite_with_rowid": False}
    community: str = key()
    place: str = key()
    body: str = words()


class ChallengeRow(Row, table=True):
    __tablename__ = "challenge"
    __table_args__ = (Index(None, "community"),)
    id: str = key()
    community: str = words()
    ended: bool
    since: datetime = moment()
    external: str = words()
    body: str = words()


class DailyRow(Row, table=True):
    __tablename__ = "daily"
    __table_args__ = (
        UniqueConstraint("challenge", "day"),
        Index(None, "community", "day"),
        Index(None, "community", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: str = key()
    challenge: str = words()
    community: str = words()
    day: date
    state: str = words()
    owner: str = words()
    item: str = words()
    body: str = words()


class PostingRow(Row, table=True):
    __tablename__ = "posting"
    __table_args__ = (Index(None, "daily"),)
    challenge: str = key()
    place: str = key()
    day: date = Field(primary_key=True)
    daily: str = words()
    community: str = words()
    state: str = words()
    message: str = words()
    shown: int


class GameRow(Row, table=True):
    __tablename__ = "game"
    __table_args__ = (
        Index(None, "community", "place", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(None, "community", "started"),
        Index(None, "person"),
    )
    id: str = key()
    community: str = words()
    place: str = words()
    person: str = words()
    name: str = words()
    state: str = words()
    started: datetime = moment()
    body: str = words()


class ReportRow(Row, table=True):
    __tablename__ = "report"
    __table_args__ = (
        Index(None, "community", "at", sqlite_where=FRESH, postgresql_where=FRESH),
        Index(None, "person"),
    )
    community: str = key()
    owner: str = key()
    item: str = key()
    person: str = key()
    hash: str = words()
    seed: str = words()
    reason: str = words()
    at: datetime = moment()
    reviewed: bool


class HiddenRow(Row, table=True):
    __tablename__ = "hidden"
    __table_args__ = (Index(None, "person"), {"sqlite_with_rowid": False})
    community: str = key()
    owner: str = key()
    item: str = key()
    why: str = words()
    person: str = words()
    at: datetime = moment()


class ProposalRow(Row, table=True):
    __tablename__ = "proposal"
    __table_args__ = (Index(None, "community", "state", "at"), Index(None, "person"))
    id: str = key()
    community: str = words()
    person: str = words()
    external: str = words()
    at: datetime = moment()
    state: str = words()
    item: str = words()
    why: str = words()


class AppealRow(Row, table=True):
    __tablename__ = "appeal"
    __table_args__ = (Index(None, "community", "state", "at"), Index(None, "person"))
    id: str = key()
    community: str = words()
    person: str = words()
    external: str = words()
    instance: str = words()
    owner: str = words()
    item: str = words()
    hash: str = words()
    seed: str = words()
    response: str = words()
    form: str = words()
    reason: str = words()
    at: datetime = moment()
    state: str = words()
    why: str = words()
    late: bool


class AliasRow(Row, table=True):
    __tablename__ = "alias"
    __table_args__ = (Index(None, "person"), {"sqlite_with_rowid": False})
    community: str = key()
    owner: str = key()
    item: str = key()
    hash: str = key()
    seed: str = key()
    form: str = key()
    text: str = words()
    person: str = words()
    at: datetime = moment()


class AuditRow(Row, table=True):
    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "community", "id"),
        Index(None, "person"),
        {"sqlite_autoincrement": True},
    )
    id: int = Field(sa_type=NUMBER, primary_key=True, sa_column_args=[Identity(always=True)])
    community: str = words()
    person: str = words()
    name: str = words()
    at: datetime = moment()
    what: str = words()
    about: str = words()

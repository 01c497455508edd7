"""The tables as SQLModel classes, for migrations and tests; `schema` has them for a press."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    Double,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from storage.instant import Instant
from storage.schema import MENDING, NAMES, NUMBER, OPEN, WAITING

metadata = MetaData(naming_convention=NAMES)

_FLAT: dict[str, Any] = {"sqlite_with_rowid": False}


class Row(SQLModel):
    metadata: ClassVar[MetaData] = metadata


def _text(**more: Any) -> Any:
    return Field(sa_type=Text, **more)


def _key(**more: Any) -> Any:
    return Field(sa_type=Text, primary_key=True, **more)


def _moment(**more: Any) -> Any:
    return Field(sa_type=Instant, **more)


class VersionRow(Row, table=True):
    __tablename__ = "alembic_version"
    __table_args__ = (PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),)
    version_num: str = Field(sa_type=String(32), primary_key=True)


class PersonRow(Row, table=True):
    __tablename__ = "person"
    id: str = _key()
    answers: int
    seq: int
    head: str = _text()
    since: datetime = _moment()
    settings: str = _text()
    ability: str = _text()
    streak: str = _text()


class ExternalRow(Row, table=True):
    __tablename__ = "external"
    __table_args__ = _FLAT
    id: str = _key()
    person: str = _text(foreign_key="person.id", index=True)


class CommunityRow(Row, table=True):
    __tablename__ = "community"
    __table_args__ = (UniqueConstraint("external"),)
    id: str = _key()
    external: str = _text()
    zone: str = _text()
    rest: str = _text()
    level: str = _text()


class MemberRow(Row, table=True):
    __tablename__ = "member"
    __table_args__ = _FLAT
    community: str = _key(foreign_key="community.id")
    person: str = _key(foreign_key="person.id", index=True)
    name: str = _text()
    hidden: bool
    told: bool


class QuizRow(Row, table=True):
    __tablename__ = "quiz"
    __table_args__ = (Index(None, "person", "community", sqlite_where=OPEN, postgresql_where=OPEN),)
    id: str = _key()
    person: str = _text()
    community: str = _text()
    place: str = _text()
    state: str = _text()
    started: datetime = _moment()
    touched: datetime = _moment()
    owner: str = _text()
    item: str = _text()
    body: str = _text()


class QuestionRow(Row, table=True):
    __tablename__ = "question"
    owner: str = _key()
    id: str = _key()
    hash: str = _key()
    seed: str = _key()
    body: str = _text()


class LogTableRow(Row, table=True):
    __tablename__ = "log"
    __table_args__ = (
        UniqueConstraint("instance", "person", "step", "turn"),
        Index(None, "person", "day"),
        Index(None, "person", "corrects", sqlite_where=MENDING, postgresql_where=MENDING),
    )
    person: str = _key()
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": "auto"})
    kind: str = _text()
    instance: str = _text()
    step: int
    turn: int
    external: str = _text()
    community: str = _text()
    at: datetime = _moment()
    ours: bool
    day: date
    owner: str | None = _text()
    item: str | None = _text()
    hash: str | None = _text()
    seed: str | None = _text()
    area: str = _text()
    right: bool
    points: int
    counted: bool
    data: str = _text()
    corrects: int
    chain: str = _text()


class MemoryRow(Row, table=True):
    __tablename__ = "memory"
    __table_args__ = (Index(None, "person", "due"), _FLAT)
    person: str = _key()
    owner: str = _key()
    item: str = _key()
    area: str = _text()
    topic: str = _text()
    shown: datetime = _moment()
    due: datetime | None = _moment()
    last: datetime | None = _moment()
    last_day: date | None
    stability: float = Field(sa_type=Double)
    difficulty: float = Field(sa_type=Double)
    reps: int
    lapses: int


class ScoreRow(Row, table=True):
    __tablename__ = "score"
    __table_args__ = (
        Index("ix_score_board", "community", "scope", "period", "hidden", "points", "person"),
        Index(None, "person"),
        _FLAT,
    )
    community: str = _key()
    scope: str = _key()
    period: str = _key()
    person: str = _key()
    points: int
    answers: int
    right: int
    hidden: bool


class InboxRow(Row, table=True):
    __tablename__ = "inbox"
    person: str = _key()
    key: str = _key()
    at: datetime = _moment(index=True)
    reply: str = _text()


class OutboxRow(Row, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        Index(None, "platform", "number", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "platform", "target", "number", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "person"),
        {"sqlite_autoincrement": True},
    )
    number: int = Field(sa_type=NUMBER, primary_key=True, sa_column_args=[Identity(always=True)])
    dedupe: str = _text()
    platform: str = _text()
    target: str = _text()
    community: str = _text()
    person: str = _text()
    post: str = _text()
    state: str = _text()
    tries: int = Field(sa_type=Integer)
    next_at: datetime = _moment()
    held_until: datetime | None = _moment()
    message: str = _text()
    why: str = _text()


class DueRow(Row, table=True):
    __tablename__ = "due"
    __table_args__ = (Index(None, "person"),)
    id: str = _key()
    kind: str = _text()
    at: datetime = _moment(index=True)
    person: str = _text()
    external: str = _text()
    community: str = _text()
    place: str = _text()
    data: str = _text()
    held_until: datetime | None = _moment()

"""The tables as SQLModel classes, for migrations and tests; `schema` has them for a press."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Double,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    false,
)
from sqlmodel import Field

from storage.columns import HELD, MENDING, NUMBER, ODD, OPEN, WAITING, Transaction
from storage.shared_tables import Row, key, moment, words

_FLAT: dict[str, Any] = {"sqlite_with_rowid": False}
metadata = Row.metadata


class VersionRow(Row, table=True):
    __tablename__ = "alembic_version"
    __table_args__ = (PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),)
    version_num: str = Field(sa_type=String(32), primary_key=True)


class PersonRow(Row, table=True):
    __tablename__ = "person"
    id: str = key()
    answers: int
    seq: int
    head: str = words()
    since: datetime = moment()
    settings: str = words()
    ability: str = words()
    streak: str = words()


class ExternalRow(Row, table=True):
    __tablename__ = "external"
    __table_args__ = _FLAT
    id: str = key()
    person: str = words(foreign_key="person.id", index=True)


class CommunityRow(Row, table=True):
    __tablename__ = "community"
    __table_args__ = (UniqueConstraint("external"),)
    id: str = key()
    external: str = words()
    zone: str = words()
    rest: str = words()
    level: str = words()
    rules: str = words(sa_column_kwargs={"server_default": "{}"})


class MemberRow(Row, table=True):
    __tablename__ = "member"
    __table_args__ = _FLAT
    community: str = key(foreign_key="community.id")
    person: str = key(foreign_key="person.id", index=True)
    name: str = words()
    hidden: bool
    told: bool
    chosen: bool = Field(sa_column_kwargs={"server_default": false()})


class QuizRow(Row, table=True):
    __tablename__ = "quiz"
    __table_args__ = (Index(None, "person", "community", sqlite_where=OPEN, postgresql_where=OPEN),)
    id: str = key()
    person: str = words()
    community: str = words()
    place: str = words()
    state: str = words()
    started: datetime = moment()
    touched: datetime = moment()
    owner: str = words()
    item: str = words()
    body: str = words()


class QuestionRow(Row, table=True):
    __tablename__ = "question"
    owner: str = key()
    id: str = key()
    hash: str = key()
    seed: str = key()
    body: str = words()


class LogTableRow(Row, table=True):
    __tablename__ = "log"
    __table_args__ = (
        UniqueConstraint("instance", "person", "step", "turn"),
        Index(None, "person", "day"),
        Index(None, "person", "corrects", sqlite_where=MENDING, postgresql_where=MENDING),
    )
    person: str = key()
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": "auto"})
    kind: str = words()
    instance: str = words()
    step: int
    turn: int
    external: str = words()
    community: str = words()
    at: datetime = moment()
    ours: bool
    day: date
    owner: str | None = words()
    item: str | None = words()
    hash: str | None = words()
    seed: str | None = words()
    area: str = words()
    right: bool
    points: int
    counted: bool
    data: str = words()
    corrects: int
    chain: str = words()


class AnsweredRow(Row, table=True):
    __tablename__ = "answered"
    __table_args__ = (
        Index(None, "tx", "number"),
        Index(None, "person"),
        {"sqlite_autoincrement": True},
    )
    number: int = Field(sa_type=NUMBER, primary_key=True, sa_column_args=[Identity(always=True)])
    tx: int = Field(sa_type=BigInteger, sa_column_kwargs={"server_default": Transaction()})
    person: str = words()
    seq: int


class AppliedRow(Row, table=True):
    __tablename__ = "applied"
    __table_args__ = _FLAT
    name: str = key()
    tx: int = Field(sa_type=BigInteger)
    number: int = Field(sa_type=BigInteger)


class CalibrationRow(Row, table=True):
    __tablename__ = "calibration"
    __table_args__ = (Index(None, "owner", sqlite_where=ODD, postgresql_where=ODD), _FLAT)
    owner: str = key()
    item: str = key()
    hash: str = key()
    suspect: bool
    params: str = words()


class MemoryRow(Row, table=True):
    __tablename__ = "memory"
    __table_args__ = (Index(None, "person", "due", "owner", "item"),)
    person: str = key()
    owner: str = key()
    item: str = key()
    area: str = words()
    topic: str = words()
    shown: datetime = moment()
    due: datetime | None = moment()
    last: datetime | None = moment()
    last_day: date | None
    stability: float = Field(sa_type=Double)
    difficulty: float = Field(sa_type=Double)
    reps: int
    lapses: int
    missed: str = words(sa_column_kwargs={"server_default": ""})
    recalls: int = Field(sa_column_kwargs={"server_default": "0"})


class ScoreRow(Row, table=True):
    __tablename__ = "score"
    __table_args__ = (
        Index(
            "ix_score_board", "community", "scope", "period", "hidden", "points", "person", "right"
        ),
        Index(None, "person"),
        _FLAT,
    )
    community: str = key()
    scope: str = key()
    period: str = key()
    person: str = key()
    points: int
    answers: int
    right: int
    hidden: bool


class HistogramRow(Row, table=True):
    __tablename__ = "histogram"
    __table_args__ = _FLAT
    community: str = key()
    scope: str = key()
    period: str = key()
    coarse: int = Field(primary_key=True)
    bucket: int = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    people: int


class InboxRow(Row, table=True):
    __tablename__ = "inbox"
    person: str = key()
    key: str = key()
    at: datetime = moment(index=True)
    reply: str = words()


class OutboxRow(Row, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        Index(None, "platform", "number", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "platform", "target", "number", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "platform", "next_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "held_until", sqlite_where=HELD, postgresql_where=HELD),
        Index(None, "person"),
        {"sqlite_autoincrement": True},
    )
    number: int = Field(sa_type=NUMBER, primary_key=True, sa_column_args=[Identity(always=True)])
    dedupe: str = words()
    platform: str = words()
    target: str = words()
    community: str = words()
    person: str = words()
    post: str = words()
    state: str = words()
    tries: int = Field(sa_type=Integer)
    next_at: datetime = moment()
    held_until: datetime | None = moment()
    message: str = words()
    why: str = words()


class DueRow(Row, table=True):
    __tablename__ = "due"
    __table_args__ = (Index(None, "at", "id"), Index(None, "person"))
    id: str = key()
    kind: str = words()
    at: datetime = moment()
    person: str = words()
    external: str = words()
    community: str = words()
    place: str = words()
    data: str = words()
    held_until: datetime | None = moment()
    within: str = words(sa_column_kwargs={"server_default": ""})

"""The one read of a press, and the few others that a handler may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause, NamedFromClause
from sqlalchemy.types import JSON

from storage.prepared import Prepared
from storage.schema import (
    calibration,
    community,
    external,
    inbox,
    log,
    member,
    memory,
    person,
    question,
    quiz,
)

_PARTS = {"person": person, "community": community, "member": member, "memory": memory}
_EMPTY: ColumnElement[str] = literal_column("''", Text)
_AT: ColumnElement[str] = literal_column("'@'", Text)


class Asked(NamedTuple):
    """What a press is looked up by: external ids, its key and the quiz it names."""

    n: int
    person: str
    community: str
    key: str
    quiz: str


class Found(NamedTuple):
    """What stands in the database about a press; None where there is nothing."""

    n: int
    reply: str | None
    quiz: str | None
    person: Mapping[str, Any] | None
    community: Mapping[str, Any] | None
    member: Mapping[str, Any] | None
    memory: Mapping[str, Any] | None


class Reading:
    """The one read: a JSON list of `Asked` in, a row each out."""

    def __init__(self, dialect: Dialect) -> None:
        self.prepared = Prepared(_everything(_asked(dialect)), dialect)
        self._slices: list[tuple[str, tuple[str, ...], int, int]] = []
        start = 3
        for part, table in _PARTS.items():
            names = tuple(c.name for c in table.columns)
            self._slices.append((part, names, start, start + len(names)))
            start += len(names)

    def found(self, row: Any) -> Found:
        """A driver's row, taken apart; a part is missing where its first key is."""
        parts: dict[str, Any] = {
            part: None if row[start] is None else dict(zip(names, row[start:end], strict=True))
            for part, names, start, end in self._slices
        }
        return Found(row[0], row[1], row[2], **parts)


def _asked(dialect: Dialect) -> NamedFromClause:
    given = bindparam("asked", type_=Text())
    if dialect.name == "sqlite":
        each = func.json_each(given).table_valued("value", name="each")
        fields: list[ColumnElement[Any]] = [
            func.json_extract(each.c.value, literal_column(f"'$[{i}]'")).label(name)
            for i, name in enumerate(Asked._fields)
        ]
        return select(*fields).subquery("asked")
    columns = [column(n, Integer if n == "n" else Text) for n in Asked._fields]
    rows = func.json_to_recordset(cast(given, JSON)).table_valued(*columns)
    return rows.render_derived(name="asked", with_types=True)


def _everything(asked: NamedFromClause) -> Select[Any]:
    at = asked.c
    place = case((at.community == _EMPTY, _AT + person.c.id), else_=at.community)
    # the bot's own work has no person, and its replies are kept under ''
    who = case((at.person == _EMPTY, _EMPTY), else_=person.c.id)
    mine = or_(quiz.c.community == community.c.id, quiz.c.person == person.c.id)
    joined: FromClause = asked
    for table, on in (
        (external, external.c.id == at.person),
        (person, person.c.id == external.c.person),
        (community, community.c.external == place),
        (member, and_(member.c.community == community.c.id, member.c.person == person.c.id)),
        (inbox, and_(inbox.c.person == who, inbox.c.key == at.key)),
        (quiz, and_(quiz.c.id == at.quiz, mine)),
        (memory, and_(memory.c.person == person.c.id, _current)),
    ):
        joined = joined.outerjoin(table, on)
    parts = [c for table in _PARTS.values() for c in table.columns]
    return select(at.n, inbox.c.reply, quiz.c.body, *parts).select_from(joined)


_current = and_(memory.c.owner == quiz.c.owner, memory.c.item == quiz.c.item)


def locking(dialect: Dialect) -> Prepared:
    """Lock the persons and quizzes of presses, in one order for everybody (PostgreSQL).

    It is a statement of its own, so that the read after it sees what those who held the locks
    have committed.
    """
    persons, quizzes = _asked(dialect), _asked(dialect)
    held = (
        select(person.c.id)
        .select_from(
            persons.join(external, external.c.id == persons.c.person).join(
                person, person.c.id == external.c.person
            )
        )
        .order_by(person.c.id)
        .with_for_update(key_share=True, of=person)
        .cte("held")
    )
    within = or_(quiz.c.community == community.c.id, quiz.c.person == external.c.person)
    named = (
        select(quiz.c.id)
        .select_from(
            quizzes.outerjoin(external, external.c.id == quizzes.c.person)
            .outerjoin(community, community.c.external == quizzes.c.community)
            .join(quiz, and_(quiz.c.id == quizzes.c.quiz, within))
        )
        .order_by(quiz.c.id)
        .with_for_update(key_share=True, of=quiz)
        .cte("named")
    )
    locked = union_all(select(held.c.id), select(named.c.id)).subquery("locked")
    return Prepared(select(func.count()).select_from(locked), dialect)


def _bound(name: str) -> ColumnElement[Any]:
    return bindparam(name)


PERSON, COMMUNITY = _bound("person"), _bound("community")

# The other parts of a transaction's reads. Each names the person, the community or both.

# Nobody, as whom the bot does its own work, has no quizzes: '' is whose anybody may answer.
_own_quiz = and_(quiz.c.person == PERSON, quiz.c.person != _EMPTY)
QUIZ = select(quiz.c.body).where(
    quiz.c.id == _bound("quiz"), or_(quiz.c.community == COMMUNITY, _own_quiz)
)
OPEN_QUIZ = (
    select(quiz.c.body)
    .where(_own_quiz, quiz.c.community == COMMUNITY)
    .where(literal_column("quiz.state = 'open'"))
    .order_by(quiz.c.touched.desc(), quiz.c.id)
    .limit(1)
)
# What is about to be changed is locked: on SQLite there is one writer, and these are the same.
QUIZ_LOCKED = QUIZ.with_for_update(key_share=True)
OPEN_QUIZ_LOCKED = OPEN_QUIZ.with_for_update(key_share=True)
COMMUNITY_LOCKED = (
    select(community).where(community.c.id == COMMUNITY).with_for_update(key_share=True)
)
EXTERNAL = select(external.c.person).where(external.c.id == _bound("external"))
ITEM = select(question.c.body).where(
    question.c.owner == _bound("owner"),
    question.c.id == _bound("item"),
    question.c.hash == _bound("hash"),
    question.c.seed == _bound("seed"),
)
MEMORIES = select(memory).where(
    memory.c.person == PERSON,
    memory.c.owner == _bound("owner"),
    memory.c.item.in_(bindparam("items", expanding=True)),
)
_WANTED = or_(_bound("all"), memory.c.area.in_(bindparam("areas", expanding=True)))
DUE = (
    select(memory)
    .where(memory.c.person == PERSON, memory.c.due < _bound("before"), _WANTED)
    .order_by(memory.c.due, memory.c.owner, memory.c.item)
    .limit(_bound("limit"))
)
# of the bank, which is everybody's, and of the community
SUSPECTS = (
    select(calibration)
    .where(calibration.c.owner.in_(("", COMMUNITY)), literal_column("calibration.suspect"))
    .order_by(calibration.c.owner, calibration.c.item)
    .limit(_bound("limit"))
)
DUE_COUNT = select(func.count()).where(memory.c.person == PERSON, memory.c.due < _bound("before"))
NEXT_DUE = select(func.min(memory.c.due)).where(
    memory.c.person == PERSON, memory.c.due >= _bound("after")
)
LOG = (
    select(log)
    .where(log.c.person == PERSON, log.c.seq > _bound("after"))
    .order_by(log.c.seq)
    .limit(_bound("limit"))
)
ANSWER_OF = (
    select(log)
    .where(log.c.instance == _bound("instance"), log.c.person == PERSON)
    .where(literal_column("log.kind in ('answer', 'report')"))
    .order_by(log.c.seq.desc())
    .limit(1)
)
_later = log.alias("later")
CORRECTION_OF = (
    select(_later)
    .join(log, and_(log.c.person == _later.c.person, log.c.seq == _later.c.corrects))
    .where(log.c.instance == _bound("instance"), log.c.person == PERSON)
    .where(literal_column("log.kind = 'answer'"), literal_column("later.corrects > 0"))
    .order_by(_later.c.seq.desc())
    .limit(1)
)
_mends = and_(_later.c.person == log.c.person, literal_column("later.corrects > 0"))
_mended = or_(
    exists().where(_mends, _later.c.corrects == log.c.seq),
    exists().where(_mends, _later.c.corrects == log.c.corrects, _later.c.seq > log.c.seq),
)
# A correction stands in the place of the row it corrects, the newest one if there are several.
DAYS = (
    select(log.c.day, log.c.area, func.count(), func.sum(cast(log.c.right, Integer)))
    .where(log.c.person == PERSON, log.c.day >= _bound("since"))
    .where(literal_column("log.kind IN ('answer', 'correction')"), log.c.counted, ~_mended)
    .group_by(log.c.day, log.c.area)
    .order_by(log.c.day, log.c.area)
)

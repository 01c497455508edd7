"""The statements of a press, for either database, compiled when they are first needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    column,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import JSON

from storage.prepared import Prepared, key
from storage.reads import Reading, locking
from storage.schema import due
from storage.writes import AMOUNTS, WRITES, Write


class Statements:
    """Of writes by kind, `one` takes a row, `many` (PostgreSQL) `rows`, a JSON list of them."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._one: dict[str, Prepared] = {}
        self._many: dict[str, Prepared] = {}
        self._whole: dict[tuple[tuple[str, bool], ...], Whole] = {}

    @cached_property
    def reading(self) -> Reading:
        """The one read of a press."""
        return Reading(self._dialect)

    @cached_property
    def locking(self) -> Prepared:
        """The locks before it (PostgreSQL)."""
        return locking(self._dialect)

    def one(self, kind: str) -> Prepared:
        if kind not in self._one:
            write = WRITES[kind]
            statement = _one(write, self._dialect.name)
            self._one[kind] = Prepared(statement, self._dialect, write.fields)
        return self._one[kind]

    def many(self, kind: str) -> Prepared:
        if kind not in self._many:
            self._many[kind] = Prepared(_many(WRITES[kind]), self._dialect)
        return self._many[kind]

    def whole(self, shape: tuple[tuple[str, bool], ...]) -> Whole:
        """One statement of the kinds of this shape: each `one`, or `many` where it says so."""
        if shape not in self._whole:
            parts = [self.many(kind) if many else self.one(kind) for kind, many in shape]
            self._whole[shape] = _joined(parts)
        return self._whole[shape]


_SPOKEN: dict[str, Statements] = {}  # compiled text, no state: the same in every process


def spoken(dialect: Dialect) -> Statements:
    """The statements of a database, compiled once in a process for all its connections."""
    return _SPOKEN.setdefault(dialect.name, Statements(dialect))


class Whole(NamedTuple):
    """A statement that writes to several tables (PostgreSQL), and the names each part takes."""

    text: bytes
    names: tuple[tuple[str, ...], ...]


def _joined(parts: Sequence[Prepared]) -> Whole:
    """All but the last become common table expressions, which PostgreSQL runs to their end."""
    own: list[str] = []
    taken = 0
    for part in parts:
        own.append(_shifted(part.sql, taken))
        taken += len(part.names)
    expressions = ", ".join(f"w{n} AS ({sql})" for n, sql in enumerate(own[:-1]))
    sql = f"WITH {expressions} {own[-1]}" if expressions else own[-1]
    return Whole(sql.encode(), tuple(part.names for part in parts))


def _shifted(sql: str, by: int) -> str:
    return re.sub(r"\$(\d+)", lambda found: f"${int(found[1]) + by}", sql)


def _one(write: Write, dialect: str) -> ClauseElement:
    table = write.table
    given = {name: key(name) for name in write.fields}
    same = and_(*(table.c[name] == given[name] for name in write.key))
    if write.how == "delete":
        return delete(table).where(_mine(given) if table is due else same)
    if write.how == "update":
        changed = {name: given[name] for name in _changed(write)}
        return update(table).where(same).values(changed)
    return _settled(_insert(table, dialect).values(given), write)


def _many(write: Write) -> ClauseElement:
    table, given = write.table, _given(write)
    same = and_(*(table.c[name] == given.c[name] for name in write.key))
    if write.how == "delete":
        return delete(table).where(_mine(given.c) if table is due else same)
    if write.how == "update":
        return update(table).where(same).values({name: given.c[name] for name in _changed(write)})
    rows = select(*(given.c[name] for name in write.fields))
    return _settled(_insert(table, "postgresql").from_select(list(write.fields), rows), write)


def _given(write: Write) -> Any:
    """A JSON list as rows of the fields (PostgreSQL)."""
    columns = [column(name, write.table.c[name].type) for name in write.fields]
    rows = cast(bindparam("rows", type_=Text()), JSON)
    values = func.json_to_recordset(rows).table_valued(*columns)
    return values.render_derived(name="given", with_types=True)


def _insert(table: Table, dialect: str) -> Any:
    """Each dialect has an insert of its own that knows ON CONFLICT; only ours is loaded."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert  # noqa: PLC0415

        return sqlite_insert(table).inline()
    from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415

    return insert(table).inline()


def _settled(insert: Any, write: Write) -> ClauseElement:
    """What an insert does where the key stands already."""
    new, keys = insert.excluded, list(write.key)
    settled: ClauseElement = insert
    if write.how == "keep":
        settled = insert.on_conflict_do_nothing(index_elements=keys)
    elif write.how == "add":
        summed = {name: write.table.c[name] + new[name] for name in AMOUNTS}
        settled = insert.on_conflict_do_update(index_elements=keys, set_=summed)
    elif write.how == "replace":
        changed = {name: new[name] for name in _changed(write)}
        same = [write.table.c[name] == new[name] for name in write.guard]
        where = and_(*same) if same else None
        settled = insert.on_conflict_do_update(index_elements=keys, set_=changed, where=where)
    return settled


def _changed(write: Write) -> list[str]:
    return [name for name in write.fields if name not in {*write.key, *write.guard}]


def _mine(given: Any) -> ColumnElement[bool]:
    """A due of the person; one of the community, or of neither, that is nobody's own."""
    nobody: ColumnElement[str] = literal_column("''")
    here = or_(due.c.community == given["community"], due.c.community == nobody)
    own = and_(due.c.person == given["person"], due.c.person != nobody)
    shared = and_(due.c.person == nobody, here)
    return and_(due.c.id == given["id"], or_(own, shared))

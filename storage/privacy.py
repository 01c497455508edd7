"""A person's rows, found in every table by reflection: to be given out, and to be deleted."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Delete, Select, Table, Update, delete, select, update

from storage import schema, values
from storage.shared_schema import alias, challenge

# Rows of a community that name a person: they stay, without the name.
UNNAMED = {
    "alias": ("person",),
    "audit": ("person", "name"),
    "game": ("person", "name"),
    "hidden": ("person",),
}
UNSAID = {"game": ("body",)}  # which questions come next is nobody's to know


def tables() -> tuple[str, ...]:
    """The tables that have a person column, referring before referred, and `person` itself last."""
    reversed_ = reversed(schema.metadata.sorted_tables)
    return (*(t.name for t in reversed_ if "person" in t.columns), schema.person.name)


def personal(person: str) -> str:
    """The id of the community of a person's direct conversation."""
    return "@" + person


def _rows(person: str) -> dict[str, Select[Any]]:
    return {
        name: select(*(c for c in table.columns if c.name not in UNSAID.get(name, ()))).where(
            table.columns["person" if name != "person" else "id"] == person
        )
        for name, table in ((name, schema.metadata.tables[name]) for name in tables())
    }


def export(connection: Connection, person: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of the person by table, as JSON values."""
    return {
        name: [
            {column: values.plain(value) for column, value in row.items()}
            for row in connection.execute(statement).mappings()
        ]
        for name, statement in _rows(person).items()
    }


def erasing(person: str) -> list[Delete | Update]:
    """The statements that leave no row of the person, nor of their personal community."""
    own = personal(person)
    mine = [_erasing(schema.metadata.tables[name], person) for name in tables()]
    asked = delete(schema.question).where(schema.question.c.owner == own)
    return [
        *_disowning(person),
        *mine,
        asked,
        delete(alias).where(alias.c.community == own),
        delete(schema.community).where(schema.community.c.id == own),
    ]


def _erasing(table: Table, person: str) -> Delete | Update:
    whose = table.columns["person" if table is not schema.person else "id"] == person
    if table.name in UNNAMED:
        return update(table).where(whose).values(dict.fromkeys(UNNAMED[table.name], ""))
    return delete(table).where(whose)


def _communities(person: str) -> Select[Any]:
    return select(schema.member.c.community).where(schema.member.c.person == person)


def _externals(person: str) -> Select[Any]:
    return select(schema.external.c.id).where(schema.external.c.person == person)


def _disowning(person: str) -> list[Delete | Update]:
    """What names the person by an external id; the rows that tell it are deleted after this."""
    here, names = _communities(person), _externals(person)
    due = schema.due
    return [
        update(challenge)
        .where(challenge.c.community.in_(here), challenge.c.external.in_(names))
        .values(external=""),
        delete(due).where(due.c.community.in_(here), due.c.external.in_(names)),
    ]


def erase(connection: Connection, person: str) -> None:
    """Delete the person; blocks until whoever holds a row of theirs is done."""
    _unsubscribe(connection, person)
    for statement in erasing(person):
        connection.execute(statement)


def _unsubscribe(connection: Connection, person: str) -> None:
    """Take the person out of what their communities send to admins who asked for it."""
    names = set(connection.scalars(_externals(person)))
    community = schema.community
    here = select(community).where(community.c.id.in_(_communities(person)))
    for row in connection.execute(here.with_for_update(key_share=True)).mappings():
        rules = values.community(row).rules
        left = replace(
            rules,
            digest=tuple(name for name in rules.digest if name not in names),
            winners_by="" if rules.winners_by in names else rules.winners_by,
        )
        if left != rules:
            said = values.written(left)
            connection.execute(
                update(community).where(community.c.id == row["id"]).values(rules=said)
            )

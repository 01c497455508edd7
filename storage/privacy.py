"""A person's rows, found in every table by reflection: to be given out, and to be deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Delete, Select, delete, select

from storage import schema, values


def tables() -> tuple[str, ...]:
    """The tables that have a person column, referring before referred, and `person` itself last."""
    reversed_ = reversed(schema.metadata.sorted_tables)
    return (*(t.name for t in reversed_ if "person" in t.columns), schema.person.name)


def personal(person: str) -> str:
    """The id of the community of a person's direct conversation."""
    return "@" + person


def _rows(person: str) -> dict[str, Select[Any]]:
    return {
        name: select(table).where(table.columns["person" if name != "person" else "id"] == person)
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


def erasing(person: str) -> list[Delete]:
    """The statements that leave no row of the person, nor of their personal community."""
    own = personal(person)
    mine = [
        delete(table).where(table.columns["person" if name != "person" else "id"] == person)
        for name, table in ((name, schema.metadata.tables[name]) for name in tables())
    ]
    asked = delete(schema.question).where(schema.question.c.owner == own)
    return [*mine, asked, delete(schema.community).where(schema.community.c.id == own)]


def erase(connection: Connection, person: str) -> None:
    for statement in erasing(person):
        connection.execute(statement)

"""Items as plain texts, lists and tables, in the order of fields in which authors write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from questions.model import UNPROVEN, Choice, Item, Option, Sql
from questions.yamltext import Node, Series, Table, Text

Plain = str | list["Plain"] | dict[str, "Plain"]
Fields = dict[str, Plain]

NO_PROOF: Mapping[str, Plain] = {"kind": UNPROVEN}  # what an import says of every question
_SOLE = "many"  # a field of a choice that its type says


def fields(item: Item) -> Fields:
    """Everything that an author writes of an item, but its proof: that is a program.

    Empty values are left out, as an author leaves them out.
    """
    code = item.code
    found = {
        "id": item.id,
        "level": item.level,
        "type": item.type,
        "status": "retired" if item.retired else "",
        "replaced_by": item.replaced_by,
        "minutes": str(item.minutes or ""),
        "fixed_order": "true" if item.fixed_order else "",
        "prompt": item.prompt,
        "language": code.language if code else "",
        "version": code.version if code else "",
        "code": code.text if code else "",
        **_body(item.body),
        "explain": item.explain,
        "sources": plain(item.sources),
        "hints": plain(item.hints),
        "reviewed": item.reviewed,
    }
    return {key: value for key, value in found.items() if value}


def plain(value: object) -> Plain:
    """A value of the model as it is written: numbers and flags are words, tuples are lists."""
    match value:
        case Option():
            text = {"right" if value.right else "wrong": value.text}
            return {**text, **_filled({"why": value.why, "misconception": value.misconception})}
        case Struct():
            return _filled({name: plain(getattr(value, name)) for name in value.__struct_fields__})
        case bool():
            return "true" if value else "false"
        case tuple():
            return [plain(part) for part in value]
        case _:
            return str(value)


def node(value: Plain, line: int) -> Node:
    """The same as nodes that all stand in one line of an imported file."""
    match value:
        case str():
            return Text(line, value)
        case list():
            return Series(line, [node(part, line) for part in value])
    return table(value, line)


def table(value: Mapping[str, Plain], line: int) -> Table:
    """A table whose fields all stand in one line."""
    cells = {key: node(part, line) for key, part in value.items()}
    return Table(line, cells, dict.fromkeys(cells, line))


def text_of(read: Node) -> Plain:
    """Nodes as plain values."""
    match read:
        case Text(value=value):
            return value
        case Series(entries=entries):
            return [text_of(entry) for entry in entries]
    return fields_of(read)


def fields_of(read: Table) -> Fields:
    """A table as plain values."""
    return {key: text_of(part) for key, part in read.cells.items()}


def _body(body: Struct) -> dict[str, Any]:
    made = plain(body)
    assert isinstance(made, dict)  # noqa: S101 a body is a struct
    if isinstance(body, Choice):
        del made[_SOLE]
    if isinstance(body, Sql) and body.dialect == "sqlite":
        del made["dialect"]
    return made


def _filled(found: Mapping[str, Plain]) -> Fields:
    return {key: value for key, value in found.items() if value not in ("", [])}


def texts(value: Plain | None) -> Sequence[str]:
    """A list of texts; nothing where there is something else."""
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else ()


def tables(value: Plain | None) -> Sequence[Fields]:
    """A list of tables; nothing where there is something else."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else ()


def text(found: Mapping[str, Plain], key: str) -> str:
    """A field that is text; '' where there is none."""
    value = found.get(key, "")
    return value if isinstance(value, str) else ""

"""From authored files to items: every item that could be read, and every mistake at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct

from questions.bodies import BODIES
from questions.fields import Fields
from questions.mistakes import Mistake, shown
from questions.model import LEVELS, Code, Item, Level, Proof, Source, Type
from questions.yamltext import Node, Series, Table, parse

# Not shown and not graded by: where the item stands, how it was proved, whether it still is asked.
_APART = ("area", "topic", "sources", "proof", "hash", "retired", "replaced_by", "reviewed")


class Entry(Struct, frozen=True):
    """An item with the place where it was written; `sound` when its form had no mistake."""

    item: Item
    path: str
    node: Table
    sound: bool = True

    def line(self, *place: str | int) -> int:
        """The line of a part, such as `line("options", 1, "why")`, or of what holds it."""
        found: Node | None = self.node
        line = self.node.line
        for step in place:
            if isinstance(found, Table) and isinstance(step, str):
                line, found = found.lines.get(step, line), found.cells.get(step)
            elif isinstance(found, Series) and isinstance(step, int) and step < len(found.entries):
                found = found.entries[step]
                line = found.line
        return line

    def mistake(self, place: Iterable[str | int], text: str) -> Mistake:
        """A mistake at a part of this item."""
        return Mistake(self.path, self.line(*place), f"{self.item.id}: {text}")


class Loaded(Struct, frozen=True):
    """What stands in the files: `entries` in the order of paths and lines, and all mistakes."""

    entries: tuple[Entry, ...]
    mistakes: tuple[Mistake, ...]


def files(bank: Path) -> list[Path]:
    """Every `<area>/<topic>.yaml` below the bank, sorted."""
    return sorted(path for path in bank.rglob("*") if path.suffix in {".yaml", ".yml"})


def load(bank: Path) -> Loaded:
    """All items of `questions/bank`; mistakes are collected, none is raised."""
    entries: list[Entry] = []
    mistakes: list[Mistake] = []
    for path in files(bank):
        got, wrong = read(shown(path), path.relative_to(bank), path.read_bytes())
        entries += got
        mistakes += wrong
    return Loaded(tuple(entries), tuple(mistakes))


def read(name: str, place: Path, data: bytes) -> tuple[list[Entry], list[Mistake]]:
    """The items of one file; `name` is shown in mistakes, `place` is `<area>/<topic>.yaml`."""
    root, mistakes = parse(name, data)
    if len(place.parts) != 2 or place.suffix != ".yaml":  # noqa: PLR2004 a folder and a file
        mistakes.append(Mistake(name, 1, "a file of items is bank/<area>/<topic>.yaml: move it"))
        return [], mistakes
    if not isinstance(root, Series):
        if not mistakes:
            mistakes.append(Mistake(name, 1, "a file is a list of items: begin each with '- id:'"))
        return [], mistakes
    entries: list[Entry] = []
    for node in root.entries:
        if not isinstance(node, Table):
            mistakes.append(Mistake(name, node.line, "an item is a table of fields"))
            continue
        entry, wrong = entered(name, node, place.parts[0], place.stem)
        entries += [entry] if entry else []
        mistakes += wrong
    return entries, mistakes


def entered(name: str, node: Table, area: str, topic: str) -> tuple[Entry | None, list[Mistake]]:
    """The item of a table that stands in a file shown as `name`, and the mistakes of its form.

    There is no item where its type is not known.
    """
    wrong: list[Mistake] = []
    item = _item(Fields(name, node, "an item", wrong), area, topic)
    return (Entry(item, name, node, sound=not wrong) if item else None), wrong


def content_hash(item: Item) -> str:
    """16 hex digits of SHA-256 over what a person sees and is graded by.

    Empty values are left out, so that a new field with an empty default changes no hash.
    """
    value = msgspec.to_builtins(item)
    for name in _APART:
        value.pop(name)
    text = msgspec.json.encode(_filled(value), order="deterministic")
    return hashlib.sha256(text).hexdigest()[:16]


def _filled(value: object) -> object:
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items() if part}
    if isinstance(value, list | tuple):
        return [_filled(part) for part in value]
    return value


def _item(fields: Fields, area: str, topic: str) -> Item | None:
    kind = fields.text("type")
    if kind not in BODIES:
        if kind:
            fields.wrong(fields.at("type"), f"type '{kind}' is none of {', '.join(BODIES)}")
        return None
    fields.what = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} item"
    level = fields.text("level")
    if level and level not in LEVELS:
        fields.wrong(fields.at("level"), f"level '{level}' is none of {', '.join(LEVELS)}")
    status = fields.text("status", optional=True)
    if status not in {"", "retired"}:
        fields.wrong(fields.at("status"), f"status '{status}' is not 'retired': take it out")
    item = Item(
        id=fields.text("id"),
        area=area,
        topic=topic,
        level=cast("Level", level),
        type=cast("Type", kind),
        prompt=fields.text("prompt"),
        body=BODIES[kind](fields),
        explain=fields.text("explain"),
        sources=tuple(_source(entry) for entry in fields.tables("sources", "a source")),
        proof=_proof(fields),
        code=_code(fields, needed=kind == "output"),
        hints=fields.texts("hints", optional=True),
        fixed_order=fields.flag("fixed_order"),
        minutes=fields.whole("minutes", optional=True),
        retired=status == "retired",
        replaced_by=fields.text("replaced_by", optional=True),
        reviewed=fields.text("reviewed", optional=True),
    )
    fields.close()
    return msgspec.structs.replace(item, hash=content_hash(item))


def _source(fields: Fields) -> Source:
    made = Source(fields.text("title"), fields.text("section"), fields.text("url"))
    fields.close()
    return made


def _proof(item: Fields) -> Proof:
    fields = item.one("proof", "a proof")
    if fields is None:
        return Proof("")
    made = Proof(
        kind=fields.text("kind"),
        code=fields.text("code", optional=True),
        readers=fields.texts("readers", optional=True),
        date=fields.text("date", optional=True),
        section=fields.text("section", optional=True),
        note=fields.text("note", optional=True),
    )
    fields.close()
    return made


def _code(fields: Fields, *, needed: bool) -> Code | None:
    text = fields.text("code", optional=not needed)
    language = fields.text("language", optional=not text)
    version = fields.text("version", optional=True)
    return Code(text, language, version) if text else None

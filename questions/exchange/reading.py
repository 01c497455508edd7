"""A file of any format as questions, none of which has a proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from questions.exchange import anki, giftreading, sheet
from questions.exchange.files import (
    Form,
    Record,
    Refused,
    Taken,
    counted,
    data_of,
    decoded,
    form_of,
)
from questions.exchange.plain import NO_PROOF, fields_of
from questions.mistakes import shown
from questions.yamltext import Series, Table, parse

READERS: Mapping[str, Callable[[str, str], Taken]] = {
    "gift": giftreading.taken,
    "anki": anki.taken,
    "csv": sheet.taken,
}


def read(path: Path, form: Form | None = None) -> Taken:
    """The questions of a file; raises Refused.

    A proof is a program, which an import must not bring: each question says that it has none.
    """
    data = data_of(path)
    kind = form or form_of(path, data)
    name = shown(path)
    taken = _yaml(path, data) if kind == "yaml" else READERS[kind](name, decoded(name, data))
    records = tuple(
        replace(one, fields={**one.fields, "proof": dict(NO_PROOF)}) for one in taken.records
    )
    return replace(taken, records=records)


def _yaml(path: Path, data: bytes) -> Taken:
    """A file of ours; it belongs where its name says, as in the bank."""
    name = shown(path)
    root, mistakes = parse(name, data)
    if mistakes:
        return Taken(refused=tuple(mistakes))
    if not isinstance(root, Series):
        raise Refused(name, 1, "a file is a list of items: begin each with '- id:'")
    place = path.resolve()
    found: list[Record] = []
    for one in root.entries:
        if not isinstance(one, Table):
            raise Refused(name, one.line, "an item is a table of fields")
        found.append(Record(one.line, fields_of(one), place.parent.name, place.stem))
    return Taken(counted(name, found))

"""Files from elsewhere: their text, or the reason why they are not read; what came of reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from questions.exchange.plain import Fields
from questions.mistakes import Mistake, shown

Form = Literal["gift", "anki", "csv", "yaml"]
FORMS: tuple[Form, ...] = get_args(Form)
MOST_BYTES = 8_000_000  # the whole bank is a quarter of it; more costs memory before it is read
MOST_RECORDS = 2_000
_MAGIC = {
    b"PK": "a zip archive (.apkg, .xlsx and .ods are such): export it as text",
    b"\x1f\x8b": "a gzip archive: unpack it first",
    b"SQLite format 3": "a database: export it as text",
}
_SUFFIXES: dict[str, Form] = {
    ".gift": "gift",
    ".csv": "csv",
    ".tsv": "csv",
    ".anki": "anki",
    ".yaml": "yaml",
    ".yml": "yaml",
}


class Record(Struct, frozen=True):
    """A question as it was read: its fields, the line where it begins, and where it belongs."""

    line: int
    fields: Fields
    area: str = ""
    topic: str = ""


class Taken(Struct, frozen=True):
    """What a file holds. `refused` are breaches of the format: with one, nothing is taken.

    `doubts` are things that our questions have not and that were read as something near.
    """

    records: tuple[Record, ...] = ()
    refused: tuple[Mistake, ...] = ()
    doubts: tuple[Mistake, ...] = ()


class Refused(Exception):
    """A file that is not read any further, with the mistake that says why."""

    def __init__(self, path: str, line: int, text: str) -> None:
        self.mistake = Mistake(path, line, text)
        super().__init__(str(self.mistake))


def data_of(path: Path) -> bytes:
    """The bytes of a file of text; raises Refused before more than 8 MB are read."""
    name = shown(path)
    if not path.is_file():
        raise Refused(name, 1, "there is no such file")
    if path.stat().st_size > MOST_BYTES:
        raise Refused(name, 1, f"the file has more than {MOST_BYTES:,} bytes: split it")
    data = path.read_bytes()
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Refused(name, 1, what)
    if b"\0" in data:
        raise Refused(name, 1 + data.count(b"\n", 0, data.index(b"\0")), "a NUL byte: no text")
    return data


def decoded(name: str, data: bytes) -> str:
    """The text of UTF-8, with one kind of line end; raises Refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        raise Refused(name, line, "not UTF-8: save it as UTF-8") from None
    return text.replace("\r\n", "\n")


def form_of(path: Path, data: bytes) -> Form:
    """The format that the name or the first line says; raises Refused where neither does."""
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None and data.lstrip(b"\xef\xbb\xbf").startswith((b"#separator:", b"#html:")):
        return "anki"
    if found is None:
        names = ", ".join(FORMS)
        raise Refused(shown(path), 1, f"what is it? Say --format, one of {names}")
    return found


def counted(name: str, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records; raises Refused at the first of too many."""
    found: list[Record] = []
    for record in records:
        if len(found) == MOST_RECORDS:
            raise Refused(name, record.line, f"more than {MOST_RECORDS:,} questions: split it")
        found.append(record)
    return tuple(found)

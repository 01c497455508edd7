"""YAML without surprises: strings, lists and tables with their lines, read event by event."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct, field

from questions.mistakes import Mistake

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
# Fields whose values are words of a closed form; they may stand without quotes.
WORDS = frozenset(
    ["id", "level", "type", "kind", "misconception", "language", "dialect", "status", "replaced_by"]
)
_WORD = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# What YAML 1.1 or 1.2 reads as something other than text.
_NOT_TEXT = re.compile(
    r"y|n|yes|no|on|off|true|false|null|[0-9][0-9_]*|0[xob][0-9a-f_]+"
    r"|[0-9]+\.[0-9]*|[0-9][0-9.]*e[-+]?[0-9]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)


def is_word(value: str) -> bool:
    """Whether this may stand without quotes in a field for words."""
    return bool(_WORD.fullmatch(value)) and not _NOT_TEXT.fullmatch(value)


class Text(Struct, frozen=True, gc=False):
    """A string; `block` when it is a `|` block, whose first line is the one after `line`."""

    line: int
    value: str
    block: bool = False


class Series(Struct, frozen=True):
    """A list of nodes."""

    line: int
    entries: list[Node]


class Table(Struct, frozen=True):
    """Nodes by key, and the line of each key."""

    line: int
    cells: dict[str, Node]
    lines: dict[str, int]


Node = Text | Series | Table


class _Open(Struct):
    """A list or table whose end has not been read yet."""

    node: Series | Table
    key: str | None = None  # of a table: read, its value not yet
    under: str = ""  # the key below which a list stands, for messages


class _Reader(Struct):
    """Turns events into nodes and mistakes."""

    path: str
    mistakes: list[Mistake] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None

    def wrong(self, line: int, text: str) -> None:
        self.mistakes.append(Mistake(self.path, line, text))

    def scalar(self, value: str, style: str | None, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, Table) and top.key is None:
            self.key(top, top.node, value, line)
            return
        name = (top.key or top.under) if top is not None else ""
        if not style:
            self.plain(top, name, value, line)
        elif style == ">":
            self.wrong(line, f"'{name}' is a > block, which joins lines: write a | block")
        self.place(Text(line, value, style == "|"))

    def plain(self, top: _Open | None, name: str, value: str, line: int) -> None:
        """Refuse bare text, but for a word in a field for words that YAML does not convert."""
        if _NOT_TEXT.fullmatch(value.lower()):
            self.wrong(line, f"'{name}' has {value} without quotes: write \"{value}\" as text")
        elif top is None or top.key not in WORDS or not is_word(value):
            self.wrong(
                line, f"'{name}' must be quoted or a | block: YAML cuts bare text at ' #' or ': '"
            )

    def key(self, top: _Open, table: Table, value: str, line: int) -> None:
        if value == "<<":
            self.wrong(line, "a merge key (<<): write the fields out")
        elif value in table.lines:
            self.wrong(line, f"key '{value}' stands twice, first in line {table.lines[value]}")
        else:
            table.lines[value] = line
        top.key = value

    def place(self, node: Node) -> None:
        """Put a finished value where it belongs; the first of two equal keys stays."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, Series):
            top.node.entries.append(node)
        elif top.key is None:
            self.wrong(node.line, "a key must be a word")
            top.key = ""
        else:
            top.node.cells.setdefault(top.key, node)
            top.key = None

    def enter(self, node: Series | Table) -> None:
        top = self.stack[-1] if self.stack else None
        self.stack.append(_Open(node, under=(top.key or top.under) if top else ""))
        if len(self.stack) > MAX_DEPTH:
            raise _FormatError(node.line, f"lists and tables are nested more than {MAX_DEPTH} deep")

    def leave(self) -> None:
        self.place(self.stack.pop().node)


class _FormatError(Exception):
    """Reading cannot go on."""

    def __init__(self, line: int, text: str) -> None:
        self.line, self.text = line, text
        super().__init__(text)


def parse(path: str, data: bytes) -> tuple[Node | None, list[Mistake]]:
    """The one document in `data` as nodes, and every breach of the format; never raises.

    Aliases are not followed, so that a document costs what its size says.
    """
    reader = _Reader(path)
    try:
        for event in _events(path, data, reader):
            _take(reader, event)
    except _FormatError as stop:
        reader.wrong(stop.line, stop.text)
        return None, reader.mistakes
    return reader.root, reader.mistakes


def _events(path: str, data: bytes, reader: _Reader) -> Iterator[yaml.Event]:
    text = _decoded(data)
    if "\t" in text:
        rows = enumerate(text.split("\n"), 1)
        tabbed = [number for number, row in rows if "\t" in row]
        reader.mistakes += [Mistake(path, number, "a tab: use spaces") for number in tabbed]
        text = text.replace("\t", " ")  # YAML's own complaint would only hide the others
    try:
        yield from yaml.parse(text, Loader=yaml.CLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _FormatError(mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        line = 1 + text.count("\n", 0, getattr(error, "position", 0))
        raise _FormatError(line, f"not YAML: {error}".split("\n")[0]) from None


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _FormatError(1, f"the file has more than {MAX_BYTES:,} bytes: split it")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        raise _FormatError(line, "not UTF-8: save it as UTF-8") from None


def _take(reader: _Reader, event: yaml.Event) -> None:
    line = 1 + (event.start_mark.line if event.start_mark else 0)
    if isinstance(event, yaml.ScalarEvent):
        _refuse_marks(reader, event, line)
        reader.scalar(event.value, event.style, line)
    elif isinstance(event, yaml.CollectionEndEvent):
        reader.leave()
    elif isinstance(event, yaml.CollectionStartEvent):
        _refuse_marks(reader, event, line)
        table = isinstance(event, yaml.MappingStartEvent)
        reader.enter(Table(line, {}, {}) if table else Series(line, []))
    elif isinstance(event, yaml.AliasEvent):
        reader.wrong(line, f"an alias (*{event.anchor}): write the text out")
        reader.scalar("", '"', line)
    elif isinstance(event, yaml.DocumentStartEvent):
        if event.version or event.tags:
            reader.wrong(line, "a % directive: take it out")
        if reader.root is not None:
            raise _FormatError(line, "a second document: one list a file")


def _refuse_marks(
    reader: _Reader, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int
) -> None:
    if event.anchor is not None:
        reader.wrong(line, f"an anchor (&{event.anchor}): write the text where it is needed")
    if event.tag is not None:
        reader.wrong(line, f"a tag ({event.tag}): every value is text")

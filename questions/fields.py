"""A table of an authored file, read field by field; what is missing or malformed is noted."""

from __future__ import annotations

import re

from questions.mistakes import Mistake
from questions.yamltext import Node, Series, Table, Text

_WHOLE = re.compile(r"-?[0-9]{1,9}")


class Fields:
    """One table; reading a field marks it as known, `close` reports the others."""

    def __init__(self, path: str, table: Table, what: str, mistakes: list[Mistake]) -> None:
        self.path, self.table, self.what, self.mistakes = path, table, what, mistakes
        self.known: set[str] = set()

    def wrong(self, line: int, text: str) -> None:
        """Note a mistake at a line of the file."""
        self.mistakes.append(Mistake(self.path, line, text))

    def at(self, key: str) -> int:
        """The line of a field, or of the table where there is none."""
        return self.table.lines.get(key, self.table.line)

    def node(self, key: str, *, optional: bool = False) -> Node | None:
        """The field as it was read; noted when it is missing and may not be."""
        self.known.add(key)
        found = self.table.cells.get(key)
        if found is None and not optional:
            self.wrong(self.table.line, f"{self.what} needs '{key}'")
        return found

    def text(self, key: str, *, optional: bool = False, blank: bool = False) -> str:
        """A string without the line end of its block; '' when it is missing.

        An empty one is noted too, unless it may be `blank`.
        """
        found = self.node(key, optional=optional)
        if found is None:
            return ""
        if not isinstance(found, Text):
            self.wrong(self.at(key), f"'{key}' must be text")
            return ""
        value = found.value.rstrip("\n")
        if not blank and not value.strip():
            cure = "say something or take it out" if optional else "fill it in"
            self.wrong(self.at(key), f"'{key}' is empty: {cure}")
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of strings; () when it is missing."""
        return tuple(
            entry.value
            for entry in self._series(key, optional=optional)
            if self._is(entry, Text, f"an entry of '{key}' must be text")
            and isinstance(entry, Text)
        )

    def tables(self, key: str, what: str, *, optional: bool = False) -> list[Fields]:
        """A list of tables; [] when it is missing."""
        return [
            Fields(self.path, entry, what, self.mistakes)
            for entry in self._series(key, optional=optional)
            if self._is(entry, Table, f"an entry of '{key}' must be a table of fields")
            and isinstance(entry, Table)
        ]

    def one(self, key: str, what: str) -> Fields | None:
        """A table below this one."""
        found = self.node(key)
        if found is None or not self._is(found, Table, f"'{key}' must be a table of fields"):
            return None
        return Fields(self.path, found, what, self.mistakes) if isinstance(found, Table) else None

    def pairs(self, key: str) -> tuple[tuple[int, int], ...]:
        """A list of pairs of whole numbers."""
        return tuple(
            pair for entry in self._series(key) if (pair := self._pair(entry, key)) is not None
        )

    def pair(self, key: str) -> tuple[int, int]:
        """Two whole numbers; (0, 0) when they are missing."""
        found = self.node(key)
        return (found is not None and self._pair(found, key)) or (0, 0)

    def whole(self, key: str, *, optional: bool = False) -> int:
        """A whole number; 0 when it is missing."""
        found = self.node(key, optional=optional)
        return 0 if found is None else self._whole(found, key) or 0

    def flag(self, key: str, *, optional: bool = True) -> bool:
        """Whether the text is "true", and not "false"; False when it is missing."""
        found = self.node(key, optional=optional)
        if found is None:
            return False
        if not isinstance(found, Text) or found.value not in {"true", "false"}:
            self.wrong(self.at(key), f'\'{key}\' must be "true" or "false"')
            return False
        return found.value == "true"

    def close(self) -> None:
        """Note every field that nobody asked for."""
        for key, line in self.table.lines.items():
            if key not in self.known and key != "<<":
                self.wrong(line, f"'{key}' is not a field of {self.what}")

    def _series(self, key: str, *, optional: bool = False) -> list[Node]:
        found = self.node(key, optional=optional)
        if found is None or not self._is(found, Series, f"'{key}' must be a list"):
            return []
        entries = found.entries if isinstance(found, Series) else []
        if not entries and not optional:
            self.wrong(self.at(key), f"'{key}' is an empty list: write its entries")
        return entries

    def _pair(self, node: Node, key: str) -> tuple[int, int] | None:
        if not isinstance(node, Series) or len(node.entries) != 2:  # noqa: PLR2004 a pair
            self.wrong(node.line, f'\'{key}\' wants pairs of numbers such as ["1", "2"]')
            return None
        first, second = (self._whole(entry, key) for entry in node.entries)
        return None if first is None or second is None else (first, second)

    def _whole(self, node: Node, key: str) -> int | None:
        if isinstance(node, Text) and _WHOLE.fullmatch(node.value):
            return int(node.value)
        self.wrong(node.line, f"'{key}' must be a whole number in quotes, such as \"2\"")
        return None

    def _is(self, node: Node, kind: type, text: str) -> bool:
        if not isinstance(node, kind):
            self.wrong(node.line, text)
        return isinstance(node, kind)

"""What a press writes, gathered in a sheet by kind and key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Literal

import msgspec
from sqlalchemy import Table

from storage import schema as at
from storage import shared_schema as here
from storage.errors import Already

How = Literal["insert", "keep", "replace", "add", "update", "delete"]
AMOUNTS = ("points", "answers", "right")  # what `add` adds up


class Write:
    """One kind of statement: which fields of which table, and what to do where a row stands.

    `guard` must be equal for a row to be replaced: the tenant wall. `row` makes a row of the
    fields, in their order; moments and dates in it are text as SQLite keeps it.
    """

    __slots__ = ("fields", "guard", "how", "key", "key_of", "row", "table")

    def __init__(
        self,
        table: Table,
        how: How,
        key: tuple[str, ...],
        fields: tuple[str, ...] = (),
        guard: tuple[str, ...] = (),
    ) -> None:
        self.table, self.how, self.key, self.guard = table, how, key, guard
        self.fields = tuple(str(name) for name in fields or table.columns.keys())
        self.key_of: Callable[[Any], Any] = attrgetter(*key)
        self.row: Callable[..., Any] = msgspec.defstruct(
            table.name, [(name, Any) for name in self.fields], gc=False
        )


_ITEM = ("community", "owner", "item")
# In this order: referenced before referring, and the same for everybody, against deadlocks.
WRITES: dict[str, Write] = {
    "person+": Write(at.person, "insert", ("id",)),
    "external+": Write(at.external, "insert", ("id",)),
    "community+": Write(at.community, "insert", ("id",)),
    "member": Write(at.member, "replace", ("community", "person")),
    "place_rules": Write(here.place_rules, "replace", ("community", "place")),
    "challenge": Write(here.challenge, "replace", ("id",), guard=("community",)),
    # whoever writes a second one of a date is refused by the ledger, and reads it again
    "daily": Write(here.daily, "replace", ("id",), guard=("community", "challenge", "day")),
    "posting": Write(
        here.posting, "replace", ("challenge", "place", "day"), guard=("community", "daily")
    ),
    "game": Write(here.game, "replace", ("id",), guard=("community",)),
    "report": Write(here.report, "replace", ("community", "owner", "item", "person")),
    "hidden": Write(here.hidden, "replace", _ITEM),
    "hidden-": Write(here.hidden, "delete", _ITEM, _ITEM),
    "proposal": Write(here.proposal, "replace", ("id",), guard=("community", "person")),
    "appeal": Write(here.appeal, "replace", ("id",), guard=("community", "person")),
    "alias": Write(here.alias, "replace", ("community", "owner", "item", "hash", "seed", "form")),
    "audit": Write(
        here.audit,
        "insert",
        ("community", "person", "at", "what", "about"),
        tuple(c.name for c in here.audit.columns if c.name != "id"),
    ),
    "question": Write(at.question, "keep", ("owner", "id", "hash", "seed")),
    "quiz": Write(at.quiz, "replace", ("id",), guard=("community", "person")),
    "log": Write(at.log, "insert", ("person", "seq")),
    "answered": Write(at.answered, "insert", ("person", "seq"), ("person", "seq")),
    "memory": Write(at.memory, "replace", ("person", "owner", "item")),
    "score": Write(at.score, "add", ("community", "scope", "period", "person")),
    "person": Write(at.person, "update", ("id",)),
    "community": Write(at.community, "update", ("id",)),
    "shown": Write(at.score, "update", ("community", "person"), ("community", "person", "hidden")),
    "inbox": Write(at.inbox, "insert", ("person", "key")),
    "outbox": Write(
        at.outbox,
        "keep",
        ("dedupe",),
        tuple(c.name for c in at.outbox.columns if c.name != "number"),
    ),
    "due": Write(at.due, "replace", ("id",)),
    "due-": Write(at.due, "delete", ("id",), ("id", "person", "community")),
}
CLOSING = ("daily", "game")  # whose change counts the answers that were given
WAKING = frozenset({"due", "outbox"})  # rows that somebody waits for
# Rows that presses of different people may both change.
CONTESTED = (
    "quiz",
    "community",
    "place_rules",
    "challenge",
    "daily",
    "posting",
    "game",
    "report",
    "hidden",
    "hidden-",
    "proposal",
    "appeal",
)


class Sheet:
    """What one press writes; the last value of a key counts."""

    __slots__ = ("forgets", "rows")

    def __init__(self) -> None:
        self.rows: dict[str, dict[Any, Any]] = {}
        self.forgets = ""  # a person to be deleted; nothing else is written then

    def put(self, kind: str, /, **fields: Any) -> None:
        """Write a row of these fields."""
        write = WRITES[kind]
        row = write.row(**fields)
        self.rows.setdefault(kind, {})[write.key_of(row)] = row

    def add(self, kind: str, /, **fields: Any) -> None:
        """As `put`, but amounts of the same key are summed."""
        write = WRITES[kind]
        row = write.row(**fields)
        kept = self.rows.setdefault(kind, {}).setdefault(write.key_of(row), row)
        if kept is not row:
            for name in AMOUNTS:
                setattr(kept, name, getattr(kept, name) + getattr(row, name))

    def take(self, kind: str, key: Any) -> None:
        """Take back what was put under this key."""
        self.rows.get(kind, {}).pop(key, None)


def _alone_at_the_end(sheets: Sequence[Sheet]) -> None:
    """Who changes a daily or a game must see the answers that others give beside it.

    Raises Already where they were pressed in the same batch: each is then run by itself.
    """
    for kind in CLOSING:
        for sheet in sheets:
            changed = {row.community for row in sheet.rows.get(kind, {}).values()}
            if changed and any(
                changed & _answered(other) for other in sheets if other is not sheet
            ):
                raise Already(kind)


def _answered(sheet: Sheet) -> set[str]:
    return {row.community for row in sheet.rows.get("log", {}).values()}


def merged(sheets: Sequence[Sheet]) -> list[tuple[str, list[Any]]]:
    """The rows of all sheets by kind, in the order to be written, sorted by key.

    Posts stay in the order in which they were said: that is how they are sent. Raises Already where
    two presses changed the same row: each saw it without the other's change.
    """
    _alone_at_the_end(sheets)
    together: list[tuple[str, list[Any]]] = []
    for kind in WRITES:
        parts = [sheet.rows[kind] for sheet in sheets if kind in sheet.rows]
        if not parts:
            continue
        rows = {key: row for part in parts for key, row in part.items()}
        if kind in CONTESTED and len(rows) < sum(map(len, parts)):
            raise Already(kind)
        if rows:
            keys = list(rows) if kind == "outbox" else sorted(rows)
            together.append((kind, [rows[key] for key in keys]))
    return together

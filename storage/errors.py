"""What can go wrong in a database, as exceptions that say what to do."""

from __future__ import annotations

from bot.store.protocol import Down, Unsure


class Unusable(Down):
    """The database cannot be used as it is; the text says what to do, in a sentence for people."""


class Held(Unusable):
    """Another process writes this SQLite file."""


class Full(Unusable):
    """There is no room to write; nothing was saved, and nothing has to be restarted."""


class Unknown(Unsure):
    """The connection died while it committed.

    Whether it was saved is not known: the same event again finds its kept reply if it was.
    """


class Already(Exception):
    """What was to be written once stands there already, or has changed since it was read.

    `table` says where; other than in the log it is over as soon as it is read again.
    """

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class Gone(Unusable):
    """The connection died before anything was to be committed: it is safe to do it again."""

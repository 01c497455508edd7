"""The hash chain of a person's log: every row is sealed with the one before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from bot.store.rows import LogRow
from storage.instant import text

_encode = msgspec.json.Encoder().encode


def canonical(row: LogRow) -> bytes:
    """The bytes of a row that are sealed: a JSON list in this order for ever.

    A column that is added later goes to the end and only where it is not at its default, so that
    rows of today keep their seal.
    """
    ref = row.ref and [row.ref.owner, row.ref.id, row.ref.hash, row.ref.seed]
    seq, data = row.seq, row.data.decode()
    key = [row.person, seq, row.kind, row.instance, row.step, row.turn, row.external, row.community]
    when = [text(row.at), row.ours, row.day.isoformat()]
    what = [ref, row.area, row.right, row.points, row.counted, data, row.corrects]
    return _encode([*key, *when, *what])


def link(previous: str, row: LogRow) -> str:
    """The seal of a row that has its seq: sha256 over the previous seal and the row, in hex."""
    return hashlib.sha256(previous.encode() + canonical(row)).hexdigest()


def sealed(row: LogRow, seq: int, previous: str) -> LogRow:
    """The row with its number and seal."""
    numbered = replace(row, seq=seq, chain="")
    return replace(numbered, chain=link(previous, numbered))


def broken(rows: Iterable[LogRow], seq: int, head: str) -> int:
    """The seq of the first row that does not fit, 0 if all do.

    `seq` and `head` are what the person's row says of the newest; one more than the last row means
    that rows are missing at the end.
    """
    number, previous = 0, ""
    for row in rows:
        number += 1
        if row.seq != number or row.chain != link(previous, row):
            return number
        previous = row.chain
    return 0 if (number, previous) == (seq, head) else number + 1

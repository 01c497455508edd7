"""Ids for questions that come without one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from questions.checks import MAX_ID
from questions.exchange.files import Record
from questions.exchange.plain import text

WORDS = 6  # of what is asked
_WORD = re.compile(r"[a-z0-9]+")


def named(records: Iterable[Record], taken: Iterable[str]) -> Iterator[Record]:
    """The same with an id of the first words that are asked where there is none.

    `taken` are the ids of the bank; none of these is made again.
    """
    used = set(taken)
    numbers: Counter[str] = Counter()
    for record in records:
        name = text(record.fields, "id") or _made(record, used, numbers)
        used.add(name)
        yield replace(record, fields={"id": name} | record.fields | {"id": name})


def _made(record: Record, used: set[str], numbers: Counter[str]) -> str:
    said = _WORD.findall(text(record.fields, "prompt").lower())[:WORDS]
    words = said if len(said) > 1 else [record.topic or "question", *said, "imported"]
    stem = "-".join(words)[: MAX_ID - 5].strip("-")
    name = stem
    while name in used:
        numbers[stem] += 1
        name = f"{stem}-{numbers[stem] + 1}"
    return name

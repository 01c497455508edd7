"""The bank in forms for other programs, and what they cannot hold of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from questions.exchange import giftwriting
from questions.exchange.anki import deck
from questions.exchange.sheet import sheet
from questions.export import rows
from questions.model import UNPROVEN, Item

WRITERS: Mapping[str, Callable[[Sequence[Item]], str]] = {
    "gift": giftwriting.gift,
    "anki": deck,
    "csv": sheet,
}
FORMS = ("jsonl", *WRITERS)


def exported(items: Sequence[Item], form: str) -> str:
    """The items that may be asked and that this format can hold, in it."""
    if form == "jsonl":
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows(items))
    return WRITERS[form](holdable(items, form))


def holdable(items: Sequence[Item], form: str) -> list[Item]:
    """Those of the items that a format can hold; what is asked no more is no part of it."""
    asked = [item for item in items if not item.retired]
    return [item for item in asked if form != "gift" or not giftwriting.unholdable(item)]


def left_out(items: Sequence[Item], form: str) -> Iterator[str]:
    """Sentences with counts on what the format does not hold of these items."""
    if form == "jsonl":
        return
    held = holdable(items, form)
    yield f"{len(held)} of {len(items)} questions are written as {form}."
    gone: Counter[str] = Counter()
    gone["retired"] = sum(item.retired for item in items)
    if form == "gift":
        gone.update(giftwriting.unholdable(item) for item in items if not item.retired)
    yield from _counts("Left out", {name: n for name, n in gone.items() if name and n})
    parts = Counter(part for item in held for part in giftwriting.lost(item) if form == "gift")
    parts["proofs"] = sum(item.proof.kind not in ("", UNPROVEN) for item in held)
    yield from _counts("Without", parts)


def _counts(head: str, counts: Mapping[str, int]) -> Iterator[str]:
    said = ", ".join(f"{name} ({n})" for name, n in sorted(counts.items()) if n)
    if said:
        yield f"{head}: {said}."

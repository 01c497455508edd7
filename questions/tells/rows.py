"""A row is one question as the measures see it: what is printed, and which options are right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

CHOICES = ("single", "multi", "true_false")


class Row(Struct, frozen=True):
    """One question; `answer` holds the 0-based positions of the right options."""

    id: str
    area: str | None
    level: str | None
    type: str | None
    prompt: str
    options: tuple[str, ...]
    answer: tuple[Any, ...]
    explanation: str
    option_notes: tuple[str, ...]
    sources: tuple[str, ...]
    fixed_order: bool
    family: str

    @property
    def key(self) -> int:
        """The position of the one right option of a single-choice row."""
        return int(self.answer[0])


def row(raw: Mapping[str, Any]) -> Row:
    """Take one JSON object of the exported form; missing fields are empty. KeyError without id."""
    return Row(
        id=str(raw["id"]),
        area=raw.get("area"),
        level=raw.get("level"),
        type=raw.get("type"),
        prompt=str(raw.get("prompt") or ""),
        options=tuple(map(str, raw.get("options") or ())),
        answer=tuple(raw.get("answer") or raw.get("answers") or ()),
        explanation=str(raw.get("explanation") or ""),
        option_notes=tuple(raw.get("option_notes") or ()),
        sources=tuple(map(_url, raw.get("sources") or ())),
        fixed_order=bool(raw.get("fixed_order")),
        family=str(raw.get("family") or ""),
    )


def _url(source: Any) -> str:
    return source if isinstance(source, str) else str(source.get("url", ""))


def faults(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Say what keeps a row from being measured: (id, what is wrong)."""
    for it in rows:
        if it.type in CHOICES:
            yield from ((it.id, fault) for fault in _choice_faults(it))
        if not it.prompt.strip():
            yield it.id, "empty prompt"


def _choice_faults(it: Row) -> Iterator[str]:
    if len(it.options) < 2:  # noqa: PLR2004 a choice needs two
        yield f"{len(it.options)} options"
    if not it.answer:
        yield "no key"
    elif any(not isinstance(at, int) or not 0 <= at < len(it.options) for at in it.answer):
        yield "key out of range"
    elif it.type == "single" and len(it.answer) != 1:
        yield f"{len(it.answer)} keys in a single-choice item"
    if len({re.sub(r"\s+", " ", option).strip() for option in it.options}) < len(it.options):
        yield "two equal options"

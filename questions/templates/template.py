"""What a template is: a question whose numbers are drawn and whose answer is computed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from questions.model import Code, Item, KnownWrong, Level, Number, Proof, Source

WRONGS = 3  # misconceptions whose values must be told apart in every draw
DRAWS = 200  # attempts before a template is called broken; none needs ten


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw: the answer, the number that each misconception leads to, and what texts name.

    A misconception that this draw does not meet is left out of `beliefs`.
    """

    answer: int
    beliefs: Mapping[str, int]
    facts: Mapping[str, int | str]
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A drawn question; `version` counts every change after which a seed gives another item.

    `prompt`, `explain` and each `why` (by misconception, in the order in which values are kept)
    are format strings over the facts, `{answer}` and, in a why, `{value}`.
    """

    id: str
    area: str
    topic: str
    level: Level
    version: int
    unit: str
    prompt: str
    explain: str
    why: Mapping[str, str]
    hint: str
    computed_by: str
    source: Source
    draw: Callable[[Random], Drawn]


def item(template: Template, seed: str) -> Item:
    """Draw the item of a template and a seed: the same two always give the same item.

    RuntimeError if no draw tells three misconceptions apart, which the tests rule out.
    """
    name = hashlib.sha256(f"{template.id}\n{seed}".encode()).digest()
    rng = Random(int.from_bytes(name, "big"))
    for _ in range(DRAWS):
        drawn = template.draw(rng)
        wrongs = tuple(_wrongs(template, drawn))
        if len(wrongs) >= WRONGS:
            return _item(template, seed, drawn, wrongs)
    raise RuntimeError(f"{template.id}: no usable draw for seed {seed!r}")


def _wrongs(template: Template, drawn: Drawn) -> Iterator[KnownWrong]:
    """Give the misconceptions that this draw tells from the answer and from one another."""
    seen = {drawn.answer}
    for belief, why in template.why.items():
        value = drawn.beliefs.get(belief, drawn.answer)
        if value not in seen:
            seen.add(value)
            told = why.format_map({**drawn.facts, "answer": drawn.answer, "value": value})
            yield KnownWrong(str(value), told, belief)


def _item(template: Template, seed: str, drawn: Drawn, wrongs: tuple[KnownWrong, ...]) -> Item:
    facts = {**drawn.facts, "answer": drawn.answer}
    return Item(
        id=template.id,
        area=template.area,
        topic=template.topic,
        level=template.level,
        type="numeric",
        prompt=template.prompt.format_map(facts),
        body=Number(str(drawn.answer), "0", template.unit, wrongs),
        explain=template.explain.format_map(facts),
        sources=(template.source,),
        proof=Proof(kind="template", note=template.computed_by),
        hash=version_hash(template),
        code=drawn.code,
        hints=(template.hint,),
        seed=seed,
    )


def version_hash(template: Template) -> str:
    """Give 16 hex digits that change with the template's version."""
    return hashlib.sha256(f"{template.id}\n{template.version}".encode()).hexdigest()[:16]

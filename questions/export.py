"""The bank as rows: the JSON-lines form that the measures of `questions.tells` read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from questions.model import Case, Choice, Item, Option
from questions.templates import ALL, draw

DRAWS = 20  # of each template, measured with the bank


def draws(count: int = DRAWS) -> Iterator[Item]:
    """Give the first `count` draws of every template."""
    for template in ALL:
        yield from (draw(template.id, str(seed)) for seed in range(1, count + 1))


def rows(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """Give a row for every item that is not retired, and one for every step of a case.

    A choice is of type `single` or `multi`; `kind` is the bank's type, `item` the authored id.
    Draws of one template, and steps of one case, share a `family`.
    """
    for item in items:
        if not item.retired:
            yield from _item_rows(item)


def _item_rows(item: Item) -> Iterator[dict[str, Any]]:
    body = item.body
    if isinstance(body, Choice):
        yield {**_common(item), **_choice(body.options, many=body.many)}
    elif isinstance(body, Case):
        for number, step in enumerate(body.steps, 1):
            yield {
                **_common(item),
                "id": f"{item.id}.{number}",
                "family": item.id,
                "prompt": f"{_prompt(item)}\n{step.ask}",
                **_choice(step.options, many=False),
            }
    else:
        yield {**_common(item), "type": item.type, "options": [], "answer": []}


def _common(item: Item) -> dict[str, Any]:
    return {
        "id": f"{item.id}#{item.seed}" if item.seed else item.id,
        "item": item.id,
        "family": item.id if item.seed else "",
        "area": item.area,
        "topic": item.topic,
        "level": item.level,
        "kind": item.type,
        "prompt": _prompt(item),
        "explanation": item.explain,
        "sources": [source.url for source in item.sources],
        "fixed_order": item.fixed_order,
    }


def _prompt(item: Item) -> str:
    if item.code is None:
        return item.prompt
    return f"{item.prompt}\n```{item.code.language}\n{item.code.text}\n```"


def _choice(options: Sequence[Option], *, many: bool) -> dict[str, Any]:
    return {
        "type": "multi" if many else "single",
        "options": [option.text for option in options],
        "answer": [at for at, option in enumerate(options) if option.right],
        "option_notes": [option.why for option in options],
    }

"""An item as a page of text with its key, for authors and reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions.model import (
    Case,
    Choice,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Regex,
    Short,
    Sql,
)


def page(item: Item) -> str:
    """The item with everything that is right (+) and wrong (-) in it."""
    head = f"{item.id}  {item.area}/{item.topic}  {item.level} {item.type}  {item.hash}"
    retired = [f"retired, replaced by {item.replaced_by}"] if item.retired else []
    code = ["", item.code.text] if item.code else []
    sources = [f"{source.title}, {source.section}: {source.url}" for source in item.sources]
    proof = f"proof: {item.proof.kind} {' '.join(item.proof.readers)}".rstrip()
    parts = [head, *retired, "", item.prompt, *code, "", *page_body(item), "", item.explain, ""]
    return "\n".join([*parts, *sources, proof, ""])


def page_body(item: Item) -> Iterator[str]:
    """The key (+) with its reasons and what is wrong (-) with its own, a line each."""
    match item.body:
        case Choice():
            yield from _options(item.body.options)
        case Case():
            for number, step in enumerate(item.body.steps, 1):
                yield f"{number}. {step.ask}"
                yield from _options(step.options)
        case Open():
            for point in item.body.rubric:
                yield f"+ {point.weight}  {point.point}"
            yield item.body.model_answer
        case _:
            yield from _typed(item.body)


def _typed(body: Number | Short | Order | Match | Sql | Regex) -> Iterator[str]:
    match body:
        case Number():
            yield f"+ {body.answer} {body.unit} (within {body.tolerance})"
            yield from _wrong((known.value, known.why) for known in body.known_wrong)
        case Short():
            yield f"+ {' | '.join(body.answers)}"
            yield from _wrong((" | ".join(miss.answers), miss.why) for miss in body.near_misses)
        case Order():
            yield from (f"{number}. {step}" for number, step in enumerate(body.steps, 1))
            yield from _wrong(
                (f"{a} and {b}", pit.why) for pit in body.pitfalls for a, b in [pit.swap]
            )
        case Match():
            yield from (f"+ {pair.left} = {pair.right}" for pair in body.pairs)
            yield from (f"- {extra}" for extra in body.extra_right)
        case Sql() | Regex():
            yield f"+ {body.solution}"
            yield from _wrong((fail.query, fail.why) for fail in body.must_fail)


def _options(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        yield f"{'+' if option.right else '-'} {option.text}"
        yield f"    {option.why}"


def _wrong(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for text, why in pairs:
        yield f"- {text}"
        yield f"    {why}"

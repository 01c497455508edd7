"""Items in Moodle's GIFT, and what of them GIFT cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.exchange import giftmarks
from questions.exchange.giftmarks import ARROW, escaped, reason
from questions.exchange.plain import Fields, fields, tables, text, texts
from questions.model import Choice, Item, Match, Number, Open, Short, Type

HELD: tuple[Type, ...] = ("single", "multi", "output", "numeric", "short", "match", "open")
TAGS = ("level", "type", "minutes", "fixed_order", "language", "version", "unit")


def gift(items: Sequence[Item]) -> str:
    """The items that GIFT holds, with the category of each area and topic before them."""
    return "\n".join(_lines(items))


def unholdable(item: Item) -> str:
    """Why GIFT cannot hold the item; '' where it can."""
    if item.type not in HELD:
        return f"type {item.type}"
    if isinstance(item.body, Match) and any(ARROW in pair.left for pair in item.body.pairs):
        return "a left side with an arrow"
    if isinstance(item.body, Short) and all(ARROW in part for part in _answers(item)):
        return "answers that all have an arrow"
    if any(part != part.strip() or not part for part in _answers(item)):
        return "an answer that begins or ends with a blank"
    return ""


def lost(item: Item) -> Iterator[str]:
    """The fields of an item that GIFT holds which do not come along."""
    if item.hints:
        yield "hints"
    if isinstance(item.body, Open):
        yield from ("rubric", "red_flags", "follow_ups", "story")


def _answers(item: Item) -> Iterator[str]:
    match item.body:
        case Choice(options=options):
            yield from (option.text for option in options)
        case Short(answers=answers, near_misses=misses):
            yield from answers
            yield from (said for miss in misses for said in miss.answers)
        case Match(pairs=pairs, extra_right=extra):
            yield from (side for pair in pairs for side in (pair.left, pair.right))
            yield from extra
        case _:
            return


def _lines(items: Sequence[Item]) -> Iterator[str]:
    place = ""
    for item in items:
        here = f"{item.area}/{item.topic}"
        if here != place:
            yield f"$CATEGORY: {here}\n"
            place = here
        yield from _question(item)
        yield ""


def _question(item: Item) -> Iterator[str]:
    said = fields(item)
    tags = "".join(f" [tag:{key}:{text(said, key)}]" for key in TAGS if key in said)
    code = f"\n\n```{text(said, 'language')}\n{item.code.text}\n```" if item.code else ""
    yield f"// [id:{item.id}]{tags}"
    yield f"::{escaped(item.id)}::[markdown]{escaped(item.prompt + code)} {{"
    numeric = isinstance(item.body, Number)
    if numeric:
        yield giftmarks.FEEDBACK
    yield from (f"  {line}" for line in _answered(item, said))
    yield f"  {giftmarks.GENERAL}{escaped(giftmarks.general(said))}"
    yield "}"


def _answered(item: Item, said: Fields) -> Iterator[str]:
    match item.body:
        case Choice(many=many):
            yield from _options(tables(said.get("options")), many=many)
        case Number(answer=answer, tolerance=tolerance):
            yield f"={answer}:{tolerance}"
            for known in tables(said.get("known_wrong")):
                yield f"=%0%{text(known, 'value')}:0{_why(known)}"
        case Short(answers=answers):
            yield from (f"={_literal(answer)}" for answer in answers)
            for miss in tables(said.get("near_misses")):
                yield from (f"=%0%{_literal(one)}{_why(miss)}" for one in texts(miss["answers"]))
        case Match(pairs=pairs, extra_right=extra):
            yield from (f"={escaped(one.left)} {ARROW} {escaped(one.right)}" for one in pairs)
            yield from (f"= {ARROW} {escaped(right)}" for right in extra)
        case _:
            return


def _literal(answer: str) -> str:
    """An answer to type; a star of its own is no wildcard of Moodle's."""
    return escaped(answer.replace("*", "\\*"))


def _options(options: Sequence[Fields], *, many: bool) -> Iterator[str]:
    rights = sum("right" in option for option in options)
    for option in options:
        right = "right" in option
        share = f"{100 / max(rights, 1):.5f}".rstrip("0").rstrip(".") if right else "-100"
        mark = f"~%{share}%" if many else "=" if right else "~"
        yield f"{mark}{escaped(text(option, 'right' if right else 'wrong'))}{_why(option)}"


def _why(found: Fields) -> str:
    return giftmarks.FEEDBACK + escaped(reason(text(found, "why"), text(found, "misconception")))

"""Rules that belong to one type of item each: how many parts it has and how they fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from questions.model import (
    Case,
    Choice,
    Item,
    Match,
    Number,
    Open,
    Order,
    Regex,
    Short,
    Sql,
)
from questions.rules.stems import Fault, Place
from questions.rules.words import clip, count

LANGUAGES = ("python", "javascript", "java", "bash", "sql")
MAX_PHRASING = 7  # words
MIN_PHRASING = 2


def body(item: Item) -> Iterator[Fault]:  # noqa: C901 one case a type
    """Breaches of the rules of the item's own type."""
    if len(item.hints) > 2:  # noqa: PLR2004 as the format says
        yield ("hints",), f"{len(item.hints)} hints: two at most"
    if item.type == "output" and item.code and item.code.language not in LANGUAGES:
        yield ("language",), f"language '{item.code.language}' is none of {', '.join(LANGUAGES)}"
    match item.body:
        case Choice():
            return
        case Number():
            yield from _number(item.body)
        case Short():
            yield from _short(item.body)
        case Order():
            yield from _order(item.body)
        case Match():
            yield from _match(item.body)
        case Sql():
            yield from _sql(item.body)
        case Regex():
            yield from _regex(item.body)
        case Open():
            yield from _open(item.body)
        case Case():
            yield from _between("steps", item.body.steps, 3, 4)


def _between(key: str, found: Sequence[object], low: int, high: int = 99) -> Iterator[Fault]:
    # A missing or empty list was reported when it was read.
    if found and not low <= len(found) <= high:
        wanted = f"{low} or more" if high == 99 else f"{low}" if low == high else f"{low} to {high}"  # noqa: PLR2004 no limit
        yield (key,), f"{len(found)} under '{key}': write {wanted}"


def _twice(place: Place, texts: Sequence[str], what: str) -> Iterator[Fault]:
    for number, text in enumerate(texts):
        if text in texts[:number]:
            yield (*place, number), f"{what} '{clip(text)}' stands twice"


def decimal(text: str) -> Decimal | None:
    """The finite number that a string of digits means, or None."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and text == text.strip() else None


def _number(number: Number) -> Iterator[Fault]:
    answer, tolerance = decimal(number.answer), decimal(number.tolerance)
    if number.answer and answer is None:
        yield ("answer",), f"'{number.answer}' is no number: write digits, the unit in 'unit'"
    if number.tolerance and (tolerance is None or tolerance < 0):
        yield ("tolerance",), f"'{number.tolerance}' is no tolerance: write \"0\" or a number"
    yield from _between("known_wrong", number.known_wrong, 2)
    seen: set[Decimal] = set()
    for place, known in enumerate(number.known_wrong):
        value = decimal(known.value)
        at = ("known_wrong", place, "value")
        if value is None:
            if known.value:  # else it was reported as empty
                yield at, f"'{known.value}' is no number: write digits alone"
            continue
        if answer is not None and tolerance is not None and abs(value - answer) <= tolerance:
            yield at, f"{known.value} is taken for right: it lies within the tolerance"
        elif value in seen:
            yield at, f"{known.value} stands twice: two beliefs need two values"
        seen.add(value)


def _short(short: Short) -> Iterator[Fault]:
    yield from _between("answers", short.answers, 1)
    yield from _between("near_misses", short.near_misses, 2)
    right = {_plain(answer) for answer in short.answers}
    seen: set[str] = set()
    for number, miss in enumerate(short.near_misses):
        for answer in map(_plain, miss.answers):
            if answer in right:
                yield ("near_misses", number), f"'{answer}' is right and a near miss: decide"
            elif answer in seen:
                yield ("near_misses", number), f"'{answer}' is in two near misses: keep one"
            seen.add(answer)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _order(order: Order) -> Iterator[Fault]:
    yield from _between("steps", order.steps, 4, 6)
    yield from _twice(("steps",), order.steps, "step")
    yield from _between("constraints", order.constraints, 1)
    yield from _between("pitfalls", order.pitfalls, 1)
    last = len(order.steps)
    for number, (before, after) in enumerate(order.constraints):
        if not 1 <= before <= last or not 1 <= after <= last:
            yield ("constraints", number), f"the steps have the numbers 1 to {last}"
        elif before >= after:
            yield ("constraints", number), f"{before} before {after} contradicts the order of steps"
    for number, pit in enumerate(order.pitfalls):
        first, second = pit.swap
        if last and not 1 <= first < second <= last:
            yield ("pitfalls", number, "swap"), f"two numbers from 1 to {last}, the smaller first"


def _match(match: Match) -> Iterator[Fault]:
    yield from _between("pairs", match.pairs, 3, 5)
    yield from _between("extra_right", match.extra_right, 1, 2)
    rights = [pair.right for pair in match.pairs]
    if all(pair.left and pair.right for pair in match.pairs):  # else it was reported as empty
        yield from _twice(("pairs",), [pair.left for pair in match.pairs], "left side")
        yield from _twice(("pairs",), rights, "right side")
    for number, extra in enumerate(match.extra_right):
        if extra in rights:
            yield ("extra_right", number), f"'{clip(extra)}' belongs to a left side already"


def _sql(sql: Sql) -> Iterator[Fault]:
    if sql.dialect != "sqlite":
        yield ("dialect",), f"dialect '{sql.dialect}': only sqlite is run"
    yield from _between("fixtures", sql.fixtures, 3)
    yield from _twice(("fixtures",), [fixture.name for fixture in sql.fixtures], "fixture")
    yield from _between("must_fail", sql.must_fail, 2)


def _regex(regex: Regex) -> Iterator[Fault]:
    for key in ("accept", "reject"):
        texts = getattr(regex, key)
        yield from _between(key, texts, 2)
        yield from _twice((key,), texts, "string")
    for text in set(regex.accept) & set(regex.reject):
        yield ("reject",), f"'{clip(text)}' is accepted and rejected: decide"
    yield from _between("must_fail", regex.must_fail, 2)


def _open(body: Open) -> Iterator[Fault]:
    yield from _between("rubric", body.rubric, 3, 6)
    yield from _between("red_flags", body.red_flags, 1)
    yield from _between("follow_ups", body.follow_ups, 2, 2)
    for number, point in enumerate(body.rubric):
        place = ("rubric", number)
        if not 1 <= point.weight <= 10:  # noqa: PLR2004 a mark that people can sum
            yield (*place, "weight"), f"weight {point.weight}: write 1 to 10"
        if point.phrasings and not 3 <= len(point.phrasings) <= 6:  # noqa: PLR2004 as the format says
            yield (*place, "phrasings"), f"{len(point.phrasings)} phrasings: write 3 to 6"
        for at, phrasing in enumerate(point.phrasings):
            if not MIN_PHRASING <= count(phrasing) <= MAX_PHRASING:
                text = f"phrasing '{clip(phrasing)}': {MIN_PHRASING} to {MAX_PHRASING} words"
                yield (*place, "phrasings", at), text

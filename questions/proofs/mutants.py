"""The values of an item as its proof gets them, and the same with each wrong answer as the key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from msgspec import Struct

from questions.model import Case, Choice, Item, Match, Number, Option, Order, Short
from questions.rules.words import clip

Key = str | list[str] | dict[str, str]
Wrong = list[str] | list[list[str]]


class Variant(Struct, frozen=True):
    """KEY and WRONG of a proof; `name` says what stands in the key's place, '' for the key."""

    key: Key
    wrong: Wrong
    name: str = ""


def original(item: Item) -> Variant:
    """The item as it was written; types with a proof of their own have an empty key."""
    match item.body:
        case Choice():
            rights, wrongs = _split(item.body.options)
            return Variant(rights if item.body.many else (*rights, "")[0], wrongs)
        case Number():
            return Variant(item.body.answer, [known.value for known in item.body.known_wrong])
        case Short():
            misses = [answer for miss in item.body.near_misses for answer in miss.answers]
            return Variant(list(item.body.answers), misses)
        case Order():
            return Variant(list(item.body.steps), [])
        case Match():
            pairs = {pair.left: pair.right for pair in item.body.pairs}
            return Variant(pairs, list(item.body.extra_right))
        case Case():
            rights = [(*_split(step.options)[0], "")[0] for step in item.body.steps]
            return Variant(rights, [_split(step.options)[1] for step in item.body.steps])
        case _:
            return Variant("", [])


def mutants(item: Item) -> list[Variant]:
    """One variant for every way in which a wrong answer can stand in the key's place."""
    made: dict[type, Iterator[Variant]] = {
        Choice: _of_choice(item),
        Number: _of_list(item),
        Short: _of_short(item),
        Order: _of_order(item),
        Match: _of_match(item),
        Case: _of_case(item),
    }
    return list(made.get(type(item.body), iter(())))


def _split(options: tuple[Option, ...]) -> tuple[list[str], list[str]]:
    rights = [option.text for option in options if option.right]
    return rights, [option.text for option in options if not option.right]


def _said(*texts: str) -> str:
    return " and ".join(f"'{clip(text)}'" for text in texts)


def _of_choice(item: Item) -> Iterator[Variant]:
    """single: the key and a wrong option exchanged; multi: a wrong option among the right ones."""
    as_is = original(item)
    if not isinstance(as_is.key, list):
        yield from _of_list(item)
        return
    for number, text in enumerate(as_is.wrong):
        if isinstance(text, str):
            rest = [other for other in as_is.wrong if isinstance(other, str) and other != text]
            place = number % (len(as_is.key) + 1)  # not always the last, a proof could cut it off
            key = [*as_is.key[:place], text, *as_is.key[place:]]
            yield Variant(key, rest, f"{_said(text)} among the right ones")


def _of_list(item: Item) -> Iterator[Variant]:
    as_is = original(item)
    for number, text in enumerate(as_is.wrong):
        if isinstance(text, str) and isinstance(as_is.key, str):
            wrong = [*as_is.wrong[:number], as_is.key, *as_is.wrong[number + 1 :]]
            yield Variant(text, [entry for entry in wrong if isinstance(entry, str)], _said(text))


def _of_short(item: Item) -> Iterator[Variant]:
    misses = [text for text in original(item).wrong if isinstance(text, str)]
    for text in misses:
        yield Variant([text], [other for other in misses if other != text], _said(text))


def _of_order(item: Item) -> Iterator[Variant]:
    steps = original(item).key
    if isinstance(steps, list):
        for first, (one, two) in enumerate(pairwise(steps)):
            key = [*steps[:first], two, one, *steps[first + 2 :]]
            yield Variant(key, [], f"steps {first + 1} and {first + 2} exchanged")


def _of_match(item: Item) -> Iterator[Variant]:
    as_is = original(item)
    if not isinstance(as_is.key, dict):
        return
    for one, two in combinations(as_is.key, 2):
        key = as_is.key | {one: as_is.key[two], two: as_is.key[one]}
        yield Variant(key, as_is.wrong, f"the right sides of {_said(one, two)} exchanged")
    extras = [text for text in as_is.wrong if isinstance(text, str)]
    for left, right in as_is.key.items():
        for extra in extras:
            wrong = [right if text == extra else text for text in extras]
            yield Variant(as_is.key | {left: extra}, wrong, f"{_said(extra)} for {_said(left)}")


def _of_case(item: Item) -> Iterator[Variant]:
    as_is = original(item)
    if not isinstance(as_is.key, list):
        return
    for step, right in enumerate(as_is.key):
        for text in as_is.wrong[step]:
            key = [*as_is.key[:step], text, *as_is.key[step + 1 :]]
            wrong = [
                [right if number == step and other == text else other for other in others]
                for number, others in enumerate(as_is.wrong)
            ]
            yield Variant(key, wrong, f"{_said(text)} in step {step + 1}")

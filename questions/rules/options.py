"""Rules about the options of a choice: number, length, and what gives the right one away (8, 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from questions.mistakes import counted
from questions.model import Case, Choice, Item, Option
from questions.rules.stems import Fault, Place
from questions.rules.words import clip, prose, words

MAX_LENGTH = 75  # characters, Slack's limit for the text of an option
MAX_RATIO = 1.5
Counts = Mapping[str, tuple[int, int]]
COUNTS: Counts = {"single": (3, 4), "output": (3, 4), "case": (3, 4), "multi": (4, 6)}
_ABOVE = re.compile(
    r"^\W*(?:all|none|both|any|neither|some) (?:of )?(?:(?:the )?(?:above|others?|options|answers)"
    r"|these\b|them\b|the following)|\b(?:all|none|both) of the above\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:options?|answers?|choices?) (?:[a-f]\b|[1-6]\b|one\b|two\b|above|below)"
    r"|^\W*[A-F] (?:and|or) [A-F]\W*$|\b(?:first|second|third|previous|last) (?:option|answer)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"\b(?:always|never|only)\b", re.IGNORECASE)
# Code, names, outputs and status lines have the length that they have.
_FIXED = re.compile(r"`|^\d{3}\b|[{}=;<>\\|]|\(\)|^\S+$|^[\d\s.,:%()+/-]+$")


def options(item: Item, counts: Counts = COUNTS) -> Iterator[Fault]:
    """Breaches of rules 8 and 9 in every set of options; `counts`: how few and many by type."""
    if isinstance(item.body, Choice):
        yield from _numbers(item, ("options",), item.body.options, counts)
        yield from _set(item, (), item.prompt, item.body.options)
    elif isinstance(item.body, Case):
        for number, step in enumerate(item.body.steps):
            place = ("steps", number)
            yield from _numbers(item, (*place, "options"), step.options, counts)
            yield from _set(item, place, step.ask, step.options)


def _set(item: Item, place: Place, asked: str, found: tuple[Option, ...]) -> Iterator[Fault]:
    if not found:
        return
    at = (*place, "options")
    for number, option in enumerate(found):
        yield from _each((*at, number), option)
    if item.type == "output" or not any(option.right for option in found):
        return
    yield from _lengths(at, found)
    yield from _absolutes(at, found)
    yield from _echo(at, asked, found)


def _numbers(item: Item, at: Place, found: tuple[Option, ...], counts: Counts) -> Iterator[Fault]:
    if not found:
        return
    low, high = counts[item.type]
    if not low <= len(found) <= high:
        yield at, f"{counted(len(found), 'option')}: write {low} to {high}"
    rights = sum(option.right for option in found)
    if item.type != "multi" and rights != 1:
        yield at, f"{rights} right options: exactly one is right"
    elif item.type == "multi" and not 0 < rights < len(found):
        yield at, f"{rights} of {len(found)} options are right: some are, some are not"
    texts = [" ".join(option.text.lower().split()) for option in found]
    if item.type == "output":
        texts = [option.text for option in found]
    for number, text in enumerate(texts):
        if text and text in texts[:number]:
            yield (*at, number), f"option '{clip(found[number].text)}' stands twice"


def _each(place: Place, option: Option) -> Iterator[Fault]:
    part = (*place, "right" if option.right else "wrong")
    if len(option.text) > MAX_LENGTH:
        yield part, f"an option of {len(option.text)} characters: cut it to {MAX_LENGTH}"
    if _ABOVE.search(option.text):
        yield part, f"option '{clip(option.text)}': no all or none of the above"
    if _REFERS.search(option.text):
        yield part, f"option '{clip(option.text)}' refers to another, and the bot shuffles them"


def _lengths(at: Place, found: tuple[Option, ...]) -> Iterator[Fault]:
    if all(_FIXED.search(option.text) for option in found):
        return
    sizes = [len(option.text) for option in found]
    if max(sizes) > MAX_RATIO * min(sizes):
        text = f"options of {min(sizes)} to {max(sizes)} characters: the longest may have"
        yield at, f"{text} {MAX_RATIO} times the shortest"


def _absolutes(at: Place, found: tuple[Option, ...]) -> Iterator[Fault]:
    marked = [option for option in found if _ABSOLUTE.search(prose(option.text))]
    if marked and not any(option.right for option in marked):
        word = str(_ABSOLUTE.findall(prose(marked[0].text))[0]).lower()
        yield at, f"'{word}' stands in wrong options alone: take it out or give it to the right one"


def _echo(at: Place, asked: str, found: tuple[Option, ...]) -> Iterator[Fault]:
    """Words of the stem that every right option has and no wrong one."""
    stem = words(asked)
    echoes = [(option.right, stem & words(option.text)) for option in found]
    wrong = [echo for right, echo in echoes if not right]
    rights = [echo for right, echo in echoes if right]
    shared = set.intersection(*rights).difference(*wrong)
    # Where every option quotes the prompt, none of them is given away by it.
    if shared and min(map(len, rights)) > max(map(len, wrong), default=0):
        said = "', '".join(sorted(shared))
        yield at, f"'{said}' of the prompt stands in the right option alone: say it otherwise"

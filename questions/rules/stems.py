"""Rules about what is asked: a question, positive, short enough for a phone (rules 5, 6, 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.model import Case, Item
from questions.rules.words import asks, question

Place = tuple[str | int, ...]
Fault = tuple[Place, str]

MAX_PROMPT = 900  # characters, a phone's screen without scrolling
MAX_CODE_LINES = 16
MAX_CODE_COLUMNS = 48
CHOICES = frozenset({"single", "multi", "output", "case"})
_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_CHOOSE_ALL = re.compile(r"\b(?:choose|select|mark|pick) (?:every|all|each)\b", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\b(?:[Ww]hich|[Ww]hat)\b[^?]*?"
    r"(?:\bnot\b(?! only)|n't\b|\bexcept\b|\b(?:is|are) (?:false|incorrect|wrong)\b)"
)
MARKED = re.compile(r"\b(?:which|what)\b[^?]*\b(?:NOT|EXCEPT)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"\b(?:NOT|EXCEPT)\b")
_WHICH_TRUE = re.compile(
    r"\bwhich (?:one )?(?:of (?:these|the following|them)|statements?|claims?|sentences?)"
    r"(?: statements?| sentences?)?(?: below)? (?:is|are) (?:true|correct|right)\b",
    re.IGNORECASE,
)
_BEST = re.compile(r"\bbest\b(?!-)[^?]*\?", re.IGNORECASE)
_MEASURE = re.compile(
    r"\b(?:by|for|to|if|when|under|with|without|measured|at|in|given|so that|because|that|case)\b"
)
_PICTURE = re.compile(r"!\[|<img\b")


def stem(item: Item) -> Iterator[Fault]:
    """Breaches of rules 5 to 7 in what is asked."""
    yield from _prompt(item)
    if item.type in CHOICES:
        yield from _question(item)
    for place, text in asked(item):
        yield from _sentence(place, question(text))


def asked(item: Item) -> Iterator[tuple[Place, str]]:
    """Every text that asks something, with its place."""
    yield ("prompt",), item.prompt
    if isinstance(item.body, Case):
        for number, step in enumerate(item.body.steps):
            yield ("steps", number, "ask"), step.ask


def negative(item: Item) -> bool:
    """Whether the item asks what does NOT hold, in capitals."""
    return any(
        MARKED.search(question(text)) and _CAPITALS.search(question(text))
        for _, text in asked(item)
    )


def _question(item: Item) -> Iterator[Fault]:
    if isinstance(item.body, Case):
        for number, step in enumerate(item.body.steps):
            if step.ask and not asks(step.ask):
                yield ("steps", number, "ask"), "end the step's 'ask' with a question mark"
    elif item.type == "multi" and _CHOOSE_ALL.search(item.prompt):
        return
    elif item.prompt and not asks(item.prompt):
        yield ("prompt",), "ask a question: the prompt has no question mark"


def _sentence(place: Place, sentence: str) -> Iterator[Fault]:
    if _NEGATIVE.search(sentence):
        yield place, "a negative question: ask it the other way round, or write NOT in capitals"
    if _WHICH_TRUE.search(sentence):
        yield place, "'which is true' asks nothing: ask about one decision or outcome"
    if (best := _BEST.search(sentence)) and not _MEASURE.search(best.group()):
        yield place, "'best' by what? Name the measure (fewest round trips, least memory)"


def _prompt(item: Item) -> Iterator[Fault]:
    if len(item.prompt) > MAX_PROMPT:
        size = len(item.prompt)
        yield ("prompt",), f"the prompt has {size} characters: cut it to {MAX_PROMPT}"
    if _PICTURE.search(item.prompt):
        yield ("prompt",), "a picture: say it in words"
    for code in _FENCE.findall(item.prompt):
        yield from _code(("prompt",), code)
    if item.code is not None:
        yield from _code(("code",), item.code.text)


def _code(place: Place, code: str) -> Iterator[Fault]:
    rows = code.rstrip("\n").split("\n")
    widest = max(map(len, rows))
    if len(rows) > MAX_CODE_LINES:
        yield place, f"the code has {len(rows)} lines: cut it to {MAX_CODE_LINES}"
    if widest > MAX_CODE_COLUMNS:
        yield place, f"the code has {widest} columns: a phone wraps after {MAX_CODE_COLUMNS}"

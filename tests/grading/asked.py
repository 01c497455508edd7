"""Questions for the tests of the graders, and the ways in which people hedge, deny and mistype."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.grading.short import short
from bot.grading.verdict import Verdict
from questions.loading import load
from questions.model import Item, NearMiss, Proof, Short

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared" / "grading" / "dev.csv"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def item(prompt: str, answers: tuple[str, ...], misses: tuple[str, ...] = ()) -> Item:
    """A question of type short; each near miss has its own explanation."""
    body = Short(answers, tuple(NearMiss((one,), f"{one} is another thing", one) for one in misses))
    return Item("q", "area", "topic", "mid", "short", prompt, body, "", (), Proof("read"))


def ask(prompt: str, answers: str, misses: str, given: str) -> Verdict:
    """Grade an answer; answers and near misses stand between bars."""
    made = item(prompt, tuple(answers.split("|")), tuple(filter(None, misses.split("|"))))
    assert isinstance(made.body, Short)
    return short(made, made.body, given)


@cache
def bank() -> tuple[Item, ...]:
    """All items of the bank."""
    return tuple(entry.item for entry in load(ROOT / "questions" / "bank").entries)


def shorts() -> Iterator[tuple[Item, Short]]:
    """Give the bank's items of type short."""
    for one in bank():
        if isinstance(one.body, Short):
            yield one, one.body


def mistyped(word: str, draw: random.Random) -> str:
    """The word with one slip on a keyboard: left out, doubled, exchanged, the key beside it."""
    at = draw.randrange(len(word))
    beside = next((row for row in ROWS if word[at] in row), "")
    place = beside.find(word[at])
    near = beside[place - 1 if place > 0 else place + 1] if beside else word[at]
    slips = (
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        word[:at] + near + word[at + 1 :],
    )
    return slips[draw.randrange(len(slips))]

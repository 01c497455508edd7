"""What a drawn item prints, and the amounts in a text."""

from __future__ import annotations

import re

from questions.model import Item, Number


def body(drawn: Item) -> Number:
    assert isinstance(drawn.body, Number)
    return drawn.body


def code(drawn: Item) -> str:
    assert drawn.code
    return drawn.code.text


def numbers(text: str) -> list[int]:
    """Give the whole numbers of a text; commas between digits stand for thousands."""
    return [int(number) for number in re.findall(r"\d+", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))]


def listed(text: str, before: str, after: str = ".") -> list[int]:
    """Give the numbers between two words."""
    return numbers(text.partition(before)[2].partition(after)[0])

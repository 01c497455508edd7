"""What fits a post in a channel: a phone shows the whole question (product.md)."""

from __future__ import annotations

from bot.chat.fitting import size
from bot.chat.text import Fence, blocks, spoken
from bot.views.question import prompt
from questions.model import Item

COLUMNS, LINES, CHARACTERS = 40, 16, 600


def fits_a_post(item: Item) -> bool:
    """40 columns and 16 lines of code, 600 characters with the options."""
    text = prompt(item)
    code = [line for one in blocks(text) if isinstance(one, Fence) for line in one.code.split("\n")]
    if len(code) > LINES or any(len(line.expandtabs(4)) > COLUMNS for line in code):
        return False
    said = "\n".join((spoken(text), *(f"A) {spoken(option.text)}" for option in item.options)))
    return size(said) <= CHARACTERS

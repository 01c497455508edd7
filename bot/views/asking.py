"""A reported question that is being asked: nobody is told its key before their answer counts."""

from __future__ import annotations

from typing import Literal

from bot.chat.say import Reader, paragraphs, say
from bot.views import question
from questions.model import Item

Asking = Literal["", "daily", "game"]  # where a question is open to whoever looks at it
WHEN = {
    "daily": "It is asked by a daily that you have not answered. Answer it first: then its answer "
    "and why stand here.",
    "game": "A game asks it now. Its answer and why stand here once that is over.",
}


def shown(reader: Reader, asking: Asking, item: Item | None) -> str:
    """The question alone, and when the rest will be shown."""
    return paragraphs(question.prompt(item) if item else "", say(reader, WHEN[asking]))

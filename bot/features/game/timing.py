"""How long things take in a game: a question by its reading length, the pause after it."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.text import Fence, blocks, flow, spoken
from questions.model import Item

START = 10.0  # seconds to begin with
WORDS_A_SECOND = 3
CODE_LINE = 2.0  # seconds
LEAST, MOST = 20, 90
PAUSE = timedelta(seconds=6)
LONG_PAUSE = timedelta(seconds=10)  # where standings are shown
STANDINGS_EVERY = 3


def whole(item: Item) -> timedelta:
    """The time of a question: 10 s, 1 s for 3 words, 2 s for a line of code, from 20 to 90 s."""
    prose, code = _parts(flow(item.prompt))
    code += [item.code.text] if item.code else []
    words = len(" ".join((*prose, *(spoken(option.text) for option in item.options))).split())
    lines = sum(1 for one in code for line in one.split("\n") if line.strip())
    seconds = round(START + words / WORDS_A_SECOND + lines * CODE_LINE)
    return timedelta(seconds=min(MOST, max(LEAST, seconds)))


def standings_follow(n: int, total: int) -> bool:
    """Whether the standings are shown after question `n` (from 0); after the last they are all."""
    return (n + 1) % STANDINGS_EVERY == 0 and n + 1 < total


def pause(n: int, total: int) -> timedelta:
    """How long the split of question `n` stands."""
    return LONG_PAUSE if standings_follow(n, total) else PAUSE


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The prose of a text, and its programs."""
    prose, code = [], []
    for block in blocks(text):
        if isinstance(block, Fence):
            code.append(block.code)
        else:
            prose.append(" ".join(span.text for span in block.spans))
    return prose, code

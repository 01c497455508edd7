"""Fifty people with fixed answers and fixed times: whatever happens, these are the standings."""

from __future__ import annotations

import random
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot import scoring
from bot.features.game import timing
from questions.model import Choice, Item
from tests.games.channel import items

PEOPLE = tuple(f"p{n:02d}" for n in range(50))
QUESTIONS = tuple(replace(one, prompt=f"{one.id} {one.prompt}") for one in items(10))
SILENT = 0.06  # of the answers are never given


class Line(Struct, frozen=True):
    """What a person does at a question: the words they press, and after how long."""

    words: str
    after: timedelta
    points: int


def line(person: str, item: Item) -> Line | None:
    """The same for ever; None where this person leaves the question out."""
    rng = random.Random(f"{person}/{item.id}")
    if rng.random() < SILENT or not isinstance(item.body, Choice):
        return None
    option = rng.choice((item.body.options[0], *item.body.options))
    whole = timing.whole(item)
    after = timedelta(milliseconds=rng.randrange(int(whole.total_seconds() * 1000)))
    return Line(option.text, after, scoring.game(right=option.right, took=after, whole=whole))


def expected() -> dict[str, tuple[int, int]]:
    """Answers and points of each person after a whole game."""
    lines = {who: [line(who, item) for item in QUESTIONS] for who in PEOPLE}
    return {
        who: (sum(one is not None for one in each), sum(one.points for one in each if one))
        for who, each in lines.items()
    }

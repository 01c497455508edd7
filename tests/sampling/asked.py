"""What samples are made of: a moment, a person, a question asked and answered."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.chat.say import Reader
from bot.features.quiz import issuing
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.rows import Community, Member, Person, Quiz
from bot.views.question import Asking
from questions import areas as areas_module
from questions.model import Item

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
AREAS = areas_module.load()
PERSON = Person(id="p1", external="discord:42", since=NOW)
TEAM = Community(id="c1", external="discord:g7", zone="Europe/Berlin")
ADA = Member(name="Ada")


def reader(platform: str) -> Reader:
    """A reader in Berlin on this platform."""
    name = "slack" if platform == "slack" else "discord" if platform == "discord" else "terminal"
    return Reader("en", "Europe/Berlin", name)  # type: ignore[arg-type]  # narrowed above


def asking(item: Item, seed: str = "sample", position: int = 1) -> Asking:
    """A question at its place among five."""
    rng = random.Random(seed)
    asked = replace(issuing.asked(item, "new", rng), issued=NOW)
    quiz = Quiz(
        id="q7f3k9",
        person="p1",
        community="c1",
        place="discord:3",
        started=NOW,
        touched=NOW,
        asked=(asked,) * 5,
        at=position,
    )
    return Asking(quiz, position, item, AREAS)


def answered(item: Item, response: Response, outcome: Verdict | None = None) -> Asking:
    """The same question with its verdict."""
    base = asking(item)
    one = replace(
        base.asked,
        response=response,
        verdict=outcome or grade(item, response),
        comes_back=NOW + timedelta(days=2),
    )
    return replace(base, quiz=issuing.with_asked(base.quiz, base.position, one))

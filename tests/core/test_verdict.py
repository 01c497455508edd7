"""Every verdict on every question of the real bank fits where it is shown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from bot.app import bank
from bot.chat.say import Reader
from bot.chat.text import spoken
from bot.features.quiz import hinting, issuing
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.rows import Asked, Quiz
from bot.views import explained, verdict
from bot.views.question import Asking
from questions import templates
from questions.collection import Collection
from questions.model import Case, Choice, Item, Match, Number, Open, Order, Short
from tests.stage import START

RUN = ("sql", "regex")


def responses(item: Item) -> Iterator[Response]:
    """The right answer of a question and wrong ones."""
    match item.body:
        case Choice(options=options):
            yield from (Response(picks=(n,)) for n in range(len(options)))
        case Case(steps=steps):
            yield from (Response(picks=(n,) * len(steps)) for n in range(3))
        case Order(steps=parts) | Match(pairs=parts):
            numbers = tuple(range(len(parts)))
            yield from (Response(picks=numbers), Response(picks=numbers[::-1]))
        case Number(answer=answer, known_wrong=wrong):
            yield from (Response(text=one) for one in (answer, "7e9", *(w.value for w in wrong)))
        case Short(answers=answers, near_misses=misses):
            told = (*answers, "x" * 90, *(one.answers[0] for one in misses))
            yield from (Response(text=one) for one in told)
        case Open(model_answer=answer):
            yield from (Response(text=answer), Response(text="I have no idea of it."))


def verdicts(item: Item) -> Iterator[Verdict]:
    """What may be said of a question."""
    yield Verdict(mark="unknown")
    yield from (grade(item, one, turn=1) for one in responses(item))


def whole(cache: Path) -> Iterator[tuple[Item, Collection]]:
    """All questions that are asked, and a draw of each template."""
    questions = bank(cache)
    for area in questions.areas.areas:
        yield from ((item, questions) for item in questions.items(area.slug))
    yield from ((questions.draw(one.id, "1f"), questions) for one in templates.ALL)


def test_no_verdict_is_longer_than_600_characters(tmp_path: Path) -> None:
    """A verdict is read on a phone; the rest stands one press away; every hint can be made."""
    seen = 0
    for item, questions in whole(tmp_path):
        new = replace(issuing.asked(item, "new", random.Random(1)), issued=START)
        # of a query the hint is what a run gave: tests/core/test_jailed.py
        run = replace(new, hinted="Hint: 2 columns, 3 rows") if item.type == "sql" else new
        assert hinting.hint(Reader(), item, run).startswith("Hint: ")
        for outcome in verdicts(item):
            one: Asked = replace(
                new, verdict=outcome, response=Response(), comes_back=START + timedelta(days=9)
            )
            quiz = Quiz(
                id="q", person="p", community="c", place="x",
                asked=(one,), started=START, touched=START,
            )  # fmt: skip
            asking = Asking(quiz, 0, item, questions.areas)
            text = spoken(verdict.card(Reader(), asking, START).text)
            assert len(text) <= verdict.LONGEST, (item.id, outcome.mark, len(text))
            assert spoken(explained.card(Reader(), asking).text)
            seen += 1
    assert seen > 500

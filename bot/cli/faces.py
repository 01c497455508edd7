"""A question of the bank as each face shows it: asked, and after a right and a wrong answer."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from functools import cache
from typing import get_args

import msgspec
from msgspec.structs import replace

from bot.app import BANK, now, walls
from bot.chat.cards import Card, Job
from bot.chat.events import Platform
from bot.chat.say import Reader
from bot.cli.answered import right, wrong
from bot.cli.drawing import card_text, form_text
from bot.cli.failing import Wrong
from bot.features.quiz import issuing
from bot.features.quiz.jailed import ANSWER, RAN
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.runs import Runs
from bot.store.rows import Quiz
from bot.views import question, verdict
from bot.views import shown as views
from bot.views.question import Asking
from questions import areas
from questions.loading import load
from questions.model import Case, Item, Regex, Sql
from questions.showing import page

FACES: tuple[Platform, ...] = get_args(Platform)


def shown(names: list[str], face: str) -> Iterator[str]:
    """Pages of text; raises Wrong for an unknown face or id, and for an item with mistakes."""
    faces = [one for one in FACES if one == face]
    if not faces:
        raise Wrong(f"There is no face '{face}': {', '.join(FACES)}.")
    entries = {entry.item.id: entry for entry in load(BANK / "bank").entries}
    for name in names:
        if name not in entries:
            raise Wrong(f"{name}: no item of the bank has this id")
        if not entries[name].sound:
            raise Wrong(f"{name}: its form has mistakes; `sparring questions check` names them")
        yield page(entries[name].item)
        yield from looks(entries[name].item, faces[0])


def looks(item: Item, face: Platform) -> Iterator[str]:
    """The question and its verdicts on one face."""
    asking, reader = _asking(item), Reader(platform=face)
    yield _headed(f"{face}: the question", card_text(question.card(reader, asking), face))
    if face != "terminal" and not views.things(item, asking.asked):
        form = question.form(reader, asking)
        yield _headed(f"{face}: the form behind Answer", form_text(form, face))
    for name, response in (("right", right(item)), ("wrong", wrong(item))):
        card = decided(reader, asking, response)
        yield _headed(f"{face}: after a {name} answer", card_text(card, face))


def decided(reader: Reader, asking: Asking, response: Response) -> Card:
    """The verdict on an answer; a query or a pattern is run first. Raises Wrong where it cannot."""
    item = asking.item
    run = isinstance(item.body, Sql | Regex)
    outcome = asyncio.run(_ran(item, response)) if run else grade(item, response, turn=1)
    one = replace(asking.asked, verdict=outcome, response=response)
    answered = replace(asking, quiz=replace(asking.quiz, asked=(one,)))
    card = verdict.card(reader, answered, now())
    if not isinstance(item.body, Case):
        return card
    last = response.picks[-1]  # a case says what the last decision leads to, then the verdict
    letter = views.LETTERS[asking.asked.order[-1].index(last)]
    says = verdict.consequence(reader, item.body.steps[-1].options[last], letter)
    return replace(card, text=f"{says}\n\n{card.text}")


async def _ran(item: Item, response: Response) -> Verdict:
    """What came of running an answer in the jail."""
    from bot.grading import regex, sql  # noqa: PLC0415 - only what is run needs them

    body = item.body
    kind: type[sql.Ran | regex.Tried] = sql.Ran if isinstance(body, Sql) else regex.Tried
    given = {ANSWER: response.text, "code": response.text, "person": "", "community": ""}
    runs = Runs(walls)
    try:
        found = await runs.run(Job(item.type, "", given), body)
    finally:
        await runs.close()
    if RAN not in found:
        raise Wrong("The jail is busy. Try again.")
    return grade(item, response, ran=msgspec.json.decode(str(found[RAN]), type=kind))


def _asking(item: Item) -> Asking:
    """The question as the only one of a quiz; always in the same order."""
    asked = issuing.asked(item, "new", random.Random(item.id))
    at = now()
    quiz = Quiz(
        id="q", person="author", community="", place="", asked=(asked,), started=at, touched=at
    )
    return Asking(quiz, 0, item, _areas())


@cache
def _areas() -> areas.Areas:
    """Read once, since it takes longer than a page."""
    return areas.load()


def _headed(head: str, text: str) -> str:
    return f"--- {head} ---\n{text}\n"

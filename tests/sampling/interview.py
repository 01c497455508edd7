"""Samples of the views of interviews, and of an open answer looked at."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.store.rows import Asked, Quiz
from bot.views import interview, spoken, verdict
from bot.views import interview_report as reports
from bot.views.question import Asking
from questions.model import Item
from questions.roles import BY_SLUG, ROLES
from tests import bank
from tests.sampling.asked import AREAS, NOW, answered, asking

SAID = "It handles 420 requests per second. I once did a test of it, and it was *quite* fast."
DATABASES = replace(bank.OPEN, id="open-db", area="databases", topic="isolation-levels")
CACHING = replace(bank.OPEN, id="open-cache", area="caching", topic="http-caching")
ITEMS: tuple[Item, ...] = (DATABASES, CACHING, bank.OPEN)
FOLLOW = "What breaks next?"


def held(at: int = 0) -> Asking:
    """An interview at one of its three questions."""
    base = asking(bank.OPEN)
    quiz = replace(
        base.quiz,
        kind="interview",
        state="waiting",
        words="backend",
        title="Backend developer",
        asked=tuple(replace(base.asked, ref=item.ref) for item in ITEMS),
        at=at,
    )
    return Asking(quiz, at, ITEMS[at], AREAS)


def over() -> Quiz:
    """The same when it is over: one answer with a claim, one not known, one wrong and sure."""
    response = Response(text=SAID)
    base = held().quiz
    good = replace(_answer(base.asked[0], response), sure="think", followed=("The one INSERT.",))
    nothing = replace(grade(CACHING, Response()), mark="unknown")
    asked = (
        replace(good, claimed=(2,)),
        replace(base.asked[1], verdict=nothing, response=Response()),
        replace(_answer(base.asked[2], Response(text="It is fast.")), sure="sure", followed=("",)),
    )
    return replace(base, state="done", asked=asked, at=2)


def _answer(asked: Asked, response: Response) -> Asked:
    return replace(asked, response=response, verdict=grade(bank.OPEN, response))


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    first, second = held(), held(1)
    welcome = interview.welcome(here, BY_SLUG["backend"], 3, 1)
    quiz = over()
    early = replace(quiz, state="stopped", asked=(*quiz.asked[:1], *first.quiz.asked[1:]))
    none = replace(quiz, state="stopped", asked=first.quiz.asked)
    looked = Asking(quiz, 0, DATABASES, AREAS)
    typed = answered(bank.OPEN, Response(text=SAID))
    return {
        "interview-roles": interview.pick(here, ROLES),
        "interview-unknown": interview.unknown(here, "pizza baker", ROLES),
        "interview-waits": interview.waits(here, second, BY_SLUG["backend"], BY_SLUG["data"]),
        "interview-question": interview.question(here, replace(first, intro=welcome)),
        "interview-follow": interview.follow(here, first, FOLLOW),
        "interview-report": reports.card(here, reports.Reported(quiz, ITEMS, AREAS)),
        "interview-report-early": reports.card(here, reports.Reported(early, ITEMS, AREAS)),
        "interview-report-none": reports.card(here, reports.Reported(none, ITEMS, AREAS)),
        "spoken-interview": spoken.card(here, looked),
        "spoken": spoken.card(here, typed, spoken.noted(here)),
        "verdict-more-open": verdict.more(here, typed, NOW),
    }


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    typed = answered(bank.OPEN, Response(text=SAID))
    return {
        "form-interview": interview.form(here, held()),
        "form-interview-follow": interview.follow_form(here, held(), FOLLOW),
        "form-interview-late": interview.late_form(held()),
        "form-follow": spoken.follow_form(here, typed, FOLLOW),
    }

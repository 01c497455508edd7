"""Samples of the views of appeals: the form, what people are told, what admins decide about."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.chat.tokens import make
from bot.grading.verdict import Response
from bot.store.rows import News
from bot.views import appeal, digest, verdict
from bot.views.appeal import Contested
from bot.views.desk import Waiting
from tests import bank
from tests.sampling.asked import AREAS, NOW, answered

WAITING = Waiting(reports=2, proposals=3, hidden=1, appeals=2)
NAME = "0123456789abcdef"
ABOUT = "You dropped a commit by git reset. Which git command lists where HEAD has been?"
GIVEN = Response(text="the head log")
REASONS = (
    "The manual calls it the log of HEAD.",
    "`git reflog` prints just that: what else is it?",
)


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    refused = answered(bank.SHORT, GIVEN)
    said = appeal.taken(here, alone=False)
    week = digest.Week(title="Week of 16 Nov, for admins", people=3, answers=4, right=2, before=0)
    return {
        "verdict-more-refused": verdict.more(here, refused, NOW, shareable=True, appeals=True),
        "verdict-appealed": verdict.card(here, replace(refused, intro=said), NOW),
        "appeal-filed": appeal.filed(appeal.taken(here, alone=True)),
        "appeal-waits": appeal.waits(here, ABOUT, alone=False),
        "appeal-upheld": appeal.decided(here, ABOUT, upheld=True, why=""),
        "appeal-declined": appeal.decided(here, ABOUT, upheld=False, why="No such command exists."),
        "appeal-news": Card(
            view="end", text=appeal.news(here, (News(ABOUT, 2), News("What is 2 + 2?", 0)))
        ),
        "moderation-appeal": appeal.contested(here, WAITING, _contested(), AREAS),
        "moderation-appeal-choice": appeal.contested(
            here,
            replace(WAITING, appeals=1),
            Contested(
                name=NAME,
                item=bank.SINGLE,
                response=Response((2,)),
                said=appeal.upheld(here, 14),
            ),
            AREAS,
        ),
        "digest-appeals": digest.card(here, replace(week, appeals=2, suspects=1)),
    }


def _contested() -> Contested:
    return Contested(
        name=NAME,
        item=bank.SHORT,
        response=GIVEN,
        reasons=REASONS,
        appeals=2,
        people=5,
        following="f" * 16,
    )


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    token = make("appeal", "q7f3k9.1", form=True)
    return {
        "form-appeal": appeal.form(here, bank.SHORT, GIVEN, token),
        "form-refuse": appeal.refuse_form(here, NAME),
    }

"""Samples of the views of the way to an interview."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.learning.standing import Readiness
from bot.store.rows import Plan
from bot.views import plan, plan_asking
from bot.views.plan import Outlook, Session
from questions.roles import BY_SLUG, ROLES
from tests.sampling.asked import NOW

BACKEND = BY_SLUG["backend"]
ASKED = ("Frameworks: Django, Laravel, Spring, Rails, ASP.NET Core", "SQL", "Concurrency")
MADE = Plan("backend", "mid", date(2027, 1, 12), date(2026, 11, 25))
AHEAD = Outlook(MADE, BACKEND, 48, missing=34)
READY = Outlook(
    MADE,
    BACKEND,
    48,
    now=Readiness(5, 4, 6),
    then=Readiness(6, 5, 7),
    full=Readiness(7, 5, 8),
    pace=6,
)
SESSION = Session(due=5, weak=3, area="Caching", new=8, minutes=15, done=False)


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    return {
        "plan": plan.card(here, READY, SESSION, ASKED, cram=False),
        "plan-new": plan.card(
            here, AHEAD, replace(SESSION, due=0, weak=0, area="", new=16), ASKED, cram=False
        ),
        "plan-cram": plan.card(
            here, replace(READY, days=9), replace(SESSION, done=True), ASKED, cram=True
        ),
        "plan-over": plan.over(here, MADE, BACKEND),
        "plan-none": plan_asking.ask(here),
        "plan-when": plan_asking.when(here, BACKEND, "mid", "dates", "someday"),
        "plan-unknown": plan_asking.unknown(here, "pizza baker", ROLES[:2], "mid", MADE.on),
        "plan-forgotten": plan.forgotten(here),
        "plan-nothing": plan.nothing(here, NOW + timedelta(days=2), NOW),
    }


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    return {"form-plan": plan_asking.form(here, ROLES, "backend", "mid", "2027-01-12")}

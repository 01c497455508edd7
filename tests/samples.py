"""One sample of every view, made by the views themselves: for goldens, pictures and guessers."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from bot.chat.cards import Card, File, Form
from bot.chat.commands import Table
from bot.chat.say import Reader, say
from bot.chat.tokens import make
from bot.features.quiz import issuing
from bot.features.table import features
from bot.grading.verdict import Response, Verdict
from bot.store.rows import Settings
from bot.streaks import Span, Stand
from bot.views import (
    asking_how,
    ending,
    explained,
    menu,
    privacy,
    question,
    reminder,
    settings,
    trouble,
    vacation,
    verdict,
)
from bot.views import (
    help as help_view,
)
from bot.views import quiz as quiz_views
from questions.words import parse_quiz
from tests import bank, jailed_items
from tests.sampling import (
    appeal,
    boards,
    challenge,
    community,
    daily,
    game,
    interview,
    moderation,
    plan,
    progress,
    ran,
)
from tests.sampling.asked import ADA, AREAS, NOW, PERSON, TEAM, answered, asking, reader

SHARED = (
    appeal,
    boards,
    challenge,
    community,
    daily,
    game,
    interview,
    moderation,
    progress,
    ran,
    plan,
)
TABLE = Table(tuple(spec for one in features() for spec in one.commands))


def cards(platform: str) -> dict[str, Card]:
    """A card for each view, by the name under which its golden payload is kept."""
    here = reader(platform)
    shared = (one.cards(here) for one in SHARED)
    own = (_questions(here), _verdicts(here), _around(here), _others(here))
    return {name: card for found in (*own, *shared) for name, card in found.items()}


def _questions(here: Reader) -> dict[str, Card]:
    items = (*bank.ITEMS, *jailed_items.RUN)
    found = {f"question-{one.type}": question.card(here, asking(one)) for one in items}
    first = replace(asking(bank.SINGLE, position=0), intro=quiz_views.welcome(here, 5))
    found["question-single"] = question.card(here, first)
    base = asking(bank.SINGLE)
    hidden = replace(base.asked, blind=True)
    blind = replace(base, quiz=issuing.with_asked(base.quiz, base.position, hidden))
    found["question-blind"] = question.card(here, blind)
    found["question-more"] = question.more(here, asking(bank.SHORT))
    return found


def _verdicts(here: Reader) -> dict[str, Card]:
    wrong, right = answered(bank.SINGLE, Response((1,))), answered(bank.SINGLE, Response((0,)))
    close = Verdict(mark="close", reason="which")
    return {
        "verdict-ease": verdict.more(here, right, NOW, eases=True),
        "verdict": verdict.card(here, wrong, NOW),
        "verdict-right": verdict.card(here, right, NOW),
        "verdict-partly": verdict.card(here, answered(bank.MATCH, Response((0, 1, 3))), NOW),
        "verdict-open": verdict.card(
            here,
            answered(bank.OPEN, Response(text="420 requests per second, measured with k6")),
            NOW,
        ),
        "verdict-more": verdict.more(here, wrong, NOW),
        "explained": explained.card(here, wrong),
        "explained-case": explained.card(here, answered(bank.CASE, Response((0, 1)))),
        "close": verdict.close(here, answered(bank.SHORT, Response(text="a log"), close)),
    }


def _around(here: Reader) -> dict[str, Card]:
    asked = (
        answered(bank.SINGLE, Response((1,))).asked,
        answered(bank.MULTI, Response((0, 1))).asked,
    )
    quiz = replace(asking(bank.SINGLE).quiz, asked=asked, state="done")
    said = parse_quiz("databases mid", AREAS)
    ended = ending.Ended(
        quiz=quiz,
        stand=Stand(days=1, freezes=0, done=True, expected=True),
        settings=Settings(),
        zone="Europe/Berlin",
        coming=("Isolation levels", "Cookies"),
        member=ADA,
        on_board=True,
    )
    return {
        "end": ending.end_card(here, ended),
        "paused": ending.paused(here, quiz),
        "nothing-left": quiz_views.nothing_left(here, said, 12, 3),
        "areas": menu.pick_an_area(here, AREAS),
        "reminder": reminder.card(here, 3, 4),
        "reminder-plan": reminder.card(here, 3, 4, 48),
        "reminder-off": reminder.quiet(here),
        "help": help_view.card(here, TABLE),
    }


def _others(here: Reader) -> dict[str, Card]:
    return {
        "settings": settings.card(here, PERSON, TEAM, ADA, ""),
        "privacy": privacy.card(here),
        "privacy-ask": privacy.ask(here, "p1"),
        "privacy-export": privacy.exported(here, File("sparring-export.json", "{}"), 12),
        "privacy-deleted": privacy.deleted(here),
        "mistake": trouble.mistake(say(here, "I have nothing on {x}.", x="pizza")),
        "busy": trouble.busy(),
        "unsure": trouble.unsure(),
        "down": trouble.down(),
        "bug": trouble.bug("k3f9q2xz"),
    }


def forms(platform: str) -> dict[str, Form]:
    """A form for each view."""
    here = reader(platform)
    typed = (bank.NUMERIC, bank.SHORT, bank.OPEN, *jailed_items.RUN)
    token = make("type", "q7f3k9.1", 0, form=True)
    return {
        **{f"form-{one.type}": question.form(here, asking(one)) for one in typed},
        "form-report": question.report_form(
            here, bank.SINGLE, make("report", "q7f3k9.1", 0, form=True)
        ),
        "form-answered": verdict.unanswered_form(token),
        "plain-form": trouble.plain_form(token),
        "form-day": settings.day_form(here, "Europe/Berlin", 4),
        "form-rest": settings.rest_form((5, 6)),
        "form-away": vacation.form((Span(date(2026, 12, 24), date(2027, 1, 1)),)),
        "form-remind": settings.remind_form("18:00"),
        "form-level": settings.level_form("mid"),
        "form-ask": asking_how.form(Settings(blind=True)),
        "form-board": settings.board_form("Ada", hidden=False),
        **{name: form for one in SHARED for name, form in one.forms(here).items()},
    }

"""Samples of /progress: the card with its picture, one that knows too little, what is taken."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from bot.chat.cards import Card, File, Form
from bot.chat.charts import Bar, Chart, Outlook, Week
from bot.chat.decks import Deck
from bot.chat.say import Reader
from bot.learning.standing import Measuring, Named, Readiness, Standing
from bot.made import finished
from bot.store.rows import Asked
from bot.streaks import Stand
from bot.views import deck, progress
from tests import bank
from tests.sampling import interview
from tests.sampling.asked import AREAS

CHART = Chart(
    level="mid level",
    bars=(
        Bar(label="Databases", share=0.38, low=0.22, high=0.55, answers=12, named="weak"),
        Bar(label="SQL", share=0.86, low=0.76, high=0.93, answers=14, named="strong"),
        Bar(label="Git", share=0.81, low=0.68, high=0.9, answers=8, named="strong"),
        Bar(label="HTTP and APIs", share=0.62, low=0.45, high=0.75, answers=9),
        Bar(label="Python", share=0.7, low=0.58, high=0.8, answers=11),
        Bar(label="Caching", share=0.55, low=0.25, high=0.8, answers=2, named="measuring", more=6),
    ),
    weeks=(
        Week("19 Oct", 0, 0),
        Week("26 Oct", 12, 7),
        Week("2 Nov", 5, 4),
        Week("9 Nov", 14, 8),
        Week("16 Nov", 19, 12),
        Week("23 Nov", 34, 24),
    ),
    ready=Outlook("Mid level", 6, 5, 7),
)
DECK = Deck(
    deck.TITLE,
    datetime(2026, 11, 22, 9, tzinfo=UTC),
    (deck.note(Reader(), bank.SHORT, Asked(ref=bank.SHORT.ref, type="short")),),
)


def known() -> progress.Progress:
    """What is known of somebody with 84 answers."""
    return progress.Progress(
        answers=84,
        missing=0,
        stand=Stand(days=12, freezes=1, done=False, expected=True),
        rest=(5, 6),
        week=progress.Tally(34, 24),
        last_week=progress.Tally(19, 12),
        by_area={
            "sql": progress.Tally(14, 12),
            "databases": progress.Tally(12, 5),
            "git": progress.Tally(8, 7),
        },
        standing=Standing(
            weak=(Named("databases", 0.9, 12, 5, 8.2),),
            strong=(Named("sql", 0.9, 14, 12, 9.1), Named("git", 0.8, 8, 7, 5.4)),
            measuring=(Measuring("caching", 6),),
        ),
        readiness=Readiness(6, 5, 7),
        level="mid",
        due=3,
        believed=("You take REPEATABLE READ for SERIALIZABLE.", 3),
        areas=AREAS,
        interviews=(interview.over(),),
        chart=CHART,
    )


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card, as it leaves the core."""
    new = replace(known(), answers=7, missing=13, standing=Standing(), interviews=())
    learned = File("sparring-learning.json", "{}", "application/json")
    return {
        "progress": finished(progress.card(here, known())),
        "progress-new": progress.card(here, replace(new, readiness=None, due=0, believed=None)),
        "progress-export": progress.taken(here, learned),
        "progress-anki": finished(deck.card(here, DECK, 0)),
    }


def forms(here: Reader) -> dict[str, Form]:
    """Progress has no forms."""
    del here
    return {}

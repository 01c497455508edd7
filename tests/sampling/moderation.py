"""Samples of the views of moderation: a report, a proposal, the lists, what people are told."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.features.moderation import naming
from bot.features.quiz.issuing import with_asked
from bot.grading.verdict import Response
from bot.learning.suspicion import Suspicion
from bot.store.community import Audit
from bot.views import moderation, proposing, reporting, suspected, verdict
from bot.views.desk import Waiting
from bot.views.moderation import Listed, Reviewed
from questions.model import Choice, Item, Option, Proof, Source
from tests import bank
from tests.sampling.asked import AREAS, NOW, answered

WAITING = Waiting(reports=2, proposals=3, hidden=1, suspects=2)
NAME = "0123456789abcdef"
REASONS = (
    "The second INSERT does wait where there is an index.",
    "Which version of PostgreSQL is meant?",
    "Both answers A and C fit: I tried it on 9.6, and there it was serialised by a lock.",
)
OWN = Item(
    id="own-k3f9q2",
    area="python",
    topic="gil-and-asyncio",
    level="mid",
    type="single",
    prompt="A coroutine calls `time.sleep(5)`. What do the other tasks of its event loop do?",
    body=Choice(
        (
            Option("They wait until it returns.", True, ""),
            Option(
                "They run on, each in its thread.", False, "One loop runs all tasks in one thread."
            ),
            Option("They run on after a timeout.", False, "No timeout interrupts a blocking call."),
        )
    ),
    explain="Only an await gives the loop its turn; a blocking call keeps it.",
    sources=(Source("docs.python.org", "", "https://docs.python.org/3/library/asyncio-dev.html"),),
    proof=Proof(""),
    owner="c1",
)


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    wrong = answered(bank.SINGLE, Response((1,)))
    gone = replace(wrong.asked, comes_back=None)
    wrong = replace(wrong, quiz=with_asked(wrong.quiz, wrong.position, gone))
    said = reporting.withdrawn(here, "The key is wrong: B holds since version 12.")
    return {
        "reported": reporting.reported(here),
        "moderation-report": moderation.report(here, WAITING, _reported(), AREAS),
        "moderation-report-gone": moderation.report(
            here, WAITING, replace(_reported(), item=None, following=""), AREAS
        ),
        "moderation-report-daily": moderation.report(
            here, WAITING, replace(_reported(), asking="daily"), AREAS
        ),
        "moderation-report-game": moderation.report(
            here, WAITING, replace(_reported(), asking="game"), AREAS
        ),
        "moderation-proposal": moderation.proposal(here, WAITING, _proposed(), AREAS),
        "moderation-nothing": moderation.nothing(
            here, Waiting(0, 0, 1), moderation.taken_back(here, 14)
        ),
        "moderation-hidden": _hidden(here),
        "moderation-hidden-none": moderation.hidden(here, (), 0, 1, moderation.shown_again(here)),
        "moderation-log": moderation.log(here, _audits(), 7),
        "moderation-suspects": _suspects(here),
        "moderation-suspects-none": suspected.card(here, (), 0, 1, suspected.trusted(here)),
        "verdict-withdrawn": verdict.card(here, replace(wrong, intro=said), NOW),
        "propose": proposing.invitation(here, 2),
        "proposed": proposing.proposed(here, OWN, AREAS, more=True),
        "proposal-decided": proposing.decided(here, OWN, accepted=True, why=""),
        "proposal-declined": proposing.decided(
            here, OWN, accepted=False, why="We have one like it: ask about `run_in_executor`."
        ),
    }


def _reported() -> Reviewed:
    return Reviewed(
        name=NAME,
        item=bank.SINGLE,
        following="fedcba9876543210",
        reasons=REASONS,
        people=3,
        hidden=True,
    )


def _proposed() -> Reviewed:
    return Reviewed(name="k3f9q2", item=OWN, following="p2", by="Ben")


def _hidden(here: Reader) -> Card:
    listed = (
        Listed(NAME, "What does this program print?", "reported", reported=True),
        Listed("f" * 16, "Match every exit status with what happened.", "Two fit.", reported=False),
    )
    return moderation.hidden(here, listed, 0, 2, "")


def _suspects(here: Reader) -> Card:
    single, output = naming.label(bank.SINGLE), naming.label(bank.OUTPUT)
    listed = (
        suspected.Listed(NAME, single, "repeatable", 41, Suspicion("distractor", "1", 6, 1.2, 0.1)),
        suspected.Listed("e" * 16, output, "times-two", 9, Suspicion("distractor", "2", 7, 0, 0)),
        suspected.Listed("f" * 16, "Which command?", "reflog", 12, Suspicion("missed", "", 3.4)),
    )
    return suspected.card(here, listed, 0, 2, "")


def _audits() -> tuple[Audit, ...]:
    about = "What does this program print?"
    words = ("reported", "kept", "withdrawn", "shown", "accepted", "changed-a-challenge")
    return tuple(
        Audit(
            community="c1",
            person="" if what == "reported" else "p1",
            name="" if what == "reported" else "Ada",
            at=NOW - timedelta(hours=3 * n),
            what=what,
            about=about,
            id=20 - n,
        )
        for n, what in enumerate(words)
    )


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    return {
        "form-withdraw": moderation.withdraw_form(here, NAME, bank.SINGLE),
        "form-decline": moderation.decline_form(here, "k3f9q2"),
        "form-propose": proposing.form(here),
    }

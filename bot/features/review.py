"""`/review`: a quiz of what is due, and of the dailies of the last days that were missed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.cards import Reply, reply
from bot.chat.commands import Spec
from bot.chat.events import Command, Press
from bot.chat.say import paragraphs
from bot.chat.tokens import Token
from bot.features.daily.today import missed, recent
from bot.features.feature import Feature, Kit
from bot.features.overlay import drawable
from bot.features.quiz import issuing, returning, starting
from bot.features.quiz.wanted import Drawn, Wanted
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import daily_today as views

COUNT = 5
A_DAY = 20  # due questions that a day asks for; after a break the rest is spread over the next
TITLE = "Review"


def command(_event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/review`: missed dailies, then what is due, the most overdue for its stability first."""
    return _begin(tx, kit)


def pressed(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """The same by a button."""
    return _begin(tx, kit)


def _begin(tx: Tx, kit: Kit) -> Reply:
    here, bank = reader(tx), drawable(tx, kit)
    due = returning.due(tx, bank, Wanted(), kit.rng(tx.origin.key))
    drawn = tuple({one.item.id: one for one in (*_missed(tx, kit), *due)}.values())
    if not drawn:
        back = tx.next_due(tx.origin.at)
        return reply(views.nothing_due(here, back, tx.origin.at))
    note = starting.closed(tx, tx.open_quiz())
    quiz = issuing.quiz(tx, kit, TITLE, drawn[:COUNT])
    rest = views.for_today(here, tx.due_count(tx.origin.at), A_DAY)
    return reply(starting.show(quiz, 0, tx, kit, bank, intro=paragraphs(note, rest)))


def _missed(tx: Tx, kit: Kit) -> Iterator[Drawn]:
    """Questions of closed dailies that this person has not met since either."""
    if tx.community.personal:
        return
    items = [one.item for one in missed(recent(tx, kit))]
    known = tx.memories([item.id for item in items])
    for item in items:
        held = known.get(item.id) or (tx.memory(item.id, item.owner) if item.owner else None)
        if held is None or held.due is None:
            yield Drawn(item, "daily")


FEATURE = Feature(
    commands=(Spec(name="review", about="What is due, and dailies you missed", usage="review"),),
    on_command={"review": command},
    on_press={"review-start": pressed},
)

"""The button that begins today's fifteen minutes."""

from __future__ import annotations

from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.feature import Kit
from bot.features.overlay import drawable
from bot.features.plan import setting
from bot.features.plan.mixing import mixed
from bot.features.planned import ahead
from bot.features.quiz import issuing, starting
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import plan as views
from bot.views import quiz as quiz_views


def pressed(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """Begin them, or go on with those that were begun."""
    here, bank, coming = reader(tx), drawable(tx, kit), ahead(tx)
    before = tx.open_quiz()
    if before and before.title == views.TITLE and issuing.fresh(tx, before):
        again = starting.resumed(before, tx, kit, bank)
        if again is not None:
            return again
    if coming is None:
        return setting.standing(tx, kit)
    mix = mixed(tx, kit, coming)
    if not mix.drawn:
        return reply(views.nothing(here, tx.next_due(tx.origin.at), tx.origin.at))
    first = not (tx.person.answers or before)
    note = quiz_views.welcome(here, len(mix.drawn)) if first else starting.closed(tx, before)
    quiz = issuing.quiz(tx, kit, views.TITLE, mix.drawn)
    return reply(starting.show(quiz, 0, tx, kit, bank, intro=note))

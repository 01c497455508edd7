"""The button that begins today's fifteen minutes."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.days import TWELVE_HOURS
from bot.features.feature import Kit
from bot.features.overlay import drawable
from bot.features.plan import setting
from bot.features.plan.mixing import Mix, mixed
from bot.features.planned import ahead
from bot.features.quiz import issuing, starting
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Quiz
from bot.views import plan as views
from bot.views import quiz as quiz_views


def pressed(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """Begin them, or go on with those that were begun."""
    here, bank, coming = reader(tx), drawable(tx, kit), ahead(tx)
    before = tx.open_quiz()
    if before and before.title == views.TITLE and before.touched > tx.origin.at - TWELVE_HOURS:
        again = starting.resumed(before, tx, kit, bank)
        if again is not None:
            return again
    if coming is None:
        return setting.standing(tx, kit)
    mix = mixed(tx, kit, coming)
    if not mix.drawn:
        return reply(views.nothing(here, tx.next_due(tx.origin.at), tx.origin.at))
    note = quiz_views.welcome(here, len(mix.drawn)) if not (tx.person.answers or before) else ""
    if before is not None:
        tx.save_quiz(replace(before, state="replaced", touched=tx.origin.at))
        note = quiz_views.replaced(here, before)
    return reply(starting.show(_quiz(tx, kit, mix), 0, tx, kit, bank, intro=note))


def _quiz(tx: Tx, kit: Kit, mix: Mix) -> Quiz:
    rng = kit.rng(f"{tx.origin.key}/orders")
    return Quiz(
        id=kit.new_id(),
        person=tx.person.id,
        community=tx.community.id,
        place=tx.origin.place,
        title=views.TITLE,
        asked=tuple(issuing.asked(one.item, one.why, rng) for one in mix.drawn),
        started=tx.origin.at,
        touched=tx.origin.at,
    )

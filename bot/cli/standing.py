"""What stands in the channel when a terminal is opened: the running game, and open dailies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from adapters.terminal.app import COMMUNITY, PLACE
from bot.chat.cards import Card
from bot.chat.events import Origin
from bot.features.daily.table import host, opened, question
from bot.features.feature import Kit
from bot.features.game import showing
from bot.views import daily as daily_views
from bot.views import game as game_views

if TYPE_CHECKING:
    from bot.store.protocol import Store, Tx

RECENT = timedelta(days=3)  # an open daily is not older: the next one closes it


async def standing(store: Store, kit: Kit, now: Callable[[], datetime]) -> tuple[Card, ...]:
    """The posts of a process before this one that can still be answered, as they look now."""
    origin = Origin(
        person="", place=PLACE, community=COMMUNITY, at=now(), ours=True, key="standing"
    )
    return await store.look(origin, lambda tx: (*_dailies(tx, kit), *_game(tx, kit)))


def _dailies(tx: Tx, kit: Kit) -> tuple[Card, ...]:
    challenges = {one.id: one for one in tx.challenges()}
    cards = []
    for daily in tx.dailies((tx.origin.at - RECENT).date()):
        challenge = challenges.get(daily.challenge)
        item = question(tx, kit, daily) if daily.state == "open" else None
        if challenge is not None and item is not None:
            post = opened(tx, kit, challenge, daily, item)
            cards.append(daily_views.posted(host(tx, challenge), post))
    return tuple(cards)


def _game(tx: Tx, kit: Kit) -> tuple[Card, ...]:
    game = tx.running_game(PLACE)
    if game is None or game.closed or game.ends is None or tx.origin.at >= game.ends:
        return ()
    asked = showing.round_of(tx, kit, game, game.at)
    return (game_views.question(showing.public(tx), asked),) if asked else ()

"""The report of an interview, when it is over and whenever it is looked at again."""

from __future__ import annotations

from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.feature import Kit
from bot.features.interview.seat import seated
from bot.store.protocol import Tx


def report(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The report of an interview; of one that goes on, where it stands."""
    return reply(seated(token, tx, kit).now())

"""Help: the commands that work, from the table itself."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat.cards import Reply, reply
from bot.chat.commands import Spec, Table
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.feature import Feature, Kit
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import help as views

SPEC = Spec(name="help", about="What I can do", usage="help")


def feature(table: Callable[[], Table]) -> Feature:
    """Help over a table that is complete only when all features are known."""

    def command(_event: Command, tx: Tx, _kit: Kit) -> Reply:
        return reply(views.card(reader(tx), table()))

    def pressed(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
        return reply(views.card(reader(tx), table()))

    return Feature(commands=(SPEC,), on_command={"help": command}, on_press={"help": pressed})

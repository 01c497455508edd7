"""Privacy: what is kept, all of it as a file, and all of it gone."""

from __future__ import annotations

import json

from bot.chat.cards import File, Reply, reply
from bot.chat.commands import Arg, Spec
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.feature import Feature, Kit, Mistake
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import privacy as views


def command(event: Command, tx: Tx, _kit: Kit) -> Reply:
    """`/privacy`, `/privacy export`, `/privacy delete`."""
    match event.args.get("what", "").strip().casefold():
        case "":
            return reply(views.card(reader(tx)))
        case "export":
            return _exported(tx)
        case "delete":
            return reply(views.ask(reader(tx), tx.person.id))
        case other:
            raise Mistake(views.unknown(reader(tx), other))


def export(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Everything as a file."""
    return _exported(tx)


def _exported(tx: Tx) -> Reply:
    rows = tx.export()
    text = json.dumps(rows, indent=1, ensure_ascii=False, default=str)
    total = sum(len(table) for table in rows.values())
    return reply(
        views.exported(reader(tx), File("sparring-export.json", text, "application/json"), total)
    )


def ask(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """The question whether it is meant."""
    return reply(views.ask(reader(tx), tx.person.id))


def delete(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Everything gone, at once and for good."""
    if token.part(0) != tx.person.id:
        raise Mistake(views.not_yours(reader(tx)))
    tx.forget()
    return reply(views.deleted(reader(tx)))


FEATURE = Feature(
    commands=(
        Spec(
            name="privacy",
            about="What I keep of you; export it, delete it",
            usage="privacy [export|delete]",
            args=(
                Arg(name="what", kind="choice", about="What to do", choices=("export", "delete")),
            ),
        ),
    ),
    on_command={"privacy": command},
    on_press={"privacy-export": export, "privacy-ask": ask, "privacy-delete": delete},
)

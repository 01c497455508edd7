"""The lists behind `/moderate`: what is not drawn here, and what was done."""

from __future__ import annotations

from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.moderation import naming
from bot.features.moderation.reporting import by_reports
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.community import Hidden
from bot.store.protocol import Tx
from bot.views import moderation as views

PAGE = 5  # hidden questions on a card: a button for each
ENTRIES = 10  # of the audit log on a card
DIGITS = 18  # of a number in a token: more is no number of a database


def hidden(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Questions that are not drawn here, the newest first."""
    return reply(_hidden(tx, kit, tx.hidden(), _number(token, 0)))


def show_again(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Show again: it may be drawn from now on."""
    rows = tx.hidden()
    found = [one for one in rows if naming.key(one.owner, one.item) == token.part(0)]
    if not found:
        raise Mistake(views.decided(reader(tx)))
    one = found[0]
    tx.show_again(one.owner, one.item)
    note(tx, "shown", _label(tx, kit, one))
    left = tuple(row for row in rows if row is not one)
    return reply(_hidden(tx, kit, left, _number(token, 1), views.shown_again(reader(tx))))


def log(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """What was done here, ten entries on a page, the newest first."""
    audits = tx.audits(_number(token, 0), ENTRIES + 1)
    older = audits[ENTRIES - 1].id if len(audits) > ENTRIES else 0
    return reply(views.log(reader(tx), audits[:ENTRIES], older))


def _hidden(tx: Tx, kit: Kit, rows: tuple[Hidden, ...], page: int, said: str = "") -> Card:
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages - 1)
    listed = [
        views.Listed(
            naming.key(one.owner, one.item), _label(tx, kit, one), one.why, reported=by_reports(one)
        )
        for one in rows[page * PAGE : (page + 1) * PAGE]
    ]
    return views.hidden(reader(tx), listed, page, pages, said)


def _label(tx: Tx, kit: Kit, one: Hidden) -> str:
    """The beginning of a hidden question; a template and what is gone go by their id."""
    own = {item.id: item for item in tx.own_items()} if one.owner else {}
    item = own.get(one.item) or kit.bank(tx.community.id).get(one.item)
    return naming.label(item) if item else one.item


def _number(token: Token, part: int) -> int:
    said = token.part(part)
    return int(said) if said.isdecimal() and len(said) <= DIGITS else 0

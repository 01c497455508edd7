"""The list of suspected questions behind `/moderate`, and what admins do about them."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.moderation import naming
from bot.features.moderation.suspecting import Suspect, named, version
from bot.features.moderation.withdrawing import withdraw
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import moderation as views
from bot.views import suspected
from bot.views.desk import REASON
from bot.views.reporting import no_reason

PAGE = 4  # on a card: two buttons for each
KEPT = 500  # versions that stay trusted


def opened(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Suspected questions, a page of them."""
    page = token.part(0)
    number = int(page) if page.isdecimal() and len(page) < PAGE else 0
    return reply(_list(tx, named(tx, kit), number))


def withdraw_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """Why it is withdrawn."""
    one = _found(tx, kit, token)
    return views.withdraw_form(reader(tx), token.part(0), one.item, verb="moderation-suspect")


def withdrawn(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Withdraw: drawn no more, and full points for whoever answered."""
    one = _found(tx, kit, token)
    reason = press.typed("reason").strip()[:REASON]
    if not reason:
        return Reply(errors=no_reason(reader(tx)))
    people = withdraw(tx, kit, one.ref, reason)
    return reply(_without(tx, kit, token, views.taken_back(reader(tx), people)))


def trusted(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Keep it: this version is suspected here no more."""
    one = _found(tx, kit, token)
    rules = tx.community.rules
    kept = (*rules.trusted, version(one.ref))[-KEPT:]
    tx.save_community(replace(tx.community, rules=replace(rules, trusted=kept)))
    note(tx, "trusted", _label(one))
    return reply(_without(tx, kit, token, suspected.trusted(reader(tx))))


def _without(tx: Tx, kit: Kit, token: Token, said: str) -> Card:
    left = {name: one for name, one in named(tx, kit).items() if name != token.part(0)}
    return _list(tx, left, 0, said)


def _found(tx: Tx, kit: Kit, token: Token) -> Suspect:
    one = named(tx, kit).get(token.part(0))
    if one is None:
        raise Mistake(views.decided(reader(tx)))
    return one


def _list(tx: Tx, found: dict[str, Suspect], page: int, said: str = "") -> Card:
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    rows = list(found.items())[page * PAGE : (page + 1) * PAGE]
    listed = tuple(
        suspected.Listed(name, _label(one), one.ref.id, one.answers, one.why) for name, one in rows
    )
    return suspected.card(reader(tx), listed, page, pages, said)


def _label(one: Suspect) -> str:
    return naming.label(one.item) if one.item else one.ref.id

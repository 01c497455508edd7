"""Appeals behind `/moderate`: one answer at a time, and what admins do about it."""

from __future__ import annotations

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.appeal import deciding
from bot.features.appeal.deciding import Group
from bot.features.feature import Kit, Mistake
from bot.features.moderation import naming, reviewing
from bot.features.moderation.withdrawing import withdraw
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import appeal as views
from bot.views import moderation, reporting
from bot.views.desk import REASON

LABEL = 60  # characters of an answer in the audit log


def opened(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """An appealed answer, the oldest where none is named."""
    return reply(_card(tx, kit, token.part(0)))


def uphold(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Uphold: it is accepted here, and everybody who gave it is graded again."""
    group = _waiting(tx, token.part(0))
    people = deciding.same(tx, group)
    deciding.uphold(tx, kit, group)
    _note(tx, kit, "upheld", group)
    return _done(tx, kit, token.part(0), views.upheld(reader(tx), people))


def refuse_form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """Why it is declined."""
    _waiting(tx, token.part(0))
    return views.refuse_form(reader(tx), token.part(0))


def refused(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Decline: the answers count again."""
    group = _waiting(tx, token.part(0))
    why = press.typed("reason").strip()[:REASON]
    if not why:
        return Reply(errors=reporting.no_reason(reader(tx)))
    deciding.decline(tx, kit, group, why)
    _note(tx, kit, "refused", group)
    return _done(tx, kit, token.part(0), views.declined(reader(tx)))


def void_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """Why the question itself is withdrawn."""
    group = _waiting(tx, token.part(0))
    item = naming.whole(tx, kit, group[0].ref)
    return moderation.withdraw_form(reader(tx), token.part(0), item, verb="moderation-appeal-void")


def voided(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Withdraw the question: full points for whoever answered, and its appeals are over."""
    group = _waiting(tx, token.part(0))
    why = press.typed("reason").strip()[:REASON]
    if not why:
        return Reply(errors=reporting.no_reason(reader(tx)))
    ref = group[0].ref
    people = withdraw(tx, kit, ref, why)
    over = [
        name
        for name, held in deciding.grouped(tx.appeals("open")).items()
        if (held[0].ref.owner, held[0].ref.id) == (ref.owner, ref.id)
    ]
    said = moderation.taken_back(reader(tx), people)
    return _done(tx, kit, *over, said)


def _card(tx: Tx, kit: Kit, name: str, said: str = "", done: tuple[str, ...] = ()) -> Card:
    found = deciding.grouped(tx.appeals("open"))
    groups = {key: group for key, group in found.items() if key not in done}
    desk = reviewing.desk(tx, kit, decided=done)
    if not groups:
        return reviewing.front(tx, kit, desk, said)
    name = name if name in groups else next(iter(groups))
    group, names = groups[name], list(groups)
    one = views.Contested(
        name=name,
        item=naming.whole(tx, kit, group[0].ref),
        response=group[0].response,
        reasons=tuple(each.reason for each in group if each.reason),
        appeals=len(group),
        people=deciding.same(tx, group),
        following=names[(names.index(name) + 1) % len(names)] if len(names) > 1 else "",
        said=said,
    )
    return views.contested(reader(tx), desk.waiting, one, kit.bank(tx.community.id).areas)


def _done(tx: Tx, kit: Kit, *names_and_said: str) -> Reply:
    *names, said = names_and_said
    return reply(_card(tx, kit, "", said, tuple(names)))


def _waiting(tx: Tx, name: str) -> Group:
    """The appeals of that answer, held so that of two admins one decides; Mistake if none is."""
    found = deciding.grouped(tx.appeals("open")).get(name, ())
    held = (tx.appeal(one.id, lock=True) for one in found)
    group = tuple(one for one in held if one is not None and one.state == "open")
    if not group:
        raise Mistake(moderation.decided(reader(tx)))
    return group


def _note(tx: Tx, kit: Kit, what: str, group: Group) -> None:
    one = group[0]
    given = one.response.text[:LABEL]
    about = naming.asked(tx, kit, one.ref)
    note(tx, what, f"{about} ({given})" if given else about)

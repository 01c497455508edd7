"""`/moderate`: what people report and propose, one at a time, and what admins do about it."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.days import local
from bot.features.appeal.deciding import grouped
from bot.features.feature import Kit, Mistake
from bot.features.moderation import naming, proposing, suspecting
from bot.features.moderation.asked_now import asking
from bot.features.moderation.reporting import by_reports
from bot.features.moderation.withdrawing import withdraw
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.community import Proposal, Report
from bot.store.protocol import Tx
from bot.views import moderation as views
from bot.views.desk import REASON, Waiting
from bot.views.reporting import no_reason
from questions.model import Proof, Ref

LOOKED_AT = 500  # reports and proposals that are read; what is older comes first


class Desk(Struct, frozen=True):
    """What waits in the community: reports by question, proposals, what is hidden."""

    reports: dict[str, tuple[Report, ...]]
    proposals: tuple[Proposal, ...]
    hidden: dict[str, bool]  # whether reports did it
    appeals: int = 0  # answers about which people disagree
    suspects: int = 0  # questions whose answers contradict their keys

    @property
    def waiting(self) -> Waiting:
        """How many there are of each."""
        return Waiting(
            len(self.reports), len(self.proposals), len(self.hidden), self.appeals, self.suspects
        )


def desk(
    tx: Tx, kit: Kit, *, done: str = "", hides: bool = False, decided: Collection[str] = ()
) -> Desk:
    """What waits, without what this very press has dealt with, which is hidden or not."""
    reports: dict[str, tuple[Report, ...]] = {}
    for one in tx.reports(limit=LOOKED_AT):
        name = naming.key(one.ref.owner, one.ref.id)
        if name != done:
            reports[name] = (*reports.get(name, ()), one)
    proposals = tuple(one for one in tx.proposals("waiting", LOOKED_AT) if one.id != done)
    hidden = {naming.key(one.owner, one.item): by_reports(one) for one in tx.hidden()}
    hidden.pop(done, None)
    if hides:
        hidden[done] = False
    appeals = grouped(tx.appeals("open"))
    suspects = suspecting.named(tx, kit).keys() - {*hidden, done}
    return Desk(reports, proposals, hidden, len(appeals.keys() - set(decided)), len(suspects))


def command(_event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/moderate`."""
    return reply(front(tx, kit, desk(tx, kit)))


def opened(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """A button to the same."""
    return reply(front(tx, kit, desk(tx, kit)))


def report(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A reported question, the oldest where none is named."""
    here = desk(tx, kit)
    if not here.reports:
        return reply(front(tx, kit, here))
    name = token.part(0) if token.part(0) in here.reports else next(iter(here.reports))
    return reply(_report(tx, kit, here, name))


def proposal(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A proposed question, the oldest where none is named."""
    here = desk(tx, kit)
    if not here.proposals:
        return reply(front(tx, kit, here))
    found = (one for one in here.proposals if one.id == token.part(0))
    return reply(_proposal(tx, kit, here, next(found, here.proposals[0])))


def keep(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Keep it: its reports are looked at, and if they had hidden it, it is drawn again."""
    before = desk(tx, kit)
    ref = _reported(tx, before, token.part(0))
    tx.reviewed(ref.owner, ref.id, tx.origin.at)
    back = before.hidden.get(token.part(0), True)
    if back:
        tx.show_again(ref.owner, ref.id)
    note(tx, "kept", naming.asked(tx, kit, ref))
    after = desk(tx, kit, done=token.part(0), hides=not back)
    return reply(front(tx, kit, after, views.kept(reader(tx))))


def withdraw_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """Why it is withdrawn."""
    ref = _reported(tx, desk(tx, kit), token.part(0))
    return views.withdraw_form(reader(tx), token.part(0), naming.whole(tx, kit, ref))


def withdrawn(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Withdraw: drawn no more, and full points for whoever answered."""
    ref = _reported(tx, desk(tx, kit), token.part(0))
    reason = press.typed("reason").strip()[:REASON]
    if not reason:
        return Reply(errors=no_reason(reader(tx)))
    people = withdraw(tx, kit, ref, reason)
    after = desk(tx, kit, done=token.part(0), hides=True)
    return reply(front(tx, kit, after, views.taken_back(reader(tx), people)))


def accept(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Accept: it may be drawn in this community alone, and whoever proposed it is told."""
    one = _waiting(tx, token.part(0))
    item = replace(one.item, proof=_proof(tx, one))
    taken = replace(one, state="accepted", item=item)
    tx.keep(item)  # as the bank's own are when they are asked: by its hash it is found for ever
    tx.save_proposal(taken)
    proposing.tell(tx, taken)
    note(tx, "accepted", naming.label(item))
    return reply(front(tx, kit, desk(tx, kit, done=one.id), views.accepted(reader(tx))))


def decline_form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """Why it is not taken."""
    return views.decline_form(reader(tx), _waiting(tx, token.part(0)).id)


def declined(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Decline: it is drawn nowhere, and whoever proposed it is told why."""
    one = _waiting(tx, token.part(0))
    reason = press.typed("reason").strip()[:REASON]
    if not reason:
        return Reply(errors=no_reason(reader(tx)))
    left = replace(one, state="declined", why=reason)
    tx.save_proposal(left)
    proposing.tell(tx, left)
    note(tx, "declined", f"{naming.label(one.item)} ({reason})")
    return reply(front(tx, kit, desk(tx, kit, done=one.id), views.declined(reader(tx))))


def front(tx: Tx, kit: Kit, here: Desk, said: str = "") -> Card:
    """The oldest report, else the oldest proposal, else that nothing waits."""
    if here.reports:
        return _report(tx, kit, here, next(iter(here.reports)), said)
    if here.proposals:
        return _proposal(tx, kit, here, here.proposals[0], said)
    return views.nothing(reader(tx), here.waiting, said)


def _report(tx: Tx, kit: Kit, here: Desk, name: str, said: str = "") -> Card:
    found = here.reports[name]
    one = views.Reviewed(
        name=name,
        item=naming.whole(tx, kit, found[0].ref),
        following=_after(list(here.reports), name),
        reasons=tuple(report.reason for report in found),
        people=len(found),
        hidden=name in here.hidden,
        said=said,
        asking=asking(tx, found[0].ref),
    )
    return views.report(reader(tx), here.waiting, one, kit.bank(tx.community.id).areas)


def _proposal(tx: Tx, kit: Kit, here: Desk, found: Proposal, said: str = "") -> Card:
    member = tx.members([found.person]).get(found.person)
    one = views.Reviewed(
        name=found.id,
        item=found.item,
        following=_after([each.id for each in here.proposals], found.id),
        by=member.name if member else "",
        said=said,
    )
    return views.proposal(reader(tx), here.waiting, one, kit.bank(tx.community.id).areas)


def _after(names: list[str], name: str) -> str:
    """The next one, round and round; '' where there is no other."""
    return names[(names.index(name) + 1) % len(names)] if len(names) > 1 else ""


def _reported(tx: Tx, here: Desk, name: str) -> Ref:
    if name not in here.reports:
        raise Mistake(views.decided(reader(tx)))
    return here.reports[name][0].ref


def _waiting(tx: Tx, name: str) -> Proposal:
    """The proposal, held so that of two admins one decides; Mistake if that is done."""
    found = tx.proposal(name, lock=True)
    if found is None or found.state != "waiting":
        raise Mistake(views.decided(reader(tx)))
    return found


def _proof(tx: Tx, one: Proposal) -> Proof:
    """Read by two people, or by one who took their own; their names are not kept with it."""
    alone = one.person == tx.person.id
    readers = ("an admin",) if alone else ("who proposed it", "an admin")
    return Proof("read", readers=readers, date=local(tx.origin.at, tx.community.zone).isoformat())

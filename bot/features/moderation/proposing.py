"""`/propose`: a person writes a question for the community; an admin decides about it."""

from __future__ import annotations

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.moderation.drafting import Typed, draft
from bot.features.recording import reader
from bot.store.community import Proposal
from bot.store.protocol import Tx
from bot.views import proposing as views

MOST = 5  # proposals of one person that may wait
LOOKED_AT = 1000  # waiting proposals among which the person's own are counted


def command(_event: Command, tx: Tx, _kit: Kit) -> Reply:
    """`/propose`: how it goes, and the button that opens the form."""
    return reply(views.invitation(reader(tx), _waiting(tx)))


def form(_token: Token, tx: Tx, _kit: Kit) -> Form:
    """The form of a proposal."""
    _waiting(tx)
    return views.form(reader(tx))


def sent(press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """A sent form: checked by the bank's rules; what is sound waits for an admin."""
    waiting = _waiting(tx)
    here = reader(tx)
    areas = kit.bank(tx.community.id).areas
    name = kit.new_id()
    fields = (press.typed(field) for field in Typed.__struct_fields__)
    made = draft(Typed(*fields), here, areas, kit.words, tx.community.id, f"own-{name}")
    if made.item is None:
        return Reply(errors=made.errors)
    if _known(tx, made.item.prompt):
        return Reply(errors={"question": views.known(here)})
    tx.save_proposal(
        Proposal(
            id=name,
            community=tx.community.id,
            person=tx.person.id,
            external=tx.origin.person,
            at=tx.origin.at,
            item=made.item,
        )
    )
    return reply(views.proposed(here, made.item, areas, more=waiting + 1 < MOST))


def tell(tx: Tx, proposal: Proposal) -> None:
    """Tell whoever proposed it what became of it: once, and because they asked."""
    here = Reader(zone=tx.community.zone, platform=tx.origin.platform)
    card = views.decided(
        here, proposal.item, accepted=proposal.state == "accepted", why=proposal.why
    )
    tx.post(
        Post(
            dedupe=f"proposal.{proposal.id}",
            where="direct",
            target=proposal.external,
            card=card,
        )
    )


def _waiting(tx: Tx) -> int:
    """How many proposals of this person wait; raises Mistake where there can be no more."""
    if tx.community.personal:
        raise Mistake(views.alone(reader(tx)))
    waiting = sum(one.person == tx.person.id for one in tx.proposals("waiting", LOOKED_AT))
    if waiting >= MOST:
        raise Mistake(views.enough(reader(tx), waiting))
    return waiting


def _known(tx: Tx, prompt: str) -> bool:
    waiting = (one.item for one in tx.proposals("waiting", LOOKED_AT))
    return any(item.prompt == prompt for item in (*waiting, *tx.own_items()))

"""Questions of a community whose answers contradict their keys, and why."""

from __future__ import annotations

from msgspec import Struct

from bot.features.feature import Kit
from bot.features.moderation import naming
from bot.learning.suspicion import Suspicion, suspicion
from bot.store.protocol import Tx
from questions.model import Item, Ref

LOOKED_AT = 100  # suspects that are read


class Suspect(Struct, frozen=True):
    """A question as it is now (None: drawn from a template), how many answered it, and why."""

    ref: Ref
    item: Item | None
    answers: int
    why: Suspicion


def named(tx: Tx, kit: Kit) -> dict[str, Suspect]:
    """By the names that tokens have for them.

    Left out is what an admin trusts or has hidden, and what an open daily asks: the admin may not
    have answered it yet.
    """
    known = tx.suspects(LOOKED_AT)
    if not known:
        return {}
    gone = tx.withheld()
    bank = kit.bank(tx.community.id)
    own = {one.ref: one for one in tx.own_items()} if any(ref.owner for ref, _ in known) else {}
    found: dict[str, Suspect] = {}
    for ref, params in known:
        item, why = bank.find(ref) or own.get(ref), suspicion(params)
        # another version was suspected: a key may have been mended since
        current = item is not None or (not ref.owner and bank.is_template(ref.id))
        trusted = version(ref) in tx.community.rules.trusted
        if why and current and not trusted and (ref.owner, ref.id) not in gone:
            found[naming.key(ref.owner, ref.id)] = Suspect(ref, item, params.n, why)
    return found


def version(ref: Ref) -> str:
    """The name of this very version of a question: trust ends when it is changed."""
    return naming.key(ref.owner, ref.id, ref.hash)

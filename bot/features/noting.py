"""The audit log: what the person of a transaction did in the community."""

from __future__ import annotations

from bot.store.community import Audit
from bot.store.protocol import Tx


def note(tx: Tx, what: str, about: str = "") -> None:
    """Write down what an admin did: a word that views turn into a sentence, and about what."""
    tx.note(
        Audit(
            community=tx.community.id,
            person=tx.person.id,
            name=tx.member.name or tx.origin.name,
            at=tx.origin.at,
            what=what,
            about=about,
        )
    )

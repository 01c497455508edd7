"""How the work of moderation names a question: in tokens, in the audit log, and in whole."""

from __future__ import annotations

import hashlib

from bot.chat.fitting import cut
from bot.chat.text import spoken
from bot.features.feature import Kit
from bot.store.protocol import Tx
from questions.model import Item, Ref

LONG = 90  # characters of a question that stand for it in a line


def key(*names: str) -> str:
    """16 hex digits that stand for these names in a token and in the id of due work."""
    return hashlib.sha256("/".join(names).encode()).hexdigest()[:16]


def label(item: Item) -> str:
    """The beginning of a question, in plain text."""
    return cut(spoken(item.prompt), LONG)


def whole(tx: Tx, kit: Kit, ref: Ref) -> Item | None:
    """The question as it was asked, whether it may be drawn or not."""
    return kit.bank(tx.community.id).find(ref) or tx.item(ref)


def asked(tx: Tx, kit: Kit, ref: Ref) -> str:
    """The beginning of a question by reference, its id where it is kept no more."""
    item = whole(tx, kit, ref)
    return label(item) if item else ref.id

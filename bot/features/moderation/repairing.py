"""The repair of a person's answers to a withdrawn question: corrections, and the caches anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import asdict

from bot.chat.cards import Reply
from bot.features import mending
from bot.features.feature import Kit
from bot.features.moderation.withdrawing import Voided, Withdrawal
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, LogRow


def repair(due: Due, tx: Tx, _kit: Kit) -> Reply:
    """The due row of one person's answers to a withdrawn question, in the name of that person.

    Each of them in this community gets full points and tells nothing of the person any more.
    What was corrected before is left as it is.
    """
    rows = tx.log()
    withdrawal = msgspec.json.decode(due.data, type=Withdrawal)
    mends = tuple(_mends(tx, rows, withdrawal))
    if mends:
        mending.mend(tx, rows, mends)
    return Reply()


def _mends(tx: Tx, rows: tuple[LogRow, ...], withdrawal: Withdrawal) -> Iterator[LogRow]:
    """The corrections of every counted answer to that question in this community."""
    for row, answer, earlier_today in mending.counted(rows):
        asked = row.ref and (row.ref.owner, row.ref.id)
        if asked != (withdrawal.ref.owner, withdrawal.ref.id) or answer.void:
            continue
        if row.counted and row.community == tx.community.id:
            points = mending.full(tx, row, answer, earlier_today)
            voided = Voided(**_voided(answer), reason=withdrawal.reason)
            yield mending.correction(tx, row, "withdrawn", voided, right=True, points=points)


def _voided(answer: Answer) -> dict[str, Any]:
    return {**asdict(answer), "void": True, "unsettled": False}

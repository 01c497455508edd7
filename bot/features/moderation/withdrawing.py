"""Withdrawal of a question: it is drawn no more, and who answered it gets full points."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from bot.features import mending
from bot.features.appeal import deciding
from bot.features.feature import Kit
from bot.features.moderation import naming
from bot.features.noting import note
from bot.store.community import Hidden
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from questions.model import Ref


class Withdrawal(Struct, frozen=True):
    """What the repair of an answer has to know."""

    ref: Ref
    reason: str


class Voided(Answer, frozen=True, kw_only=True):
    """What a correction keeps: the answer, which tells nothing any more, and why."""

    reason: str = ""


def withdraw(tx: Tx, kit: Kit, ref: Ref, reason: str) -> int:
    """Withdraw a question from this community, in all its versions; gives how many answered it.

    Their answers are repaired soon by due work of their own. Done twice it repairs what was
    answered in between.
    """
    now, here = tx.origin.at, tx.community
    tx.hide(
        Hidden(community=here.id, owner=ref.owner, item=ref.id, why=reason, by=tx.person.id, at=now)
    )
    tx.reviewed(ref.owner, ref.id, now)
    deciding.void(tx, kit, ref, reason)
    note(tx, "withdrawn", f"{naming.asked(tx, kit, ref)} ({reason})")
    people = dict(tx.answerers(ref.owner, ref.id))
    repair_soon(tx, ref, reason, people)
    return len(people)


def repair_soon(tx: Tx, ref: Ref, reason: str, people: Mapping[str, str]) -> None:
    """Let what these people (external ids by person) answered to it be repaired."""
    name = naming.key(tx.community.id, ref.owner, ref.id)
    mending.soon(tx, "repair", name, people, Withdrawal(ref, reason))


def told(mend: LogRow | None) -> str:
    """Why the question was withdrawn, from the correction of an answer to it; '' if it was not."""
    return msgspec.json.decode(mend.data, type=Voided).reason if mend else ""

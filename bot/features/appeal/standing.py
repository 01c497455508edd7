"""What became of an appealed answer, as its row in the log has it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec.structs import asdict

from bot.features.moderation import naming
from bot.store.protocol import Tx
from bot.store.rows import Answer, Asked, LogRow

REFUSED = ("wrong", "partly")  # marks with which a person may disagree
What = Literal["", "open", "upheld", "declined"]


class Appealed(Answer, frozen=True, kw_only=True):
    """What a correction keeps: the answer as it counts now, and what became of the appeal."""

    appeal: What = ""
    note: str = ""  # why it was declined


def appealed(answer: Answer, **facts: Any) -> Appealed:
    """The answer with what an appeal has changed."""
    return Appealed(**{**asdict(answer), **facts})


def name(tx: Tx, instance: str) -> str:
    """The id of this person's appeal against the verdict on this asked question: one there is."""
    return naming.key("appeal", tx.person.id, instance)


def due_id(appeal: str) -> str:
    """The id of the work that looks at an appeal once it has waited too long."""
    return f"appeal.{appeal}"


def may(tx: Tx, asked: Asked, instance: str) -> bool:
    """Whether this person may say that they were right."""
    refused = asked.verdict is not None and asked.verdict.mark in REFUSED
    return refused and tx.appeal(name(tx, instance)) is None


def seen(mend: LogRow | None) -> Appealed | None:
    """A person's answer where its correction is of an appeal, else None."""
    answer = msgspec.json.decode(mend.data, type=Appealed) if mend else None
    return answer if answer and answer.appeal else None

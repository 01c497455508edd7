"""Entries of the log: what the person of a transaction did, as rows to be written."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.store.protocol import Tx
from bot.store.rows import Kind, LogRow
from questions.model import Ref


def entry(
    tx: Tx,
    kind: Kind,
    instance: str,
    day: date,
    data: object,
    *,
    step: int = 0,
    ref: Ref | None = None,
    area: str = "",
) -> LogRow:
    """A row of now that counts on no board; `data` is written as JSON."""
    return LogRow(
        kind=kind,
        instance=instance,
        step=step,
        person=tx.person.id,
        external=tx.origin.person,
        community=tx.community.id,
        at=tx.origin.at,
        ours=tx.origin.ours,
        day=day,
        ref=ref,
        area=area,
        counted=False,
        data=msgspec.json.encode(data),
    )

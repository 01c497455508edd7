"""Mondays: when a week is looked back upon, in the community's zone."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import days
from bot.store.protocol import Tx
from bot.store.rows import Community, Due, DueKind

AT = "09:00"
MONDAY_ONLY = (1, 2, 3, 4, 5, 6)
LATE = timedelta(hours=24)  # a look back that is later is left out


def next_monday(community: Community, after: datetime) -> datetime:
    """The next Monday at nine, or when that Monday's quiet hours end."""
    return days.next_time(after, _time(community.rules.quiet), community.zone, MONDAY_ONLY)


def _time(quiet: tuple[str, ...]) -> str:
    if not quiet:
        return AT
    begins, ends = quiet
    inside = begins <= AT < ends if begins < ends else (begins <= AT or ends > AT)
    return ends if inside else AT


def schedule(tx: Tx, kind: DueKind, after: datetime | None = None) -> None:
    """Write down when the next one is due."""
    tx.schedule(
        Due(
            id=f"{kind}.{tx.community.id}",
            kind=kind,
            at=next_monday(tx.community, after or tx.origin.at),
            within=tx.community.external,
            community=tx.community.id,
        )
    )


def unschedule(tx: Tx, kind: DueKind) -> None:
    """No more of these."""
    tx.unschedule(f"{kind}.{tx.community.id}")

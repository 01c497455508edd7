"""The due work of a daily: its number of answers looked at again, and its reveal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.store.community import Daily
from bot.store.protocol import Tx
from bot.store.rows import Due, DueKind

OFTEN, SELDOM = timedelta(minutes=10), timedelta(hours=1)  # between looks at the number of answers
FIRST = timedelta(hours=1)  # for which it is looked at often
RECOUNT = timedelta(minutes=1)  # after a late answer
ALONE = timedelta(hours=24)  # after which a daily that nothing follows is revealed


def plan_refresh(tx: Tx, daily: Daily, after: timedelta | None = None) -> datetime:
    """Look at the number of answers again: every ten minutes in the first hour, then hourly.

    Gives the time at which that will be.
    """
    now = tx.origin.at
    soon = OFTEN if now < daily.posted + FIRST else SELDOM
    at = now + (after or soon)
    _plan(tx, "refresh", daily, at)
    return at


def plan_reveals(
    tx: Tx,
    ledger: Iterable[Daily],
    *,
    alone: bool,
    coming: datetime | None,
) -> None:
    """See to it that everything open is revealed, also where no next daily will do it.

    `alone` is that nothing will be posted; `coming` when the next one would have been.
    """
    for daily in ledger:
        if daily.state != "open":
            continue
        if daily.reveal is not None:
            _plan(tx, "reveal", daily, daily.reveal)
        elif alone:
            _plan(tx, "reveal", daily, coming or max(tx.origin.at, daily.posted + ALONE))
        else:
            tx.unschedule(f"reveal.{daily.id}")


def unplan(tx: Tx, daily: Daily) -> None:
    """Nothing more is done by itself: it is over."""
    tx.unschedule(f"refresh.{daily.id}")
    tx.unschedule(f"reveal.{daily.id}")


def _plan(tx: Tx, kind: DueKind, daily: Daily, at: datetime) -> None:
    tx.schedule(
        Due(
            id=f"{kind}.{daily.id}",
            kind=kind,
            at=at,
            within=tx.community.external,
            community=tx.community.id,
        )
    )

"""Mondays: when a week is looked back upon, in the community's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from bot import days
from bot.store.protocol import Tx
from bot.store.rows import Community, Due, DueKind
from bot.store.rules import hushed

AT = "09:00"
MONDAY_ONLY = (1, 2, 3, 4, 5, 6)
LATE = timedelta(hours=24)  # a look back that is later is left out
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
KINDS: tuple[DueKind, ...] = ("winners", "digest")


class Look(Struct, frozen=True):
    """What the due row of a look back keeps: the Sunday of its week, whatever becomes of zones."""

    sunday: date | None = None  # rows of older versions have none


def moment(community: Community, sunday: date) -> datetime:
    """Monday at nine after this Sunday, or when that Monday's quiet hours end."""
    return days.at_time(sunday + DAY, _time(community.rules.quiet), community.zone)


def sunday_of(due: Due, community: Community) -> date:
    """The Sunday of the week that this row looks back upon."""
    kept = msgspec.json.decode(due.data, type=Look).sunday
    there = days.local(due.at, community.zone)
    return kept or there - ((there.weekday() + 1) % len(days.WEEKDAYS)) * DAY


def over(due: Due, tx: Tx) -> date | None:
    """The Sunday to look back upon now; None if it is too early or too late for it.

    Plans the next look in any case: the same week's once it is over here, else the next one's.
    """
    sunday = sunday_of(due, tx.community)
    if max(tx.origin.at, due.at) < moment(tx.community, sunday):
        schedule(tx, due.kind, sunday)
        return None
    schedule(tx, due.kind, max(sunday + WEEK, coming(tx.community, tx.origin.at)))
    return sunday if tx.origin.at - due.at <= LATE else None


def coming(community: Community, after: datetime) -> date:
    """The Sunday whose Monday comes next."""
    monday = days.next_time(after, _time(community.rules.quiet), community.zone, MONDAY_ONLY)
    return days.local(monday, community.zone) - DAY


def _time(quiet: tuple[str, ...]) -> str:
    return quiet[1] if hushed(quiet, AT) else AT


def begin(tx: Tx, kind: DueKind) -> None:
    """Write down when the first one is due; one that is planned stays."""
    if tx.planned(_id(tx, kind)) is None:
        schedule(tx, kind, coming(tx.community, tx.origin.at))


def rescheduled(tx: Tx, community: Community) -> None:
    """The same weeks at the times of a changed zone or changed quiet hours, not yet saved."""
    for kind in KINDS:
        if row := tx.planned(_id(tx, kind)):
            schedule(tx, kind, sunday_of(row, tx.community), community)


def schedule(tx: Tx, kind: DueKind, sunday: date, community: Community | None = None) -> None:
    """Write down when the week of this Sunday is looked back upon."""
    tx.schedule(
        Due(
            id=_id(tx, kind),
            kind=kind,
            at=max(moment(community or tx.community, sunday), tx.origin.at),
            within=tx.community.external,
            community=tx.community.id,
            data=msgspec.json.encode(Look(sunday)),
        )
    )


def unschedule(tx: Tx, kind: DueKind) -> None:
    """No more of these."""
    tx.unschedule(_id(tx, kind))


def _id(tx: Tx, kind: DueKind) -> str:
    return f"{kind}.{tx.community.id}"

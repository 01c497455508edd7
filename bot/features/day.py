"""The day of an answer, in the transaction of its person: read, counted, written down."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import ledger, streaks
from bot.features.entry import entry
from bot.replay import corrected
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from bot.streaks import Clock, Day, Given, Ledger, Past, Planned, Span, Streak


class Zone(Struct, frozen=True):
    """The data of a row of a zone: the clock a person chose."""

    zone: str
    day_start: int


def dated(tx: Tx, given: Given) -> Day:
    """Date an answer and count it; only what is late or was down has the whole log read."""
    past = Past(ledger=lambda: _read(tx), clock=lambda at: _clock(tx, at))
    return streaks.counted(tx.person.streak, given, past, _unknown(tx), seq=tx.person.seq + 1)


def rows(tx: Tx, day: Day) -> tuple[LogRow, ...]:
    """What is to be written beside the answer: outages that are forgiven, freezes it earned."""
    return (
        *(
            _row(tx, f"outage.{one.since}.{one.until}", one.since, tx.origin.at, one)
            for one in day.outages
        ),
        *(_row(tx, f"freeze.{on}", on, at, None) for on, at in day.freezes.items()),
    )


def planned(tx: Tx, made: ledger.Expected) -> Streak:
    """The streak with other rest days or vacations, which hold from `since` on."""
    streak, plan = tx.person.streak, ledger.plan(made)
    if streak.at is None or tx.origin.at >= streak.at:
        return streaks.planned(streak, plan)
    book, late = _read(tx), Planned(tx.origin.at, tx.person.seq + 1, plan)
    return streaks.replayed(replace(book, plans=(*book.plans, late))).streak


def _unknown(tx: Tx) -> tuple[Span, ...]:
    """Outages that this person has lived through and that their log does not have yet."""
    known, since = tx.person.streak.outages, tx.person.since.date() - timedelta(days=1)
    return tuple(
        one for one in tx.community.rules.outages if one not in known and one.until >= since
    )


def _read(tx: Tx) -> Ledger:
    log = tx.log()
    decoded = ((row, msgspec.json.decode(row.data, type=Answer)) for row in corrected(log))
    return ledger.read(log, decoded)


def _clock(tx: Tx, at: datetime) -> Clock | None:
    """The clock in force at a time, where the person has chosen another one since."""
    log = tx.log()
    zones = [row for row in log if row.kind == "zone"]
    if all(row.at <= at for row in zones):
        return None
    before = [row for row in zones if row.at <= at]
    if before:
        chosen = msgspec.json.decode(before[-1].data, type=Zone)
        return Clock(chosen.zone, chosen.day_start)
    given = [row for row in log if row.kind == "answer" and row.at <= at]
    last = msgspec.json.decode(given[-1].data, type=Answer) if given else None
    return Clock(last.zone, last.start) if last and last.zone else None


def _row(tx: Tx, instance: str, day: date, at: datetime, outage: Span | None) -> LogRow:
    data = ledger.Freeze("outage" if outage else "earned", outage)
    return replace(entry(tx, "freeze", instance, day, data), at=at)

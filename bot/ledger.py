"""The ledger of a person's days as their log has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from bot.store.rows import Answer, LogRow
from bot.streaks import Answered, Clock, Ledger, Plan, Planned, Span, Streak, first


class Expected(Struct, frozen=True, omit_defaults=True):
    """The data of a row of rest days: all that a person expects of themselves from its date on.

    Rows from before the ledger have no `since`: what they say stands with each answer.
    """

    rest: tuple[int, ...] | None = None
    away: tuple[Span, ...] = ()
    since: date | None = None


class Freeze(Struct, frozen=True, omit_defaults=True):
    """The data of a row of a freeze: one that was earned, or an outage forgiven to everybody."""

    why: Literal["earned", "outage"] = "earned"
    outage: Span | None = None


def read(rows: Iterable[LogRow], answers: Iterable[tuple[LogRow, Answer]]) -> Ledger:
    """The ledger of a log, and of its answers in the order of their rows."""
    began, counted = Streak(), list[Answered]()
    for row, answer in answers:
        if answer.zone:
            counted.append(answered(row, answer))
        else:
            began = first.advance(began, row.day, answer.rest, shared=answer.shared)
    plans, freezes, outages = list[Planned](), dict[date, datetime](), list[Span]()
    for row in rows:
        if row.kind == "rest":
            plans += _planned(row)
        elif row.kind == "freeze":
            freeze = msgspec.json.decode(row.data, type=Freeze)
            if freeze.outage is None:
                freezes[row.day] = row.at
            else:
                outages.append(freeze.outage)
    return Ledger(
        began=began,
        answers=tuple(counted),
        plans=tuple(plans),
        freezes=freezes,
        outages=tuple(outages),
    )


def plan(made: Expected) -> Plan:
    """What is expected from a date on; raises ValueError without one."""
    if made.since is None:
        raise ValueError(made)
    return Plan(made.since, made.rest, made.away)


def answered(row: LogRow, answer: Answer) -> Answered:
    """A row of an answer as the ledger has it."""
    return Answered(
        at=row.at,
        day=row.day,
        clock=Clock(answer.zone, answer.start),
        rest=answer.rest,
        shared=answer.shared,
        notes=answer.notes,
        seq=row.seq,
    )


def _planned(row: LogRow) -> list[Planned]:
    held = msgspec.json.decode(row.data, type=Expected)
    return [] if held.since is None else [Planned(row.at, row.seq, plan(held))]

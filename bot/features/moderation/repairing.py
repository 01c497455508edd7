"""The repair of a person's answers to a withdrawn question: corrections, and the caches anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import asdict, replace

from bot import scoring, streaks
from bot.chat.cards import Reply
from bot.features.feature import Kit
from bot.features.moderation.withdrawing import Voided, Withdrawal
from bot.replay import Derived, corrected, derive
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, Gain, LogRow, Memory


def repair(due: Due, tx: Tx, _kit: Kit) -> Reply:
    """The due row of one person's answers to a withdrawn question, in the name of that person.

    Each of them in this community gets full points and tells nothing of the person any more.
    What was corrected before is left as it is.
    """
    tx.unschedule(due.id)
    rows = tx.log()
    withdrawal = msgspec.json.decode(due.data, type=Withdrawal)
    mends = tuple(_mends(tx, rows, withdrawal))
    if mends:
        for mend in mends:
            tx.append(mend)
        _renew(tx, derive(rows), derive((*rows, *mends)))
    return Reply()


def _mends(tx: Tx, rows: tuple[LogRow, ...], withdrawal: Withdrawal) -> Iterator[LogRow]:
    """The corrections of every counted answer to that question in this community."""
    streak = streaks.Streak()
    for row in corrected(rows):
        answer = msgspec.json.decode(row.data, type=Answer)
        streak = streaks.advance(streak, row.day, answer.rest, shared=answer.shared)
        asked = row.ref and (row.ref.owner, row.ref.id)
        if asked != (withdrawal.ref.owner, withdrawal.ref.id) or answer.void:
            continue
        if row.counted and row.community == tx.community.id:
            points = _full(tx, row, answer, streak.practised - 1)
            yield _mend(tx, row, points, Voided(**_voided(answer), reason=withdrawal.reason))


def _voided(answer: Answer) -> dict[str, Any]:
    return {**asdict(answer), "void": True}


def _full(tx: Tx, row: LogRow, answer: Answer, earlier_today: int) -> int:
    """The most that an answer of its kind brings; what counts on no board stays as it was."""
    if not (answer.periods and answer.scopes):
        return row.points
    if tx.daily(row.instance):
        return scoring.daily(right=True)
    if tx.game(row.instance.partition(".")[0]):
        return scoring.GAME_RIGHT
    return max(row.points, scoring.practice(right=True, earlier_today=earlier_today))


def _mend(tx: Tx, row: LogRow, points: int, voided: Voided) -> LogRow:
    return LogRow(
        kind="correction",
        instance=f"withdrawn.{row.instance}",
        step=row.step,
        turn=row.turn,
        person=tx.person.id,
        external=row.external,
        community=row.community,
        at=tx.origin.at,
        ours=tx.origin.ours,
        day=row.day,
        ref=row.ref,
        area=row.area,
        right=True,
        points=points,
        data=msgspec.json.encode(voided),
        corrects=row.seq,
    )


def _renew(tx: Tx, before: Derived, after: Derived) -> None:
    """Bring what is cached of the person from what the log gave to what it gives now."""
    tx.save_person(replace(tx.person, ability=after.ability))
    for item, memory in before.memories.items():
        if after.memories.get(item) != memory:
            tx.remember(_remembered(tx, memory, after.memories.get(item)))
    for community, scope, period in before.gains.keys() | after.gains.keys():
        if community == tx.community.id:
            was = before.gains.get((community, scope, period))
            now = after.gains.get((community, scope, period))
            tx.gain(_difference(scope, period, was, now))


def _remembered(tx: Tx, before: Memory, after: Memory | None) -> Memory:
    """The memory as it is now; of a question never really answered, only that it was shown."""
    known = tx.memory(before.item, before.owner) or before
    if after is not None:
        return replace(after, shown=known.shown)
    return Memory(
        item=before.item,
        owner=before.owner,
        area=before.area,
        topic=before.topic,
        shown=known.shown,
    )


def _difference(scope: str, period: str, was: Gain | None, now: Gain | None) -> Gain:
    was, now = (one or Gain(scope, period, 0, 0, 0) for one in (was, now))
    return Gain(
        scope,
        period,
        now.points - was.points,
        now.answers - was.answers,
        now.right - was.right,
    )

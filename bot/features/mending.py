"""Mending a log: corrections of a person's answers, and what is cached of them made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import scoring
from bot.replay import Derived, corrected, derive
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, LogRow, Memory
from bot.store.scores import Gain

AT_ONCE = 20  # people whose logs are mended in a second: those who practise must not wait for it


def soon(
    tx: Tx,
    kind: Literal["repair", "regrade"],
    name: str,
    people: Mapping[str, str],
    decided: Struct,
) -> None:
    """Let the logs of these people (external ids by person) be mended, each in their own name.

    `name` tells what was decided: decided again before it is done, it is done once.
    """
    data = msgspec.json.encode(decided)
    for n, (person, external) in enumerate(sorted(people.items())):
        tx.schedule(
            Due(
                id=f"{kind}.{name}.{person}",
                kind=kind,
                at=tx.origin.at + timedelta(seconds=n // AT_ONCE),
                external=external,
                within="" if tx.community.personal else tx.community.external,
                community=tx.community.id,
                data=data,
            )
        )


def counted(rows: tuple[LogRow, ...]) -> Iterator[tuple[LogRow, Answer, int]]:
    """The answers of a log as they count, each with how much practice its day had before it."""
    practised = Counter[date]()
    for row in corrected(rows):
        answer = msgspec.json.decode(row.data, type=Answer)
        practised[row.day] += not answer.shared
        yield row, answer, practised[row.day] - 1


def full(tx: Tx, row: LogRow, answer: Answer, earlier_today: int) -> int:
    """The most that an answer of its kind brings; what counts on no board stays as it was."""
    if not (answer.periods and answer.scopes):
        return row.points
    if tx.daily(row.instance):
        return scoring.daily(right=True)
    if tx.game(row.instance.partition(".")[0]):
        return scoring.GAME_RIGHT
    return max(row.points, scoring.practice(right=True, earlier_today=earlier_today))


def correction(
    tx: Tx, row: LogRow, name: str, answer: Answer, *, right: bool, points: int
) -> LogRow:
    """A row that stands in the place of another one; `name` begins its own instance."""
    return LogRow(
        kind="correction",
        instance=f"{name}.{row.instance}",
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
        right=right,
        points=points,
        counted=not answer.unsettled,
        data=msgspec.json.encode(answer),
        corrects=row.seq,
    )


def mend(tx: Tx, rows: tuple[LogRow, ...], mends: tuple[LogRow, ...]) -> None:
    """Append corrections to a log, and bring what is cached to what the log gives now."""
    for one in mends:
        tx.append(one)
    _renew(tx, derive(rows), derive((*rows, *mends)))


def _renew(tx: Tx, before: Derived, after: Derived) -> None:
    person = replace(tx.person, ability=after.ability)
    if before.streak != after.streak:
        person = replace(person, streak=after.streak)
    tx.save_person(person)
    for item in before.memories.keys() | after.memories.keys():
        was, now = before.memories.get(item), after.memories.get(item)
        if was != now:
            tx.remember(_remembered(tx, was, now))
    for community, scope, period in before.gains.keys() | after.gains.keys():
        if community == tx.community.id:
            key = (community, scope, period)
            tx.gain(_difference(scope, period, before.gains.get(key), after.gains.get(key)))


def _remembered(tx: Tx, before: Memory | None, after: Memory | None) -> Memory:
    """The memory as it is now; of a question never really answered, only that it was shown."""
    one = after or before
    if one is None:
        raise ValueError(tx.person.id)
    known = tx.memory(one.item, one.owner) or one
    if after is not None:
        return replace(after, shown=max(known.shown, after.shown))
    return Memory(
        item=one.item,
        owner=one.owner,
        area=one.area,
        topic=one.topic,
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

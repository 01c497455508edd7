"""Replay: everything cached about a person, derived again from the rows of their log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import ledger, scoring, streaks
from bot.learning import ability
from bot.learning import memory as memories
from bot.learning.ability import Seen
from bot.learning.items import Params
from bot.learning.memory import Felt
from bot.learning.state import Ability
from bot.store.rows import UNNAMED, Answer, LogRow, Memory
from bot.store.scores import Gain
from questions.model import Ref


class Derived(Struct, frozen=True):
    """What the log says a person's caches must be.

    Gains are summed by (community, scope, period).
    """

    answers: int
    streak: streaks.Streak
    ability: Ability
    memories: dict[tuple[str, str], Memory]
    gains: dict[tuple[str, str, str], Gain]


def believed(before: Ability, row: LogRow, answer: Answer) -> Ability:
    """The ability after an answer, from what the log keeps of it."""
    verdict = answer.verdict
    seen = Seen(
        area=row.area,
        topic=answer.topic,
        params=answer.params or Params(hard=answer.difficulty),
        guess=ability.recalling(answer.guess, answer.recall),
        credit=verdict.credit,
        at=row.at,
        hint=answer.hint,
        misconception="" if verdict.right else verdict.misconception,
    )
    return ability.observe(before, seen)


def remembered(before: Memory | None, row: LogRow, answer: Answer, felt: Felt = "") -> Memory:
    """The memory of a question after an answer; stability changes once a local day.

    `felt` is what the person said of it if it was right.
    """
    before = before or met(row, answer)
    if before.last_day == row.day:
        return before
    held = trace(before)
    share = memories.known(
        answer.verdict.credit if not row.right else 1.0,
        memories.recall(held, before.last, row.at),
        round(1 / answer.guess) if answer.guess else 0,
        int(answer.hint),
    )
    after = memories.recalled(held, before.last, row.at, share, felt if row.right else "")
    return replace(
        before,
        due=after.due,
        last=row.at,
        last_day=row.day,
        stability=after.stability,
        difficulty=after.difficulty,
        reps=before.reps + 1,
        lapses=before.lapses + (held is not None and not row.right),
        missed="" if row.right else answer.verdict.misconception or UNNAMED,
        recalls=before.recalls + 1 if row.right else 0,
    )


def met(row: LogRow, answer: Answer) -> Memory:
    """A question that was shown for the first time; nothing is known of its memory yet."""
    if row.ref is None:
        raise ValueError(row)
    return Memory(
        item=row.ref.id,
        owner=row.ref.owner,
        area=row.area,
        topic=answer.topic,
        shown=answer.issued,
    )


def trace(memory: Memory | None) -> memories.Trace | None:
    """What FSRS knows of a question; None before its first answer."""
    if memory is None or memory.last is None or memory.due is None:
        return None
    return memories.Trace(memory.stability, memory.difficulty, memory.due)


class Ease(Struct, frozen=True):
    """The data of a row of ease: the seq of the answer it speaks of, and how that felt."""

    answer: int
    felt: Felt


def eases(rows: Iterable[LogRow]) -> dict[int, Felt]:
    """How answers felt, by their seq; what was said first of one holds."""
    said = (msgspec.json.decode(row.data, type=Ease) for row in rows if row.kind == "ease")
    found: dict[int, Felt] = {}
    for one in said:
        found.setdefault(one.answer, one.felt)
    return found


def retained(rows: Iterable[LogRow], ref: Ref) -> Memory | None:
    """The memory of one question alone, from the rows of a log; None if nothing told of it."""
    every, memory = tuple(rows), None
    felt = eases(every)
    for row in corrected(every):
        if row.ref and (row.ref.owner, row.ref.id) == (ref.owner, ref.id):
            answer = msgspec.json.decode(row.data, type=Answer)
            if answer.telling:
                memory = remembered(memory, row, answer, felt.get(row.seq, ""))
    return memory


def derive(rows: Iterable[LogRow]) -> Derived:
    """Fold a person's rows in the order of their seq; nothing is graded again.

    A correction stands in the place of the row it corrects. `shown` of the memories is the time of
    the newest answered showing, which a cache may exceed.
    """
    rows, counted, state = tuple(rows), list[tuple[LogRow, Answer]](), Ability()
    kept: dict[tuple[str, str], Memory] = {}
    gained: dict[tuple[str, str, str], Gain] = {}
    felt = eases(rows)
    for row in corrected(rows):
        answer = msgspec.json.decode(row.data, type=Answer)
        counted.append((row, answer))
        for gain in gains(row, answer):
            key = (row.community, gain.scope, gain.period)
            gained[key] = _added(gained.get(key), gain)
        if not answer.telling or row.ref is None:
            continue
        state = believed(state, row, answer)
        item = (row.ref.owner, row.ref.id)
        kept[item] = remembered(kept.get(item), row, answer, felt.get(row.seq, ""))
    streak = streaks.replayed(ledger.read(rows, counted)).streak
    return Derived(len(counted), streak, state, kept, gained)


def corrected(rows: Iterable[LogRow]) -> Iterator[LogRow]:
    """The answers of a log as they count: each with the newest correction of it."""
    every = tuple(rows)
    mended = {row.corrects: row for row in every if row.kind == "correction"}
    for row in every:
        if row.kind != "answer" or row.ref is None:
            continue
        yield row.mended(mended.get(row.seq))


def gains(row: LogRow, answer: Answer) -> Iterator[Gain]:
    """What an answer adds to the kept scores of its community."""
    for scope in answer.scopes:
        for period in answer.periods:
            yield Gain(scope, period, row.points, 1, int(row.right))
    held = answer.verdict.misconception
    if held and not row.right and answer.telling:
        for week in (period for period in answer.periods if period.startswith("w")):
            yield Gain(scoring.BELIEVED + held, week, 0, 1, 0)


def _added(held: Gain | None, gain: Gain) -> Gain:
    if held is None:
        return gain
    return Gain(
        gain.scope,
        gain.period,
        held.points + gain.points,
        held.answers + gain.answers,
        held.right + gain.right,
    )

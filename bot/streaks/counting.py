"""Counting an answer: at once where it comes on time, else with the whole ledger before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bot.streaks.dating import Given, dated
from bot.streaks.ledger import Replayed, advance, crowded, on_time, replayed
from bot.streaks.state import Answered, Change, Clock, Ledger, Span, Streak


class Day(Struct, frozen=True, kw_only=True):
    """An answer with its date, and the streak with it.

    `earlier` is the practice that its date had before; `freezes` are earned by it (when, by date)
    and `outages` newly known: rows to be written.
    """

    answer: Answered
    streak: Streak
    earlier: int
    freezes: Mapping[date, datetime] = {}
    outages: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()


class Past(NamedTuple):
    """What is read only where it is needed: the ledger, and the clock that was in force then.

    The clock is None where it never changed since.
    """

    ledger: Callable[[], Ledger]
    clock: Callable[[datetime], Clock | None]


def counted(
    before: Streak, given: Given, past: Past, news: tuple[Span, ...] = (), *, seq: int
) -> Day:
    """Date an answer and count it; `news` are outages that became known since the last one."""
    answer = replace(dated(before, given), seq=seq)
    if news or not on_time(before, answer):
        return _folded(before, given, past, news, seq)
    after = advance(before, answer)
    new = after.last != before.last
    earned = new and any(change.what == "earned" for change in after.changes)
    here = answer.day == after.last
    return Day(
        answer=answer,
        streak=after,
        earlier=after.practised - (not answer.shared)
        if here
        else _practised(past.ledger(), answer.day),
        freezes={answer.day: answer.at} if earned else {},
        changes=after.changes if new else answer.notes,
    )


def _practised(book: Ledger, day: date) -> int:
    return sum(one.day == day and not one.shared for one in book.answers)


def _folded(before: Streak, given: Given, past: Past, news: tuple[Span, ...], seq: int) -> Day:
    """The answer takes the place that its time gives it among all the others."""
    held = past.ledger()
    book = replace(held, outages=(*held.outages, *news))
    forgiven = replayed(book, granting=True).streak
    late = before.at is not None and given.now.at < before.at
    answer = _late(book, given, past, seq) if late else replace(dated(forgiven, given), seq=seq)
    if forgiven.days > before.days:
        ends = tuple(one for span in news for one in (span.since, span.until))
        answer = _noted(answer, Change("restored", forgiven.days, ends))
    whole = replayed(replace(book, answers=(*book.answers, answer)), granting=True)
    return _told(before, forgiven, whole, answer, book, news)


def _told(
    before: Streak,
    forgiven: Streak,
    whole: Replayed,
    answer: Answered,
    book: Ledger,
    news: tuple[Span, ...],
) -> Day:
    after, earned = whole.streak, whole.earned.keys() - book.freezes.keys()
    notes = (*answer.notes, *_mended(forgiven, after, earned))
    return Day(
        answer=answer,
        streak=after,
        earlier=_practised(book, answer.day),
        freezes={day: whole.earned[day] for day in sorted(earned)},
        outages=news,
        changes=notes if after.last == before.last else after.changes,
    )


def _mended(before: Streak, after: Streak, earned: Collection[date]) -> Iterator[Change]:
    """What a date that was filled in has changed."""
    if after.last != before.last:
        return
    if after.freezes > before.freezes + len(earned):
        yield Change("returned", after.freezes)
    elif after.days > before.days:
        yield Change("mended", after.days)


def _late(book: Ledger, given: Given, past: Past, seq: int) -> Answered:
    """An answer older than the newest one: dated by what was known and in force at its time."""
    at = given.now.at
    earlier = replace(
        book,
        answers=tuple(one for one in book.answers if one.at <= at),
        plans=tuple(one for one in book.plans if one.at <= at),
    )
    known = replayed(earlier, granting=True).streak
    clock = past.clock(at) or given.now.clock
    there = replace(given, now=replace(given.now, clock=clock))
    answer = replace(dated(known, there), seq=seq)
    # also of a done date: given before its first answer, it could crowd the dates after it
    whole = replace(book, answers=(*book.answers, answer))
    if known.last is not None and crowded(whole) and not crowded(book):
        refused = Change("soon", dates=(known.last, answer.day), zone=clock.zone)
        return replace(answer, day=known.last, notes=(refused,))
    if any(one.day == answer.day for one in book.answers) or answer.day == book.began.last:
        return answer
    return _noted(answer, Change("late", dates=(answer.day,)))


def _noted(answer: Answered, change: Change) -> Answered:
    return replace(answer, notes=(*answer.notes, change))

"""What the rules of streaks did, a sentence each; rules that did nothing are not mentioned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.say import Reader, count, lines, say
from bot.days import WEEKDAYS, city
from bot.streaks import MOST_FREEZES, Change, What

Sentence = Callable[[Reader, Change], str]


def explained(reader: Reader, change: Change) -> str:
    """One change in a sentence."""
    return _SENTENCES[change.what](reader, change)


def told(reader: Reader, changes: Iterable[Change]) -> str:
    """Changes in the order in which they make sense, a line each; '' where there are none."""
    ordered = sorted(changes, key=lambda one: _ORDER.index(one.what))
    return lines(*(explained(reader, one) for one in ordered))


def on(day: date) -> str:
    """`Wed 25 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


def _listed(dates: tuple[date, ...]) -> str:
    *others, final = map(on, dates)
    return f"{', '.join(others)} and {final}" if others else final


def _were(dates: tuple[date, ...]) -> str:
    return "was" if len(dates) == 1 else "were"


def _time(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return f"{on(there.date())} {there:%H:%M}"


def _earned(reader: Reader, change: Change) -> str:
    sentence = "Seven days done: you earned a freeze ({n} of {most}). It is used by itself."
    return say(reader, sentence, n=change.number, most=MOST_FREEZES)


def _frozen(reader: Reader, change: Change) -> str:
    return say(
        reader,
        "{dates} {were} missed: {freezes} kept your streak, {left} left.",
        dates=_listed(change.dates),
        were=_were(change.dates),
        freezes=count(len(change.dates), "freeze", "freezes"),
        left=change.number or "none",
    )


def _lost(reader: Reader, change: Change) -> str:
    first, *frozen = change.dates
    if frozen:
        return say(
            reader,
            "Your streak of {n} ended: {frozen} took your {freezes}, and {day} was missed too.",
            n=change.number,
            frozen=_listed(tuple(frozen)),
            freezes=count(len(frozen), "freeze", "freezes"),
            day=on(first),
        )
    sentence = "Your streak of {n} ended: {day} was missed, and no freeze was there in time."
    return say(reader, sentence, n=change.number, day=on(first))


def _rested(reader: Reader, change: Change) -> str:
    if not change.number:
        sentence = "{day} asks nothing of you: practice adds no day, your streak begins after it."
        return say(reader, sentence, day=on(change.dates[0]))
    return say(
        reader,
        "{day} asks nothing of you: your streak of {n} is kept, and practice adds nothing.",
        day=on(change.dates[0]),
        n=change.number,
    )


def _away(reader: Reader, change: Change) -> str:
    return say(reader, "Your vacation kept your streak of {n}.", n=change.number)


def _outage(reader: Reader, change: Change) -> str:
    return say(
        reader,
        "I was down on {dates}: your streak of {n} stays, and no freeze was used.",
        dates=_listed(change.dates),
        n=change.number,
    )


def _restored(reader: Reader, change: Change) -> str:
    first, final = change.dates[0], change.dates[-1]
    when = on(first) if first == final else f"{on(first)} to {on(final)}"
    sentence = "I was down on {when}, so that is forgiven: your streak is back at {n}."
    return say(reader, sentence, when=when, n=change.number)


def _skipped(reader: Reader, change: Change) -> str:
    return say(
        reader,
        "A change of the clock cut {dates} short: forgiven, your streak of {n} stays.",
        dates=_listed(change.dates),
        n=change.number,
    )


def _moved(reader: Reader, change: Change) -> str:
    return say(
        reader,
        "By the clock of {city} it is {day}: your days follow it from now on.",
        city=city(change.zone),
        day=on(change.dates[0]),
    )


def _again(reader: Reader, change: Change) -> str:
    today, last = change.dates
    return say(
        reader,
        "By the clock of {city} it is {day} again: your days are counted up to {last}.",
        city=city(change.zone),
        day=on(today),
        last=on(last),
    )


def _grace(reader: Reader, change: Change) -> str:
    sentence = "Asked before your day ended, answered within 15 minutes: it counts for {day}."
    return say(reader, sentence, day=on(change.dates[0]))


def _daily(reader: Reader, change: Change) -> str:
    still = say(reader, " Today still waits for an answer.") if change.number else ""
    return say(reader, "Yesterday's daily counts for {day}.", day=on(change.dates[0])) + still


def _elsewhen(reader: Reader, change: Change) -> str:
    return say(
        reader,
        "The daily of {daily} counts for your today, {day}.",
        daily=on(change.dates[0]),
        day=on(change.dates[1]),
    )


def _soon(reader: Reader, change: Change) -> str:
    counted = "Two dates within 24 hours of travel are counted; this answer goes to {day}."
    said = say(reader, counted, day=on(change.dates[0]))
    if change.at is None:  # it came late: the next date has been since
        return said
    time, where = _time(change.at, change.zone), city(change.zone)
    following = "The next date counts from {time}, {city}."
    return f"{said} {say(reader, following, time=time, city=where)}"


def _late(reader: Reader, change: Change) -> str:
    sentence = "This answer reached me late; it counts for {day}, when you gave it."
    return say(reader, sentence, day=on(change.dates[0]))


def _mended(reader: Reader, change: Change) -> str:
    sentence = "That date was missing: your streak is {n} again."
    return say(reader, sentence, n=change.number)


def _returned(reader: Reader, change: Change) -> str:
    sentence = "That date needed no freeze after all: you have {n} of {most} again."
    return say(reader, sentence, n=change.number, most=MOST_FREEZES)


_SENTENCES: dict[What, Sentence] = {  # in the order in which they are told
    "moved": _moved,
    "again": _again,
    "soon": _soon,
    "grace": _grace,
    "daily": _daily,
    "elsewhen": _elsewhen,
    "late": _late,
    "restored": _restored,
    "outage": _outage,
    "skipped": _skipped,
    "away": _away,
    "frozen": _frozen,
    "lost": _lost,
    "mended": _mended,
    "returned": _returned,
    "rested": _rested,
    "earned": _earned,
}
_ORDER = tuple(_SENTENCES)

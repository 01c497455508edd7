"""How things are named on a screen: letters, commands, dates, question names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from bot.chat.say import Reader, count
from bot.chat.text import plain
from bot.days import WEEKDAYS, local
from bot.grading.verdict import Verdict
from bot.store.rows import Asked, Quiz
from questions.areas import Areas
from questions.model import Case, Choice, Item, Match, Order

LETTERS = "ABCDEFGHIJ"
NEAR_DAYS = 6  # a date this near is named by its weekday
TITLE = 28  # characters that stand in a line with "2 of 5" and a level
FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Shown(Struct, frozen=True):
    """A thing to choose: its letter on the screen, its words, its index as authored."""

    letter: str
    text: str
    index: int


def authored(item: Item) -> tuple[tuple[int, ...], ...]:
    """The order in which its author wrote what is chosen from."""
    match item.body:
        case Choice(options=options):
            return (tuple(range(len(options))),)
        case Case(steps=steps):
            return tuple(tuple(range(len(step.options))) for step in steps)
        case Order(steps=steps):
            return (tuple(range(len(steps))),)
        case Match(pairs=pairs, extra_right=extra):
            return (tuple(range(len(pairs) + len(extra))),)
        case _:
            return ()


def things(item: Item, asked: Asked) -> tuple[Shown, ...]:
    """What can be chosen now, in the order shown; nothing for typed questions."""
    texts: tuple[str, ...]
    match item.body:
        case Choice(options=options):
            literal = item.type == "output"  # what a program prints has no marks of ours
            texts = tuple(plain(o.text) if literal else o.text for o in options)
        case Case(steps=steps):
            texts = tuple(option.text for option in steps[asked.step].options)
        case Order(steps=texts):
            pass
        case Match(pairs=pairs, extra_right=extra):
            texts = (*(pair.right for pair in pairs), *extra)
        case _:
            return ()
    order = asked.order[asked.step if isinstance(item.body, Case) else 0]
    return tuple(Shown(LETTERS[i], texts[index], index) for i, index in enumerate(order))


def answers(quiz: Quiz) -> list[Verdict]:
    """The verdicts that count as answers: a skip is none, a close one not yet."""
    verdicts = (one.verdict for one in quiz.asked)
    return [one for one in verdicts if one and one.mark not in ("skipped", "close")]


def letters(item: Item, asked: Asked, picks: tuple[int, ...]) -> str:
    """The letters under which these authored indices were shown: `A, C`."""
    by_index = {thing.index: thing.letter for thing in things(item, asked)}
    return ", ".join(by_index[pick] for pick in picks if pick in by_index)


def either(names: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last


def command(reader: Reader, name: str, words: str = "") -> str:
    """How a command is typed on the reader's platform."""
    tail = f" {words}" if words else ""
    if name == "quiz":
        return f"/quiz{tail}"
    if reader.platform == "slack":
        return f"/quiz {name}{tail}"
    if reader.platform == "discord" and name not in ("leaderboard", "progress", "daily"):
        return f"/sparring {name}{tail}"
    return f"/{name}{tail}"


def day(when: datetime, now: datetime, zone: str) -> str:
    """`today`, `tomorrow`, `Thursday` or `3 Dec`, in the reader's zone."""
    return date_name(local(when, zone), local(now, zone))


def date_name(one: date, today: date) -> str:
    """A date as people say it on another date."""
    ahead = (one - today).days
    if ahead <= 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    return FULL_DAYS[one.weekday()] if ahead <= NEAR_DAYS else f"{one.day} {one:%b}"


def weekdays(rest: tuple[int, ...]) -> str:
    """`Sat, Sun`, or `none`."""
    return ", ".join(WEEKDAYS[number] for number in sorted(rest)) or "none"


def topic(areas: Areas, area: str, slug: str) -> str:
    """A topic's title if it leaves room for a level, else up to its first comma or colon."""
    if not areas.has(area, slug):
        return slug.replace("-", " ").capitalize()
    title = areas.topic(area, slug).title
    short = (
        title if len(title) <= TITLE else title.split(":", maxsplit=1)[0].split(",", maxsplit=1)[0]
    )
    return _capital(short.strip())


def short_title(title: str) -> str:
    """A title if a phone's line holds it, else as many of its words up to a comma as fit."""
    short = title if len(title) <= TITLE else title.split(":", maxsplit=1)[0].strip()
    while len(short) > TITLE and "," in short:
        short = short.rpartition(",")[0].rstrip()
    return _capital(short)


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def area(areas: Areas, slug: str) -> str:
    """An area's title."""
    return areas.area(slug).title if areas.has(slug) else slug


def onward(quiz: Quiz, position: int) -> str:
    """The word on the button that goes on: the last question finishes."""
    return "Finish" if position + 1 >= len(quiz.asked) else "Next"


def percent(part: int, whole: int) -> str:
    """`71 %`."""
    return f"{round(100 * part / whole)} %" if whole else "0 %"


__all__ = [
    "FULL_DAYS",
    "LETTERS",
    "Shown",
    "area",
    "command",
    "count",
    "date_name",
    "day",
    "letters",
    "onward",
    "percent",
    "short_title",
    "things",
    "topic",
    "weekdays",
]

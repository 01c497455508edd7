"""What a person types after `/plan`: a role, a level and a date, in any order. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from msgspec import Struct

from bot.features.challenge import reading
from bot.features.feature import Kit
from bot.views.shown import FULL_DAYS
from questions import roles
from questions.model import LEVELS, Level
from questions.roles import Role

AHEAD = timedelta(days=366)
MOST = 12  # words that are looked at
WEEK, MONTH = 7, 12
_LEVELS: dict[str, Level] = {
    **{level: level for level in LEVELS},
    "mid-level": "mid",
    "middle": "mid",
    "medior": "mid",
    "entry-level": "junior",
    "graduate": "junior",
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_IN = re.compile(r"(?:in )?(\d{1,3}|[a-z]+) (day|week|month|year)s?(?: from now)?", re.ASCII)
_AGO = re.compile(r"yesterday|last .*|.* ago", re.ASCII)
_STARTS = ("in", "on", "next", "this", "today", "tomorrow", "yesterday", "last")
_SMALL = frozenset(("on", "by", "at", "for", "is", "my", "the", "a", "an", "as", "until", "in"))


class Said(Struct, frozen=True):
    """What was understood; `on` and `role` are None where `when` or `words` names none."""

    role: Role | None
    level: Level | None
    on: date | None
    words: str = ""  # what may be a role
    when: str = ""  # what may be a date


def read(words: str, when: str, today: date) -> Said:
    """The role, level and date of `mid backend 12 Jan`, or of words and a date given apart."""
    tokens = words.replace(",", " ").split()[:MOST]  # in their own letters: they are said back
    if not when:
        tokens, when = _parted(tokens, today)
    level = next((_LEVELS[one] for one in map(str.casefold, tokens) if one in _LEVELS), None)
    rest = " ".join(one for one in tokens if not {one.casefold()} & (_LEVELS.keys() | _SMALL))
    role = roles.find(rest) if rest else None
    if rest and role is None and not when:
        role, rest, when = _beginning(rest.split())
    return Said(role, level, day(when, today), rest, when)


def day(said: str, today: date) -> date | None:
    """The date of `12 Jan`, `next Friday`, `in 6 weeks`, `2027-01-12`; None if it is none.

    `next Friday` is that of next week, `Friday` the next one there is. It may be over: the
    weekday or date of the past that `yesterday`, `last Friday` or `2 weeks ago` name is yesterday.
    """
    text = " ".join(said.casefold().replace(",", " ").split()).removeprefix("on ")
    if _AGO.fullmatch(text):
        return today - timedelta(days=1)
    if text.startswith("next "):
        return _next(text.removeprefix("next "), today)
    if found := _IN.fullmatch(text):
        number = int(found[1]) if found[1].isdecimal() else _NUMBERS.get(found[1])
        return None if number is None else _later(today, number, found[2])
    return reading.day(text.removeprefix("this "), today)


def suggested(_option: str, partial: str, _kit: Kit) -> tuple[str, ...]:
    """Roles that begin so; a level before them stays."""
    *before, last = partial.casefold().split(" ")
    kept = [word for word in before if word in _LEVELS]
    return tuple(" ".join((*kept, slug)) for slug in roles.suggest(last))


def _parted(tokens: list[str], today: date) -> tuple[list[str], str]:
    """The words without the longest run of them that is a date, and that run.

    Where none is one, what begins like a date is taken for it.
    """
    runs = (
        (at, end)
        for length in range(len(tokens), 0, -1)
        for at in range(len(tokens) - length + 1)
        for end in (at + length,)
    )
    for at, end in runs:
        said = " ".join(tokens[at:end])
        if _dated(tokens[at]) and day(said, today):
            return [*tokens[:at], *tokens[end:]], said
    first = next((n for n, one in enumerate(tokens) if _dated(one)), len(tokens))
    return tokens[:first], " ".join(tokens[first:])


def _dated(token: str) -> bool:
    """Whether a date may begin with this word."""
    token = token.casefold()
    names = (*FULL_DAYS, *calendar.month_name[1:])
    begun = len(token) >= reading.BEGUN and any(n.casefold().startswith(token) for n in names)
    return token[0].isdecimal() or token in _STARTS or begun


def _beginning(tokens: list[str]) -> tuple[Role | None, str, str]:
    """The longest beginning that names a role, as it was said, and what is left for a date."""
    for end in range(len(tokens) - 1, 0, -1):
        said = " ".join(tokens[:end])
        if role := roles.find(said):
            return role, said, " ".join(tokens[end:])
    return None, " ".join(tokens), ""


def _later(today: date, number: int, unit: str) -> date:
    if unit in ("month", "year"):
        month = today.month - 1 + number * (MONTH if unit == "year" else 1)
        year, month = today.year + month // MONTH, month % MONTH + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(today.day, last))
    return today + timedelta(days=number * (WEEK if unit == "week" else 1))


def _next(text: str, today: date) -> date | None:
    """`next week` is in a week, `next month` in a month, `next Friday` that of next week."""
    if text in ("week", "month"):
        return _later(today, 1, text)
    monday = today + timedelta(days=WEEK - today.weekday())
    found = reading.day(text, monday)
    named = found is not None and not any(sign.isdecimal() for sign in text)
    return found if named else None

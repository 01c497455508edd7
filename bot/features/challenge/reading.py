"""What an admin types into the forms of a challenge: times, dates, names of areas. Pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from bot.days import WEEKDAYS
from bot.views.shown import FULL_DAYS
from questions.areas import Areas
from questions.meaning import Found, Meaning, Nothing, Unsure, resolve

MONTHS = tuple(calendar.month_name)[1:]
NOON = 12
BEGUN = 3  # letters from which the beginning of a month's or weekday's name is understood
ALL = ("", "all", "everything", "all areas", "any")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]([0-5]\d)|h)?\s*([ap])?\.?m?\.?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?(?:\s*(\d{4}))?", re.ASCII)
_NAMED = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})\.?\s+([a-z]+)\.?,?(?:\s+(\d{4}))?", re.ASCII)
_AMERICAN = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?", re.ASCII)


class Areal(Struct, frozen=True):
    """The areas that were named (none: all of them), and what names no area.

    A topic is written `area/topic`. `near` are titles that may be meant.
    """

    areas: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def clock(said: str) -> str | None:
    """`18:00` of `18:00`, `18.00`, `18h`, `18`, `6 pm`; None where it is no time of a day."""
    found = _TIME.fullmatch(said.strip().casefold())
    if found is None or (said.strip().casefold().endswith("m") and not found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if found[3] == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 else None  # noqa: PLR2004 - hours of a day


def day(said: str, today: date) -> date | None:
    """The date of `tomorrow`, `Friday`, `24 Dec`, `24.12.`, `2026-12-24`; None if it is none.

    Without a year the next such date is meant, today included.
    """
    text = " ".join(said.casefold().split())
    if text in ("today", "tomorrow"):
        return today + timedelta(days=int(text == "tomorrow"))
    if (number := _begins(text, FULL_DAYS)) is not None:
        return today + timedelta(days=(number - today.weekday()) % len(WEEKDAYS))
    if found := _ISO.fullmatch(text):
        return _dated(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return _next(int(found[2]), int(found[1]), found[3], today)
    if found := _NAMED.fullmatch(text):
        month = _begins(found[2], MONTHS)
        return None if month is None else _next(month + 1, int(found[1]), found[3], today)
    if found := _AMERICAN.fullmatch(text):
        month = _begins(found[1], MONTHS)
        return None if month is None else _next(month + 1, int(found[2]), found[3], today)
    return None


def _begins(said: str, among: tuple[str, ...]) -> int | None:
    """The place of the one name that begins so."""
    if len(said) < BEGUN:
        return None
    found = [number for number, name in enumerate(among) if name.casefold().startswith(said)]
    return found[0] if len(found) == 1 else None


def _next(month: int, number: int, year: str | None, today: date) -> date | None:
    if year:
        return _dated(int(year), month, number)
    tries = (_dated(today.year + ahead, month, number) for ahead in range(9))  # 29 Feb is rare
    return next((one for one in tries if one and one >= today), None)


def _dated(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def named(said: str, areas: Areas) -> Areal:
    """The areas of `sql, git` or `databases + caching`; a group is all of its areas."""
    if said.strip().casefold() in ALL:
        return Areal()
    found: list[str] = []
    unknown: list[str] = []
    near: list[str] = []
    for meaning in _meanings(said, areas):
        match meaning:
            case Found(targets=targets):
                scope = (pair for target in targets for pair in target.scope)
                found += ["/".join(part for part in pair if part) for pair in scope]
            case Unsure(words=words, nearest=nearest):
                unknown.append(words)
                near += [target.title for target in nearest]
            case Nothing(words=words):
                unknown.append(words)
    return Areal(_once(found), _once(unknown), _once(near))


def _meanings(said: str, areas: Areas) -> Iterator[Meaning]:
    """Each name alone: a sentence that holds one name would hide the others.

    A title may have commas: what is parted by semicolons is tried whole first.
    """
    for part in filter(None, map(str.strip, re.split(r"[;\n]", said))):
        whole = resolve(part, areas)
        names = [one.strip() for one in re.split(r"[,+]", part) if one.strip()]
        if len(names) < 2 or (isinstance(whole, Found) and whole.sure):  # noqa: PLR2004 - a list
            yield whole
        else:
            yield from (resolve(one, areas) for one in names)


def _once(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))

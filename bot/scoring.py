"""Points: what an answer is worth on the boards, and in which periods it counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.days import date_key, local, month, week

PRACTICE_RIGHT = 2
PRACTICE_COUNTED = 10  # answers of a person's day that may bring points
DAILY_RIGHT = 10
DAILY_TRIED = 3
GAME_RIGHT = 10  # at once; it falls to half until the time is over
GAME_HASTY = -3  # wrong within `HASTY`: guessing before reading must not pay
HASTY = timedelta(seconds=2)
ALL = "all"
EVERYWHERE = "all"  # the scope of the community's own board
BELIEVED = "believed/"  # begins the scopes that count who holds a misconception


def practice(*, right: bool, earlier_today: int) -> int:
    """Points of a practice answer; `earlier_today` counts the day's answers before it."""
    return PRACTICE_RIGHT if right and earlier_today < PRACTICE_COUNTED else 0


def daily(*, right: bool) -> int:
    """Points of a daily's answer."""
    return DAILY_RIGHT if right else DAILY_TRIED


def game(*, right: bool, took: timedelta, whole: timedelta) -> int:
    """Points of a game's answer after `took` of the `whole` time; from all to half, linearly."""
    if not right:
        return GAME_HASTY if took < HASTY else 0
    part = min(1.0, max(0.0, took / whole))
    return round(GAME_RIGHT * (1 - part / 2))


def periods(at: datetime, zone: str, *, by_day: bool = True) -> tuple[str, ...]:
    """The day (if it counts there), the week, the month and all time, in the community's zone."""
    day = local(at, zone)
    longer = (week(day), month(day), ALL)
    return (date_key(day), *longer) if by_day else longer


def place(external: str) -> str:
    """The scope of a challenge's channel."""
    return f"in/{external}"

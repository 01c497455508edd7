"""Points: what an answer is worth on the boards, and in which periods it counts."""

from __future__ import annotations

from datetime import datetime

from bot.days import local, month, week

PRACTICE_RIGHT = 2
PRACTICE_COUNTED = 10  # answers of a person's day that may bring points
ALL = "all"
EVERYWHERE = "all"  # the scope of the community's own board


def practice(*, right: bool, earlier_today: int) -> int:
    """Points of a practice answer; `earlier_today` counts the day's answers before it."""
    return PRACTICE_RIGHT if right and earlier_today < PRACTICE_COUNTED else 0


def periods(at: datetime, zone: str) -> tuple[str, str, str]:
    """The week, the month and all time, in the community's zone."""
    day = local(at, zone)
    return week(day), month(day), ALL

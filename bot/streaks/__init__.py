"""Streaks and days: which date an answer counts for, and the run of dates it makes.

Nothing here reads a clock or a database: a streak is a function of a person's log.
"""

from __future__ import annotations

from bot.streaks import first
from bot.streaks.counting import Day, Past, counted
from bot.streaks.dating import Given, dated
from bot.streaks.gap import resting
from bot.streaks.ledger import Replayed, advance, crowded, on_time, planned, replayed
from bot.streaks.standing import Stand, stand
from bot.streaks.state import (
    MOST_FREEZES,
    Answered,
    Change,
    Clock,
    Ledger,
    Moment,
    Plan,
    Planned,
    Span,
    Streak,
    What,
)

__all__ = [
    "MOST_FREEZES",
    "Answered",
    "Change",
    "Clock",
    "Day",
    "Given",
    "Ledger",
    "Moment",
    "Past",
    "Plan",
    "Planned",
    "Replayed",
    "Span",
    "Stand",
    "Streak",
    "What",
    "advance",
    "counted",
    "crowded",
    "dated",
    "first",
    "on_time",
    "planned",
    "replayed",
    "resting",
    "stand",
]

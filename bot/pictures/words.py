"""The words of a picture: those drawn in it, and the same said without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.chat.charts import Bar, Chart, Named, Outlook, Week
from bot.chat.say import count

AREAS: Final = "Chance of a right answer"
BARS: Final = "bar: the chance  ·  line: its likely range"
WEEKS: Final = "Answers a week"
COLUMNS: Final = "column: answers  ·  filled: right"
MARKS: Final[dict[Named, str]] = {"": "", "strong": "▲", "weak": "▼", "measuring": "○"}


def told(chart: Chart) -> str:
    """Say what the picture shows, in plain text: its alternative text."""
    parts = (_areas(chart), _weeks(chart.weeks), outlook(chart.ready) if chart.ready else "")
    return " ".join(f"{part}." for part in parts if part)


def areas(chart: Chart) -> str:
    """Say what the bars are."""
    return f"{AREAS}, {chart.level}" if chart.level else AREAS


def named(bar: Bar) -> str:
    """Say what an area is, where it is anything: `weak`, `measuring, 6 more`."""
    return f"{bar.named}, {bar.more} more" if bar.named and bar.more else bar.named


def answers(bar: Bar) -> str:
    """Say how much went into it."""
    return count(bar.answers, "answer", "answers")


def state(bar: Bar) -> str:
    """Say beside the bar what its colour says: `▼ weak, 14 answers`."""
    if bar.named == "measuring":
        return f"{MARKS[bar.named]} {named(bar)}"
    return f"{MARKS[bar.named]} {bar.named}, {answers(bar)}" if bar.named else answers(bar)


def percent(share: float) -> str:
    """`71 %`, of a share from 0 to 1."""
    return f"{round(100 * share)} %"


def right(week: Week) -> str:
    """Say which share of a week's answers was right."""
    return percent(week.right / week.answers) if week.answers else ""


def outlook(ready: Outlook) -> str:
    """`Mid level: likely 6 of 10 (5 to 7)`."""
    return f"{ready.label}: likely {ready.expected} of 10 ({ready.low} to {ready.high})"


def _areas(chart: Chart) -> str:
    said = "; ".join(", ".join(_bar(one)) for one in chart.bars)
    return f"{areas(chart)}: {said}" if said else ""


def _bar(bar: Bar) -> Iterator[str]:
    low, high = round(100 * bar.low), round(100 * bar.high)
    yield f"{bar.label} {percent(bar.share)} ({low} to {high})"
    yield answers(bar)
    if said := named(bar):
        yield said


def _weeks(weeks: tuple[Week, ...]) -> str:
    said = "; ".join(_week(one) for one in weeks)
    return f"{WEEKS}: {said}" if said else ""


def _week(week: Week) -> str:
    share = f", {right(week)} right" if week.answers else ""
    return f"{week.label} {week.answers}{share}"

"""The chart of somebody's progress, filled from what is believed of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta

from bot.chat.charts import Bar, Chart, Named, Outlook, Week
from bot.learning.ability import AREA_VAR, predict
from bot.learning.standing import HARD, SURE
from bot.learning.state import Ability, Belief
from bot.store.rows import DayCount
from bot.views import shown
from bot.views.progress import Progress

BARS = 8  # areas: more would need more than a phone's height
WEEKS = 6
GUESS = 0.2  # the chance of a right answer without knowledge, as readiness has it


def chart(
    progress: Progress, ability: Ability, rows: tuple[DayCount, ...], monday: date
) -> Chart | None:
    """Areas with what was named first, the weeks up to that of `monday`; None where nothing is."""
    if not progress.by_area:
        return None
    ready = progress.readiness
    label = f"{progress.level.capitalize()} level"
    return Chart(
        bars=tuple(_bars(progress, ability)),
        weeks=tuple(_weeks(rows, monday)),
        ready=Outlook(label, ready.expected, ready.low, ready.high) if ready else None,
    )


def _bars(progress: Progress, ability: Ability) -> Iterator[Bar]:
    order = sorted(
        progress.by_area, key=lambda one: (_rank(progress, one), -progress.by_area[one].answered)
    )
    left = dict(progress.standing.measuring)
    for slug in order[:BARS]:
        share, low, high = _range(progress.level, ability, slug)
        yield Bar(
            label=shown.short_title(shown.area(progress.areas, slug)),
            share=share,
            low=low,
            high=high,
            answers=progress.by_area[slug].answered,
            named=_named(progress, slug),
            more=left.get(slug, 0),
        )


def _rank(progress: Progress, area: str) -> int:
    return {"weak": 0, "strong": 1}.get(_named(progress, area), 2)


def _named(progress: Progress, area: str) -> Named:
    standing = progress.standing
    if area in standing.weak:
        return "weak"
    if area in standing.strong:
        return "strong"
    return "measuring" if area in dict(standing.measuring) else ""


def _range(level: str, ability: Ability, area: str) -> tuple[float, float, float]:
    """The chance of a right answer at a level, and the range of eight in ten such people."""
    hard = HARD[level]
    spread = ability.overall.var + ability.parts.get(area, Belief(var=AREA_VAR)).var
    shift = SURE * math.sqrt(spread)
    share, low, high = (
        predict(ability, area, "", hard=hard + by, guess=GUESS) for by in (0.0, shift, -shift)
    )
    return share, low, high


def _weeks(rows: tuple[DayCount, ...], monday: date) -> Iterator[Week]:
    for back in range(WEEKS - 1, -1, -1):
        first = monday - timedelta(weeks=back)
        inside = [row for row in rows if first <= row.day < first + timedelta(weeks=1)]
        answers, right = sum(row.answered for row in inside), sum(row.right for row in inside)
        yield Week(f"{first.day} {first:%b}", answers, right)

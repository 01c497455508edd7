"""The chart of somebody's progress, filled from what is believed of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import sqrt

from bot.chat.charts import Bar, Chart, Named, Outlook, Week
from bot.learning import response
from bot.learning.ability import believed
from bot.learning.items import prior
from bot.learning.standing import GUESS, RANGE
from bot.learning.state import Ability
from bot.store.scores import DayCount
from bot.views import shown
from bot.views.progress import Progress
from questions.model import Level

BARS = 8  # areas: more would need more than a phone's height
WEEKS = 6


def chart(
    progress: Progress, ability: Ability, rows: tuple[DayCount, ...], monday: date, at: datetime
) -> Chart | None:
    """Areas with what was named first, as of `at`, and the weeks up to that of `monday`.

    None where nothing was answered.
    """
    if not progress.by_area:
        return None
    ready = progress.readiness
    level = f"{progress.level} level"
    return Chart(
        level=level,
        bars=tuple(_bars(progress, ability, at)),
        weeks=tuple(_weeks(rows, monday)),
        ready=Outlook(level.capitalize(), ready.expected, ready.low, ready.high) if ready else None,
    )


def _bars(progress: Progress, ability: Ability, at: datetime) -> Iterator[Bar]:
    names, left = _names(progress), {one.area: one.more for one in progress.standing.measuring}
    rank = {"weak": 0, "strong": 1}

    def place(slug: str) -> tuple[int, int]:
        return rank.get(names.get(slug, ""), 2), -progress.by_area[slug].answered

    for slug in sorted(progress.by_area, key=place)[:BARS]:
        low, share, high = _range(progress.level, ability, slug, at)
        yield Bar(
            label=shown.short_title(shown.area(progress.areas, slug)),
            share=share,
            low=low,
            high=high,
            answers=progress.by_area[slug].answered,
            named=names.get(slug, ""),
            more=left.get(slug, 0),
        )


def _names(progress: Progress) -> dict[str, Named]:
    standing = progress.standing
    names: dict[str, Named] = {one.area: "measuring" for one in standing.measuring}
    names |= {one.area: "strong" for one in standing.strong}
    return names | {one.area: "weak" for one in standing.weak}


def _range(level: Level, ability: Ability, area: str, at: datetime) -> tuple[float, float, float]:
    """The chance of a right answer at a level, between the ends of what eight in ten lie in."""
    (mean, var), params = believed(ability, area, "", at), prior(level)
    low, share, high = (
        response.chance(mean + by * sqrt(var) - params.hard, 1.0, params.hard_var, GUESS)
        for by in (-RANGE, 0.0, RANGE)
    )
    return low, share, high


def _weeks(rows: tuple[DayCount, ...], monday: date) -> Iterator[Week]:
    for back in range(WEEKS - 1, -1, -1):
        first = monday - timedelta(weeks=back)
        inside = [row for row in rows if first <= row.day < first + timedelta(weeks=1)]
        answers, right = sum(row.answered for row in inside), sum(row.right for row in inside)
        yield Week(f"{first.day} {first:%b}", answers, right)

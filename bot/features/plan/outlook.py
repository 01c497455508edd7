"""How ready a person is for their interview, and will be on its day."""

from __future__ import annotations

from datetime import timedelta

from bot.days import WEEKDAYS
from bot.features.feature import Bank
from bot.features.planned import READY_FROM, Ahead
from bot.features.recording import rest, today
from bot.learning.standing import forecast, readiness
from bot.store.protocol import Tx
from bot.views.plan import Outlook

LOOKED_BACK = 14  # days of which the pace is taken
USUAL = 18  # questions that fifteen minutes hold, where today's are not known


def outlook(tx: Tx, bank: Bank, coming: Ahead, daily: int = USUAL) -> Outlook:
    """The readiness now, on the day at the pace of the last two weeks, and with `daily` a day."""
    missing = max(0, READY_FROM - tx.person.answers)
    plan = coming.plan
    if missing:
        return Outlook(plan, coming.role, coming.days, missing=missing)
    person, at, weights = tx.person.ability, tx.origin.at, coming.weights(bank)
    areas = tuple(weights)
    since = today(tx) - timedelta(days=LOOKED_BACK - 1)
    pace = sum(row.answered for row in tx.days(since)) / LOOKED_BACK
    paced, full = pace * coming.days, float(daily * _practised(tx, coming))
    return Outlook(
        plan,
        coming.role,
        coming.days,
        now=readiness(person, areas, plan.level, weights),
        then=forecast(person, areas, plan.level, weights, at, coming.begins, paced),
        full=forecast(person, areas, plan.level, weights, at, coming.begins, full)
        if full > paced
        else None,
        pace=round(pace),
    )


def _practised(tx: Tx, coming: Ahead) -> int:
    """Days until the interview that are neither rest days nor vacation."""
    day, resting = today(tx), rest(tx)
    resting = () if len(resting) >= len(WEEKDAYS) else resting
    every = (day + timedelta(days=ahead) for ahead in range(coming.days))
    away = tx.person.settings.away
    return sum(
        one.weekday() not in resting and not any(span.holds(one) for span in away) for one in every
    )

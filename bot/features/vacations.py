"""Vacations: the dates a person names, read from what they type."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.features.challenge import reading
from bot.streaks import Span

MOST = 4  # vacations that are kept at once
LONGEST = timedelta(days=92)
AHEAD = timedelta(days=366)
_BETWEEN = re.compile(r"\s+(?:to|until|-)\s+|\s*[\u2013\u2014]\s*")
_NEXT = re.compile(r"\s*[;\n]\s*")


def read(said: str, today: date, known: tuple[Span, ...]) -> tuple[Span, ...] | str:
    """The vacations of `24 Dec to 1 Jan; 2027-03-01 to 2027-03-07`, the next one first.

    '' is none. A word says what is wrong with it: "dates", "past", "long" or "many". One that has
    begun may only be named as it was known.
    """
    spans: list[Span] = []
    for one in filter(None, _NEXT.split(said.strip())):
        span = _span(one, today)
        if isinstance(span, str):
            return span
        begun = [each.since for each in known]
        if span.until < today or (span.since < today and span.since not in begun):
            return "past"
        spans.append(span)
    return "many" if len(spans) > MOST else tuple(sorted(spans, key=lambda span: span.since))


def _span(said: str, today: date) -> Span | str:
    first, *more = _BETWEEN.split(said.strip())
    since = reading.day(first, today)
    if since is None or len(more) > 1:
        return "dates"
    until = reading.day(more[0], since) if more else since
    if until is None or until < since:
        return "dates"
    if until - since >= LONGEST or since > today + AHEAD:
        return "long"
    return Span(since, until)

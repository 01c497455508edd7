"""Answers to learn from, for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.learning import ability
from bot.learning.ability import Seen
from bot.learning.items import Params
from bot.learning.state import Ability

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AREAS = ("git", "http", "linux", "sql")


def seen(
    area: str, credit: float, at: datetime = NOW, *, topic: str = "t", hint: bool = False
) -> Seen:
    """An answer to a mid question of four options."""
    return Seen(area, topic, Params(), 0.25, credit, at, hint=hint)


def taught(person: Ability, area: str, credit: float, times: int, topic: str = "t") -> Ability:
    """So many answers, an hour apart."""
    for number in range(times):
        at = NOW + timedelta(hours=number)
        person = ability.observe(person, seen(area, credit, at, topic=topic))
    return person


def uneven() -> Ability:
    """Twelve right in each of three areas, twelve wrong in SQL."""
    person = Ability()
    for area in AREAS[:3]:
        person = taught(person, area, 1.0, 12)
    return taught(person, "sql", 0.0, 12)

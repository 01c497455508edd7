"""What a person prepares for, as it stands today: the role, the days left, whether to cram."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from bot import days
from bot.features.feature import Bank
from bot.features.recording import zone
from bot.learning.state import Ability
from bot.store.protocol import Tx
from bot.store.rows import Plan
from questions.model import Item
from questions.roles import BY_SLUG, Role
from questions.weights import LOW, weighed

READY_FROM = 60  # answers from which anybody is told how ready they are
CRAM = 14  # days before an interview in which nothing new is begun that it seldom asks about


class Ahead(Struct, frozen=True):
    """An interview that is to come, in so many days (0: today), by a zone and hour of its days."""

    plan: Plan
    role: Role
    days: int
    where: str
    start: int

    @property
    def begins(self) -> datetime:
        """The instant (UTC) at which its day begins."""
        return days.boundary(self.plan.on, self.where, self.start)

    @property
    def crams(self) -> datetime:
        """The instant (UTC) from which cramming goes on."""
        first = self.plan.on - timedelta(days=CRAM - 1)
        return days.boundary(first, self.where, self.start)

    @property
    def cramming(self) -> bool:
        """Whether it is under two weeks away."""
        return self.days < CRAM

    def weights(self, bank: Bank) -> Mapping[str, float]:
        """What such an interview asks of each area."""
        return weighed(self.role, self.plan.level, bank.areas)


def ahead(tx: Tx, where: str = "") -> Ahead | None:
    """The interview that is to come; None without one, and once its day is over.

    By the clock of a zone, of the person's own where none is named.
    """
    own, where = tx.person.settings, where or zone(tx)
    plan, day = own.plan, days.local(tx.origin.at, where, own.day_start)
    role = BY_SLUG.get(plan.role) if plan else None
    if plan is None or role is None or plan.on < day:
        return None
    return Ahead(plan, role, (plan.on - day).days, where, own.day_start)


def unasked(coming: Ahead, weights: Mapping[str, float], ability: Ability, item: Item) -> bool:
    """Whether a new question is left for when nothing else is: of another stack, or too late.

    Shortly before the day no area is begun that such an interview seldom asks about.
    """
    if coming.role.foreign(item.topic):
        return True
    return coming.cramming and item.area not in ability.areas and weights[item.area] < LOW

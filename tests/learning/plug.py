"""simulate.py's engine over the real functions: names and shapes are mapped, nothing is decided."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

from bot.learning import ability, items, picking, standing
from bot.learning.ability import Seen
from bot.learning.items import Showing
from bot.learning.state import Ability

DAY = 86400.0
LABELS = 5


class Engine:
    """An engine of simulate.py; users, items and areas are numbers there, times are seconds."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.areas = [f"a{number}" for number in range(world["areas"])]
        self.area_of = [self.areas[number] for number in world["item_area"]]
        self.guess = [1 / count if count else 0.0 for count in world["item_choices"]]
        self.params = [items.graded((one - 1) / (LABELS - 1)) for one in world["item_label"]]
        self.people: dict[int, Ability] = {}
        self.rng = random.Random(7)
        self.goal = picking.Goal(world["goal"], tuple(self.areas))

    def _moment(self, t: float) -> datetime:
        return datetime.fromtimestamp(t, UTC)

    def observe(self, user: int, item: int, area: int, correct: int, t: float) -> None:
        person, at, params = self.people.get(user, Ability()), self._moment(t), self.params[item]
        guess = self.guess[item]
        mean, var = ability.believed(person, self.area_of[item], "", at)
        seen = Seen(self.area_of[item], "", params, guess, float(correct), at)
        self.people[user] = ability.observe(person, seen)
        showing = Showing(mean, var, guess, float(correct))
        self.params[item] = items.calibrated(params, showing)

    def predict(self, user: int, item: int, area: int, t: float) -> float:
        person = self.people.get(user, Ability())
        return ability.predict(
            person, self.area_of[item], "", self.params[item], self._moment(t), self.guess[item]
        )

    def weakest(self, user: int, count: int) -> list[int]:
        chances = standing.lowest(self.people.get(user, Ability()), tuple(self.areas), count)
        return sorted(range(len(chances)), key=lambda area: -chances[area])[:count]

    def pick(self, user: int, candidates: list[int], t: float) -> int:
        offered = [
            picking.candidate(self.area_of[one], "", self.params[one], self.guess[one])
            for one in candidates
        ]
        person = self.people.get(user, Ability())
        return candidates[picking.pick(person, offered, self.goal, self.rng).index]

    def ability(self, user: int, area: int) -> tuple[float, float]:
        mean, var = ability.shares(self.people.get(user, Ability()), (self.areas[area],))[
            self.areas[area]
        ]
        return mean, var**0.5

    def difficulty(self, item: int) -> float:
        return self.params[item].hard


def factory(world: dict[str, Any]) -> Engine:
    """The engine for a world's public facts."""
    return Engine(world)

"""simulate.py's engine over the real functions: names and shapes are mapped, nothing is decided."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from statistics import fmean
from typing import Any

from bot.learning import ability, items, memory, picking, standing
from bot.learning.ability import Seen
from bot.learning.items import Showing
from bot.learning.memory import Trace
from bot.learning.picking import Candidate, Goal
from bot.learning.state import Ability

GRADES = 5  # of the author's difficulty there
COURSE = timedelta(days=31)  # from the first answer to the day that counts


class Engine:
    """An engine of simulate.py; users, items and areas are numbers there, times are seconds."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.areas = tuple(f"area-{number}" for number in range(world["areas"]))
        self.area_of = [self.areas[number] for number in world["item_area"]]
        self.options = list(world["item_choices"])
        self.guess = [items.guess("single" if one else "short", one) for one in self.options]
        grades = [(one - 1) / (GRADES - 1) for one in world["item_label"]]
        by_area: dict[str, list[float]] = {area: [] for area in self.areas}
        for area, grade in zip(self.area_of, grades, strict=True):
            by_area[area].append(grade)
        usual = {area: fmean(found) for area, found in by_area.items()}
        self.params = [
            items.graded(grade, usual[area])
            for area, grade in zip(self.area_of, grades, strict=True)
        ]
        self.people: dict[int, Ability] = {}
        self.traces: dict[tuple[int, int], tuple[Trace, datetime]] = {}
        self.goal = Goal(world["goal"], self.areas, breadth=len(self.options) / world["areas"])
        self.day: datetime | None = None
        self.rng = random.Random(7)

    def observe(self, user: int, item: int, area: int, correct: int, t: float) -> None:
        person, params, at = self.person(user), self.params[item], moment(t)
        trace, last = self.traces.get((user, item), (None, None))
        recall = memory.recall(trace, last, at)
        guess = ability.recalling(self.guess[item], recall if trace else 0.0)
        mean, var = ability.believed(person, self.area_of[item], "", at)
        seen = Seen(self.area_of[item], "", params, guess, float(correct), at)
        self.people[user] = ability.observe(person, seen)
        self.params[item] = items.calibrated(params, Showing(mean, var, guess, float(correct)))
        if self.goal.kind == "diagnose":
            return  # its learners remember no question, though they meet some again
        share = memory.known(float(correct), recall, self.options[item])
        self.traces[user, item] = memory.recalled(trace, last, at, share), at

    def predict(self, user: int, item: int, area: int, t: float) -> float:
        params, guess, at = self.params[item], self.guess[item], moment(t)
        return ability.predict(self.person(user), self.area_of[item], "", params, at, guess)

    def weakest(self, user: int, count: int) -> list[int]:
        chances = standing.lowest(self.person(user), self.areas, count)
        return sorted(range(len(chances)), key=lambda area: -chances[area])[:count]

    def pick(self, user: int, candidates: list[int], t: float) -> int:
        at = moment(t)
        self.day = self.day or at + COURSE
        left = max(1.0, (self.day - at) / timedelta(days=1))
        new = memory.outlook(None, None, at, left)
        offered = [self.candidate(user, item, at, left, new) for item in candidates]
        return candidates[picking.pick(self.person(user), offered, self.goal, self.rng).index]

    def candidate(
        self, user: int, item: int, at: datetime, left: float, new: memory.Outlook
    ) -> Candidate:
        held = self.traces.get((user, item))
        outlook = memory.outlook(*held, at, left) if held else new
        area, params = self.area_of[item], self.params[item]
        return picking.candidate(area, "", params, self.guess[item], outlook)

    def ability(self, user: int, area: int) -> tuple[float, float]:
        [(mean, var)] = ability.shares(self.person(user), (self.areas[area],)).values()
        return mean, var**0.5

    def difficulty(self, item: int) -> float:
        return self.params[item].hard

    def person(self, user: int) -> Ability:
        return self.people.get(user, Ability())


def moment(t: float) -> datetime:
    return datetime.fromtimestamp(t, UTC)


def factory(world: dict[str, Any]) -> Engine:
    """The engine for a world's public facts."""
    return Engine(world)

"""Picking the next question: to find out what is weak, or to know most on the day that counts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import exp, sqrt
from typing import Literal

from msgspec import Struct

from bot.learning import ability
from bot.learning.items import Params
from bot.learning.memory import NEW, Outlook
from bot.learning.response import SPREAD
from bot.learning.standing import LEARNT, LEAST, LOWEST
from bot.learning.state import Ability, Area

Kind = Literal["diagnose", "learn"]
Reason = Literal["again", "due", "weak", "boundary", "new", "gain"]

# A share of the best value from which a question is as good (randomesque: Kingsbury & Zara 1989):
# drawn among by lot, so that the same few do not wear out.
NEAR = 0.98
FLOOR, LEAN, PRESS = 0.65, 0.44, 0.5  # wanted success; questions at the horizon that a certain hit
# now is worth; how much more for each part by which the person has missed the floor
FEW = 20  # answers that the floor itself weighs in the person's success so far
AGAIN = 2.0  # a misconception tempts in more than the one question it was met in
PEAK, WIDTH = 0.65, 0.35  # learning from an answer by its chance: halfway between the 85 % rule
# (Wilson et al. 2019), learning in proportion to the error, and none of both (PEAK +- WIDTH: 1/e)
BREADTH = 30.0  # questions that an interview may ask of an area: what skill is worth beside memory
OUT = 0.84  # standard deviations under the boundary: four in five


class Candidate(Struct, frozen=True):
    """A question that may be asked now; `slope` is the discrimination itself, not its log.

    `outlook` is what memory makes of it; `again` marks the return of a misconception.
    """

    area: str
    topic: str
    hard: float
    hard_var: float
    slope: float
    guess: float
    outlook: Outlook = NEW
    again: bool = False


class Goal(Struct, frozen=True):
    """What a pick is for.

    `areas` are all that count, `weights` what interviews ask of them (missing ones 1.0), `hard`
    the difficulty they are asked at (logits). `lowest` areas are looked for.
    """

    kind: Kind
    areas: tuple[str, ...]
    weights: Mapping[str, float] = {}
    hard: float = 0.0
    breadth: float = BREADTH
    lowest: int = LOWEST


class Picked(Struct, frozen=True):
    """Which candidate, and why; its chance of a right answer, the answers in its area so far."""

    index: int
    reason: Reason
    chance: float
    n: int


def candidate(
    area: str,
    topic: str,
    params: Params,
    guess: float,
    outlook: Outlook = NEW,
    *,
    again: bool = False,
) -> Candidate:
    """What a pick needs of a question."""
    a = exp(params.slope)
    return Candidate(area, topic, params.hard, params.hard_var, a, guess, outlook, again)


def pick(
    person: Ability, candidates: Sequence[Candidate], goal: Goal, rng: random.Random
) -> Picked:
    """One of the best by lot; questions shown within 12 hours are no candidates.

    Areas are mixed by whoever offers the candidates (bot/features/quiz/choosing.py).
    """
    beliefs = ability.shares(person, goal.areas)
    edge = boundary(beliefs, goal.lowest)
    if goal.kind == "diagnose":
        values = _informing(beliefs, edge, candidates)
    else:
        values = _gaining(person, beliefs, candidates, goal)
    best = max(values)
    least = best - (1.0 - NEAR) * abs(best)
    near = [index for index, value in enumerate(values) if value >= least]
    index = near[int(rng.random() * len(near))]
    return _picked(person, beliefs, edge, candidates[index], index, goal)


def boundary(beliefs: Mapping[str, tuple[float, float]], count: int = LOWEST) -> float:
    """The boundary of the lowest areas (logits): between the means on its two sides."""
    means = sorted(mean for mean, _ in beliefs.values())
    if len(means) <= count:
        return means[-1]
    return (means[count - 1] + means[count]) / 2


def doubt(mean: float, var: float, edge: float) -> float:
    """How much an answer tells of whether an area is among the lowest.

    The answer moves the mean by var^2 x information in the square, and the chance to be below the
    edge moves with it by the density there: exp(-z^2) / var in the square, z the distance from the
    edge in standard deviations. The product, by information.
    """
    apart = mean - edge
    return var * exp(-apart * apart / var)


def _informing(
    beliefs: Mapping[str, tuple[float, float]], edge: float, candidates: Sequence[Candidate]
) -> list[float]:
    """Fisher information, over item uncertainty, around the boundary of the lowest areas."""
    near = {}
    for area in {one.area for one in candidates}:
        mean, var = beliefs[area]
        near[area] = (mean, var, doubt(mean, var, edge))
    values = []
    for one in candidates:
        mean, var, worth = near[one.area]
        a, guess = one.slope, one.guess
        q = 1.0 / (1.0 + exp(a * (one.hard - mean)))
        info = a * a * q * q * (1.0 - q) * (1.0 - guess) / (guess + (1.0 - guess) * q)
        values.append(worth * info / (1.0 + info * (one.hard_var + var)))
    return values


def _gaining(
    person: Ability,
    beliefs: Mapping[str, tuple[float, float]],
    candidates: Sequence[Candidate],
    goal: Goal,
) -> list[float]:
    """Questions more that will be known at the horizon, and the price of a miss now.

    Memory: this question, if the skill does not give it. Skill: all that may be asked of the area.
    """
    price = _price(person)
    near = {}
    for area in {one.area for one in candidates}:
        mean, var = beliefs[area]
        q = 1.0 / (1.0 + exp((goal.hard - mean) / sqrt(1.0 + SPREAD * (1.0 + var))))
        weight = goal.weights.get(area, 1.0)
        near[area] = (mean, SPREAD * var, goal.breadth * LEARNT * q * (1.0 - q), weight)
    values = []
    for one in candidates:
        mean, var, skill, weight = near[one.area]
        a, guess, memory = one.slope, one.guess, one.outlook
        spread = sqrt(1.0 + a * a * (var + SPREAD * one.hard_var))
        miss = (1.0 - guess) * (1.0 - 1.0 / (1.0 + exp(a * (one.hard - mean) / spread)))
        chance = 1.0 - miss * (1.0 - memory.recall)
        held = chance * memory.good + (1.0 - chance) * memory.again - memory.kept
        off = (chance - PEAK) / WIDTH
        gain = miss * (held * AGAIN if one.again else held) + skill * exp(-off * off)
        values.append(weight * gain + price * chance)
    return values


def _price(person: Ability) -> float:
    """What a hit is worth now: more, the less often the person has been right so far."""
    n, right = FEW, FLOOR * FEW
    for one in person.areas.values():
        n, right = n + one.n, right + one.right
    return max(0.0, LEAN + PRESS * (FLOOR - right / n))


def _picked(
    person: Ability,
    beliefs: Mapping[str, tuple[float, float]],
    edge: float,
    chosen: Candidate,
    index: int,
    goal: Goal,
) -> Picked:
    mean, var = beliefs[chosen.area]
    q = 1.0 / (1.0 + exp(chosen.slope * (chosen.hard - mean)))
    chance = 1.0 - (1.0 - chosen.guess) * (1.0 - q) * (1.0 - chosen.outlook.recall)
    n = person.areas.get(chosen.area, Area()).n
    return Picked(index, _reason(chosen, goal.kind, n, (edge - mean) / sqrt(var)), chance, n)


def _reason(chosen: Candidate, kind: Kind, n: int, below: float) -> Reason:
    if chosen.again:
        return "again"
    if chosen.outlook.recall > 0.0:
        return "due"
    if n < LEAST:
        return "new"
    if below > OUT:
        return "weak"
    return "boundary" if kind == "diagnose" else "gain"

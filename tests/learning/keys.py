"""Planted wrong keys: how soon they are found, and how often an honest item is suspected.

`python -m tests.learning.keys 4000`
"""

from __future__ import annotations

import random
import sys
from math import exp

from msgspec import Struct

from bot.learning.items import Params, Showing, calibrated, graded
from bot.learning.suspicion import suspicion

OPTIONS = "ABCD"


class World(Struct, frozen=True):
    """How people and items spread (logits); `trap` is how unevenly wrong options tempt."""

    ability: float = 1.1
    unsure: float = 0.5  # standard deviation of what is known of an ability
    level: float = 0.65  # of difficulty around the author's level
    trap: float = 0.0  # how unevenly the options tempt those who do not know (sd of logits)
    people: int = 0  # 0: somebody new each time; else so many, each again after all the others


def answers(world: World, wrong: bool, length: int, rng: random.Random) -> list[Params]:
    """An item after each of its first answers; A is right, and the key unless `wrong`."""
    grade = rng.choice((0.0, 0.5, 1.0))
    params = graded(grade)
    hard, slope = params.hard + rng.gauss(0, world.level), exp(rng.gauss(0.1, 0.3))
    tempting = [exp(rng.gauss(0, world.trap)) for _ in OPTIONS]
    key = "B" if wrong else "A"
    group = [rng.gauss(0, world.ability) for _ in range(world.people or length)]
    found = []
    for number in range(length):
        ability = group[number % len(group)]
        knows = rng.random() < 1 / (1 + exp(-slope * (ability - hard)))
        said = "A" if knows else rng.choices(OPTIONS, tempting)[0]
        share = world.ability**2 / (world.ability**2 + world.unsure**2)
        believed = share * (ability + rng.gauss(0, world.unsure))
        var = share * world.unsure**2
        credit = float(said == key)
        params = calibrated(params, Showing(believed, var, 0.25, credit, said))
        found.append(params)
    return found


def suspected(world: World, wrong: bool, items: int, length: int, seed: int) -> float:
    """The share of items that are ever suspected within `length` answers."""
    rng = random.Random(seed)
    hits = 0
    for _ in range(items):
        hits += any(suspicion(one) for one in answers(world, wrong, length, rng))
    return hits / items


def main(items: int) -> None:
    print("| world | found within 25 | honest suspected within 25 | within 100 |")
    worlds = {
        "usual": World(),
        "options that tempt": World(trap=1.0),
        "levels that are far off": World(level=1.0),
        "people alike": World(ability=0.8),
        "little known of people": World(unsure=0.8),
        "eight people": World(people=8),
    }
    for name, world in worlds.items():
        found = suspected(world, True, items // 4, 25, 1)
        honest = suspected(world, False, items, 25, 2), suspected(world, False, items // 4, 100, 3)
        print(f"| {name} | {found:.1%} | {honest[0]:.2%} | {honest[1]:.2%} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))

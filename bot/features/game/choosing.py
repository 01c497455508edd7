"""What a game asks: what fits a post, longest not asked in games here, rising a little."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from bot.features.feature import Bank
from bot.features.fitting import fits_a_post
from bot.store.community import GAME_TYPES, Game
from bot.store.protocol import Tx
from questions.asked import Asked as Said
from questions.model import LEVELS, Item, Level

LOOKED_BACK = 30  # games here that are remembered
SHARES = (0.4, 0.8)  # of a game: juniors until there, mids until there, seniors from there


def playable(item: Item) -> bool:
    """Whether it is answered by presses and a phone shows all of it in a channel."""
    return item.type in GAME_TYPES and fits_a_post(item)


def choose(tx: Tx, bank: Bank, said: Said, count: int, rng: random.Random) -> tuple[Item, ...]:
    """At most `count` questions in the order to ask them."""
    pool = [item for item in _pool(bank, said) if playable(item)]
    rng.shuffle(pool)
    ages = _ages(tx.games(LOOKED_BACK))
    areas: Counter[str] = Counter()
    topics: Counter[tuple[str, str]] = Counter()
    taken: list[Item] = []
    for level in ladder(count, said.level):

        def cost(item: Item, level: Level = level) -> tuple[int, ...]:
            apart = abs(LEVELS.index(level) - LEVELS.index(item.level))
            recent = ages.get((item.owner, item.id), 0)
            return recent, apart, areas[item.area], topics[item.area, item.topic]

        if not pool:
            break
        best = min(pool, key=cost)
        pool.remove(best)
        areas[best.area] += 1
        topics[best.area, best.topic] += 1
        taken.append(best)
    return tuple(sorted(taken, key=lambda item: LEVELS.index(item.level)))


def ladder(count: int, level: Level | None) -> tuple[Level, ...]:
    """The level of each question: the one that was named, else from junior to senior."""
    if level is not None:
        return (level,) * count
    return tuple(LEVELS[sum(n / count >= share for share in SHARES)] for n in range(count))


def _pool(bank: Bank, said: Said) -> Iterator[Item]:
    seen: set[str] = set()
    for area, topic in said.scope or tuple((one.slug, "") for one in bank.areas.areas):
        for item in bank.items(area, topic):
            wanted = said.level in (None, item.level) and (
                not said.types or item.type in said.types
            )
            if wanted and item.id not in seen:
                seen.add(item.id)
                yield item


def _ages(games: tuple[Game, ...]) -> dict[tuple[str, str], int]:
    """How recently a question was asked here, by (owner, id): more is more recently."""
    ages: dict[tuple[str, str], int] = {}
    for age, game in enumerate(reversed(games), 1):
        for asked in game.asked:
            ages[asked.ref.owner, asked.ref.id] = age
    return ages

"""What to ask: due, then weakest, then new; and what fills a quiz when questions run short."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from bot.days import TWELVE_HOURS
from bot.features.feature import Bank
from bot.learning import ability
from bot.learning.items import prior
from bot.learning.state import Ability, Area
from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions.model import LEVELS, Item, Level, Type

TYPED: tuple[Type, ...] = ("numeric", "short", "sql", "regex", "open")
TYPED_ONE_IN = 5
LOOKED_AT = 60  # new questions looked up per area of a quiz: a bounded read
WANTED_SUCCESS = 0.70  # what a chosen question should be answered with, guessing included
AIMED = 0.4  # a level away from the one a person prepares for costs as much as this much chance
NOVICE = 15  # answers under which nobody is asked senior questions unasked


class Wanted(Struct, frozen=True):
    """What a quiz is to be made of; an empty scope is everything, no level is any level."""

    scope: tuple[tuple[str, str], ...] = ()
    level: Level | None = None
    types: tuple[Type, ...] = ()
    count: int = 5
    press_only: bool = False
    near: bool = True  # neighbouring topics may fill what is missing


class Drawn(Struct, frozen=True):
    """A chosen question and the word for why."""

    item: Item
    why: str


class Supply(Struct, frozen=True):
    """What was found: questions in the order to ask them, and what had to be taken instead."""

    drawn: tuple[Drawn, ...]
    fill: dict[str, int]  # why -> how many were not plainly new, due or weak
    seen: int  # questions of the wanted kind that the person has met


class _Taking:
    """The quiz as it fills: what is in it, what may still come."""

    def __init__(self, tx: Tx, wanted: Wanted, used: Iterable[str]) -> None:
        self.at = tx.origin.at
        self.wanted = wanted
        self.drawn: list[Drawn] = []
        self.used = set(used)
        typed = wanted.count // TYPED_ONE_IN or 1
        asked_for = any(one in TYPED for one in wanted.types)
        self.typed_left = 0 if wanted.press_only else wanted.count if asked_for else typed

    @property
    def full(self) -> bool:
        return len(self.drawn) >= self.wanted.count

    def take(self, item: Item, why: str) -> bool:
        typed = item.type in TYPED
        if self.full or item.id in self.used or (typed and self.typed_left < 1):
            return False
        self.used.add(item.id)  # of a template too: other numbers are the same question
        self.typed_left -= typed
        self.drawn.append(Drawn(item, why))
        return True

    def rested(self, memory: Memory | None) -> bool:
        return memory is None or memory.shown <= self.at - TWELVE_HOURS


def fits(wanted: Wanted, item: Item) -> bool:
    """Whether a question is of the wanted level and type."""
    return (wanted.level in (None, item.level)) and (not wanted.types or item.type in wanted.types)


def supply(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random, used: Iterable[str] = ()
) -> Supply:
    """Choose the questions of a quiz.

    Due ones take at most half while new ones are left; then the weakest areas first; then, in this
    order: templates with new numbers, the rest of what is due, neighbouring topics.
    """
    taking = _Taking(tx, wanted, used)
    drawn = () if wanted.press_only else tuple(item for item, _ in _numbers(bank, wanted, rng))
    pool = (*dict.fromkeys(_pool(bank, wanted)), *drawn)
    known = _known(tx, pool)
    met = {name for name, one in known.items() if one.due is not None or not taking.rested(one)}
    fresh = [item for item in pool if item.id not in met]
    due = _due(tx, bank, wanted, taking, rng)
    half = math.ceil(wanted.count / 2)
    _take_all(taking, ((item, "due") for item in (due[:half] if fresh else due)))
    _take_all(taking, _ranked(tx, taking, fresh, rng))
    if wanted.scope and not wanted.press_only and not taking.full:
        # an area that is mostly typed was asked for by its name
        taking.typed_left = wanted.count
        _take_all(taking, _ranked(tx, taking, fresh, rng))
    again = ((item, "numbers") for item in drawn if taking.rested(known.get(item.id)))
    _take_all(taking, again)
    _take_all(taking, ((item, "due") for item in due))
    _take_all(taking, _neighbours(tx, bank, wanted, taking, rng))
    if not wanted.press_only and not taking.full:
        taking.typed_left = wanted.count  # rather one more typed question than one less
        _take_all(taking, ((item, "due") for item in due))
        _take_all(taking, _ranked(tx, taking, fresh, rng))
    fill = Counter(one.why for one in taking.drawn if one.why in ("numbers", "near"))
    fill["due"] = max(0, sum(one.why == "due" for one in taking.drawn) - half)
    return Supply(tuple(taking.drawn), dict(+fill), len(met))


def _take_all(taking: _Taking, candidates: Iterable[tuple[Item, str]]) -> None:
    for item, why in candidates:
        if taking.full:
            return
        taking.take(item, why)


def _known(tx: Tx, pool: Sequence[Item]) -> dict[str, Memory]:
    """What the person has met of these, by id; those of the community have ids of their own."""
    found: dict[str, Memory] = {}
    for owner in {item.owner for item in pool}:
        found |= tx.memories([item.id for item in pool if item.owner == owner], owner)
    return found


def _scope(bank: Bank, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    return wanted.scope or tuple((area.slug, "") for area in bank.areas.areas)


def _pool(bank: Bank, wanted: Wanted) -> Iterator[Item]:
    for area, topic in _scope(bank, wanted):
        for item in bank.items(area, topic):
            if fits(wanted, item):
                yield item


def _due(tx: Tx, bank: Bank, wanted: Wanted, taking: _Taking, rng: random.Random) -> list[Item]:
    areas = tuple({area for area, _ in wanted.scope})
    places = frozenset(wanted.scope)
    found = []
    for memory in tx.due(taking.at, areas, LOOKED_AT * 4):
        item = bank.get(memory.item)
        if item is None and bank.is_template(memory.item):
            item = bank.draw(memory.item, f"{rng.getrandbits(40):x}")
        if item is None or not fits(wanted, item) or not taking.rested(memory):
            continue
        if not places or places & {(item.area, ""), (item.area, item.topic)}:
            found.append(item)
    return found


def _ranked(
    tx: Tx, taking: _Taking, fresh: list[Item], rng: random.Random
) -> Iterator[tuple[Item, str]]:
    """New questions, the weakest areas first, no area twice before each had its turn."""
    state = tx.person.ability
    novice = tx.person.answers < NOVICE and taking.wanted.level is None
    shuffled = fresh[:]
    rng.shuffle(shuffled)
    aim = tx.person.settings.level or None
    shuffled.sort(
        key=lambda item: (
            _cost(state, item, taking.at, novice=novice) + AIMED * _apart(aim, item.level)
        )
    )
    turns: Counter[str] = Counter()
    order = []
    for item in shuffled:
        order.append((turns[item.area], item))
        turns[item.area] += 1
    weak = {area for area, low in _weakness(state).items() if low}
    for _, item in sorted(order, key=lambda pair: pair[0]):
        yield item, ("weak" if item.area in weak else "new")


def _cost(state: Ability, item: Item, at: datetime, *, novice: bool) -> float:
    """How far a question is from being the next one worth asking; lower is better."""
    params = prior(item.level, item.type)
    chance = ability.predict(state, item.area, item.topic, params, at, 0.25)
    known = state.areas.get(item.area)
    curious = -0.15 if known is None else 0.05 * math.tanh(_deviation(known)[0])
    late = 1.0 if novice and item.level == "senior" else 0.0
    return round(abs(chance - WANTED_SUCCESS), 1) + curious + late


def _weakness(state: Ability) -> dict[str, bool]:
    """Areas whose deviation is below zero by more than its standard deviation."""
    beliefs = {area: _deviation(held) for area, held in state.areas.items()}
    return {area: mean + sd < 0 for area, (mean, sd) in beliefs.items()}


def _deviation(held: Area) -> tuple[float, float]:
    """Mean and standard deviation of an area by its own answers."""
    var = 1 / (1 / ability.AREA_VAR + held.weight)
    return var * held.pull, math.sqrt(var)


def _numbers(bank: Bank, wanted: Wanted, rng: random.Random) -> Iterator[tuple[Item, str]]:
    if wanted.press_only or (wanted.types and "numeric" not in wanted.types):
        return
    for area, topic in _scope(bank, wanted):
        for template, level in bank.templates(area, topic):
            if wanted.level in (None, level):
                yield bank.draw(template, f"{rng.getrandbits(40):x}"), "numbers"


def _neighbours(
    tx: Tx, bank: Bank, wanted: Wanted, taking: _Taking, rng: random.Random
) -> Iterator[tuple[Item, str]]:
    """Other topics of the same areas, then the areas of the same groups, the same level first."""
    if not wanted.scope or not wanted.near or taking.full:
        return
    own = tuple({area for area, _ in wanted.scope})
    near = [
        area for group in bank.areas.groups if set(group.areas) & set(own) for area in group.areas
    ]
    everywhere = tuple(area.slug for area in bank.areas.areas)
    for places in (own, tuple(dict.fromkeys(near)), everywhere):
        items = [item for area in places for item in bank.items(area)]
        items = [item for item in items if not wanted.types or item.type in wanted.types]
        rng.shuffle(items)
        items.sort(key=lambda item: _apart(wanted.level, item.level))
        items = items[: LOOKED_AT * len(places)]
        known = _known(tx, items)
        yield from ((item, "near") for item in items if item.id not in known)


def _apart(wanted: Level | None, level: Level) -> int:
    return 0 if wanted is None else abs(LEVELS.index(wanted) - LEVELS.index(level))

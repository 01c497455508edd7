"""What to ask: due, then what the engine picks, and what fills a quiz when questions run short."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from bot.features.feature import Bank
from bot.features.planned import ahead
from bot.features.quiz import choosing, pool, returning
from bot.features.quiz.choosing import Field
from bot.features.quiz.pool import Fresh
from bot.features.quiz.wanted import BACK, TYPED, Drawn, Supply, Taking, Wanted
from bot.store.protocol import Tx
from questions.model import LEVELS, Item, Level

NEIGHBOURS = 60  # looked up per area
BACK_SHARE, CRAMMED = 0.5, 0.7  # of a quiz that comes back while new ones are left; before a day
TEMPLATES = 6  # drawn for one choice: each costs more than looking up a question


def supply(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random, used: Iterable[str] = ()
) -> Supply:
    """Choose the questions of a quiz.

    Due ones take at most half while new ones are left (shortly before an interview more than
    half); then new ones as the engine picks them;
    then, in this order: templates with new numbers, the rest of what is due, neighbouring topics.
    """
    taking = Taking(tx, wanted, used)
    now = choosing.field(tx, bank)
    found, numbers = fresh(tx, bank, wanted, now, rng, taking.used)
    due = tuple(returning.due(tx, bank, wanted, rng))
    half = math.ceil(wanted.count * share(tx))
    new = tuple(choosing.ordered(tx, bank, wanted, found, now, rng))
    taking.take_all(due[:half] if new else due)
    taking.take_all(new)
    if wanted.scope and not taking.full:
        # an area that is mostly typed, or mostly longer questions, was asked for by its name
        taking.typed_left = 0 if wanted.press_only else wanted.count
        taking.each_left = wanted.count
        taking.take_all(new)
    taking.take_all(_again(tx, taking, numbers))
    taking.take_all(due)
    taking.take_all(_neighbours(tx, bank, wanted, taking, rng))
    if not taking.full:  # rather one more typed or longer question than one less
        taking.typed_left = 0 if wanted.press_only else wanted.count
        taking.each_left = wanted.count
        taking.take_all((*due, *new))
    fill = Counter(one.why for one in taking.drawn if one.why in ("numbers", "near"))
    back = sum(one.why in BACK for one in taking.drawn)
    fill["due"] = max(0, back - half)
    return Supply(tuple(_opened(taking.drawn)), dict(+fill), found.met)


def _opened(drawn: list[Drawn]) -> list[Drawn]:
    """A quiz begins with a press where it can: the first thing asked is no form."""
    quick = next((one for one in drawn if one.item.type not in TYPED), None)
    if quick is None or drawn[0] is quick:
        return drawn
    return [quick, *(one for one in drawn if one is not quick)]


def share(tx: Tx) -> float:
    """How much of a quiz may come back while new questions are left."""
    coming = ahead(tx)
    return CRAMMED if coming and coming.cramming else BACK_SHARE


def fresh(
    tx: Tx,
    bank: Bank,
    wanted: Wanted,
    now: Field,
    rng: random.Random,
    used: Collection[str] = (),
) -> tuple[Fresh, tuple[Item, ...]]:
    """New questions, and draws of templates that are among them where they were never met.

    Of the areas in focus where none is named, of all where too little is left of those.
    """
    if not wanted.scope:
        focus = replace(wanted, scope=choosing.focus(now, rng))
        found, numbers = _among(tx, bank, focus, rng)
        left = (item for item in found.items if item.id not in used)
        if sum(not wanted.press_only or item.type not in TYPED for item in left) >= wanted.count:
            return found, numbers
    return _among(tx, bank, wanted, rng)


def _among(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random
) -> tuple[Fresh, tuple[Item, ...]]:
    numbers = () if wanted.press_only else tuple(_numbers(bank, wanted, rng))
    return pool.fresh(tx, bank, wanted, rng, numbers), numbers


def next_new(
    tx: Tx, bank: Bank, wanted: Wanted, rng: random.Random, used: Iterable[str]
) -> Drawn | None:
    """The new question that the engine would ask now, None where there is none."""
    taken = set(used)
    now = choosing.field(tx, bank)
    found, _ = fresh(tx, bank, wanted, now, rng, taken)
    left = tuple(item for item in found.items if item.id not in taken)
    found = replace(found, items=left)
    return next(choosing.ordered(tx, bank, wanted, found, now, rng), None)


def _again(tx: Tx, taking: Taking, numbers: tuple[Item, ...]) -> Iterator[Drawn]:
    """Templates that were met, with new numbers."""
    known = pool.memories(tx, numbers) if numbers and not taking.full else {}
    yield from (Drawn(one, "numbers") for one in numbers if taking.rested(known.get(one.id)))


def _numbers(bank: Bank, wanted: Wanted, rng: random.Random) -> Iterator[Item]:
    """A draw of each template of what is wanted, of a few where there are many."""
    if wanted.types and "numeric" not in wanted.types:
        return
    named = [
        template
        for area, topic in pool.places(bank, wanted)
        for template, level in bank.templates(area, topic)
        if wanted.level in (None, level)
    ]
    for template in rng.sample(named, min(len(named), TEMPLATES)):
        yield bank.draw(template, f"{rng.getrandbits(40):x}")


def _neighbours(
    tx: Tx, bank: Bank, wanted: Wanted, taking: Taking, rng: random.Random
) -> Iterator[Drawn]:
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
        items = items[: NEIGHBOURS * len(places)]
        known = pool.memories(tx, items)
        yield from (Drawn(item, "near") for item in items if item.id not in known)


def _apart(wanted: Level | None, level: Level) -> int:
    return 0 if wanted is None else abs(LEVELS.index(wanted) - LEVELS.index(level))

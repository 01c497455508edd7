"""What a quiz is to be made of, and what was found for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from bot.days import TWELVE_HOURS
from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions.model import Item, Level, Type

TYPED: tuple[Type, ...] = ("numeric", "short", "sql", "regex", "open")
LONGER: tuple[Type, ...] = ("multi", "order", "match", "case")  # more than one press each
ONE_IN = 5  # questions of a quiz that may be typed, or of one of the longer types
NEW = ("new", "weak", "boundary", "gain")  # why a question is asked that was never met
BACK = ("due", "missed", "again", "typed", "once")  # why one comes back


class Wanted(Struct, frozen=True):
    """What a quiz is to be made of; an empty scope is everything, no level is any level."""

    scope: tuple[tuple[str, str], ...] = ()
    level: Level | None = None
    types: tuple[Type, ...] = ()
    count: int = 5
    press_only: bool = False
    near: bool = True  # neighbouring topics may fill what is missing

    def fits(self, item: Item) -> bool:
        """Whether a question is of the wanted level and type."""
        return self.level in (None, item.level) and (not self.types or item.type in self.types)


class Drawn(Struct, frozen=True):
    """A chosen question and the word for why."""

    item: Item
    why: str


class Supply(Struct, frozen=True):
    """What was found: questions in the order to ask them, and what had to be taken instead."""

    drawn: tuple[Drawn, ...]
    fill: dict[str, int]  # why -> how many were not plainly new, due or weak
    seen: int  # questions of the wanted kind that the person has met


class Taking:
    """The quiz as it fills: what is in it, what may still come."""

    def __init__(self, tx: Tx, wanted: Wanted, used: Iterable[str]) -> None:
        self.at = tx.origin.at
        self.wanted = wanted
        self.drawn: list[Drawn] = []
        self.used = set(used)
        few = wanted.count // ONE_IN or 1
        asked_for = any(one in TYPED for one in wanted.types)
        self.typed_left = 0 if wanted.press_only else wanted.count if asked_for else few
        self.each_left = wanted.count if wanted.types else few  # of each longer type
        self.had: Counter[Type] = Counter()

    @property
    def full(self) -> bool:
        """Whether there is no room left."""
        return len(self.drawn) >= self.wanted.count

    def take(self, one: Drawn) -> bool:
        """Take a question in, if there is room and it is not in already."""
        item, typed = one.item, one.item.type in TYPED
        if self.full or item.id in self.used or (typed and self.typed_left < 1):
            return False
        if item.type in LONGER and self.had[item.type] >= self.each_left:
            return False
        self.had[item.type] += 1
        self.used.add(item.id)  # of a template too: other numbers are the same question
        self.typed_left -= typed
        self.drawn.append(one)
        return True

    def take_all(self, candidates: Iterable[Drawn]) -> None:
        """Take in what fits until it is full."""
        for one in candidates:
            if self.full:
                return
            self.take(one)

    def rested(self, memory: Memory | None) -> bool:
        """Whether it was not shown within twelve hours."""
        return memory is None or memory.shown <= self.at - TWELVE_HOURS

"""Issuing a question: its order on the screen, its place in the quiz, what is kept of it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from bot.days import TWELVE_HOURS
from bot.features.feature import Bank, Kit
from bot.features.quiz.wanted import Drawn
from bot.features.recording import shown
from bot.store.protocol import Tx
from bot.store.rows import Asked, Quiz
from questions.model import Case, Choice, Item, Match, Order, Type

BLIND: tuple[Type, ...] = ("single", "multi", "output")  # whose options can be hidden first


def asked(item: Item, why: str, rng: random.Random) -> Asked:
    """A question as it will stand in a quiz, with an order of its own."""
    return Asked(ref=item.ref, type=item.type, why=why, order=order(item, rng))


def quiz(tx: Tx, kit: Kit, title: str, drawn: Iterable[Drawn], words: str = "") -> Quiz:
    """A person's quiz of these questions; `words` are those with which it was asked for."""
    rng = kit.rng(f"{tx.origin.key}/orders")
    return Quiz(
        id=kit.new_id(),
        person=tx.person.id,
        community=tx.community.id,
        place=tx.origin.place,
        title=title,
        words=words,
        asked=tuple(asked(one.item, one.why, rng) for one in drawn),
        started=tx.origin.at,
        touched=tx.origin.at,
    )


def fresh(tx: Tx, quiz: Quiz) -> bool:
    """Whether an open quiz is young enough to go on."""
    return quiz.touched > tx.origin.at - TWELVE_HOURS


def order(item: Item, rng: random.Random) -> tuple[tuple[int, ...], ...]:
    """A random permutation for each thing to choose from; steps are never shown in their order."""
    match item.body:
        case Choice(options=options):
            return (_shuffled(len(options), rng, fixed=item.fixed_order),)
        case Case(steps=steps):
            return tuple(_shuffled(len(step.options), rng) for step in steps)
        case Order(steps=steps):
            right = tuple(range(len(steps)))
            while (drawn := _shuffled(len(steps), rng)) == right:
                pass
            return (drawn,)
        case Match(pairs=pairs, extra_right=extra):
            return (_shuffled(len(pairs) + len(extra), rng),)
        case _:
            return ()


def _shuffled(length: int, rng: random.Random, *, fixed: bool = False) -> tuple[int, ...]:
    indices = list(range(length))
    if not fixed:
        rng.shuffle(indices)
    return tuple(indices)


def issue(tx: Tx, bank: Bank, quiz: Quiz, position: int) -> tuple[Quiz, Item | None]:
    """Show the question at `position` now: it is kept by hash and will not come again for 12 hours.

    No item where neither the bank nor the kept questions have it any more.
    """
    one = quiz.asked[position]
    item = find(tx, bank, one)
    now: datetime = tx.origin.at
    if item is not None and one.issued is None:
        tx.keep(item)
        shown(tx, item, tx.memory(item.id, item.owner), now)
        known = tx.calibrated(item.ref)
        hides = tx.person.settings.blind and item.type in BLIND and bool(quiz.person)
        one = replace(one, issued=now, params=known, blind=hides)
    return replace(with_asked(quiz, position, one), at=position, touched=now), item


def find(tx: Tx, bank: Bank, one: Asked) -> Item | None:
    """A question as it was asked: from the bank if it still has that version, else as kept."""
    return bank.find(one.ref) or tx.item(one.ref)


def with_asked(quiz: Quiz, position: int, one: Asked) -> Quiz:
    """The quiz with this question changed."""
    return replace(quiz, asked=(*quiz.asked[:position], one, *quiz.asked[position + 1 :]))

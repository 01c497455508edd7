"""What a reply becomes on Discord: a first response, then follow-ups. Pure."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from adapters.discord import words
from adapters.discord.arrivals import Arrival
from adapters.discord.render import Payload, message
from bot.chat.cards import Card

How = Literal["answer", "update", "settle", "original", "follow", "thread"]
NOTHING = Payload({})


class Step(Struct, frozen=True):
    """One request to Discord.

    `answer`, `update` and `settle` are first responses: a new message, a change of the pressed
    one, and a bare acknowledgement. `original` changes what a late answer was announced with.
    """

    how: How
    payload: Payload = NOTHING


def steps(arrival: Arrival, cards: tuple[Card, ...], *, announced: bool) -> tuple[Step, ...]:
    """Show these cards.

    `announced` tells that a first response has said already that the answer will come late.
    """
    head = _late(arrival, cards) if announced else _first(arrival, cards)
    if head is None:
        return (*_nothing(arrival, cards, announced=announced), *_after(arrival, cards))
    card, step = head
    return (step, *_after(arrival, tuple(one for one in cards if one is not card)))


def _first(arrival: Arrival, cards: tuple[Card, ...]) -> tuple[Card, Step] | None:
    """Choose the card for the first response, which alone can replace and is in no thread."""
    for card in cards:
        if _replaces(arrival, card):
            return card, Step("update", message(card))
    for card in cards:
        if not _threaded(arrival, card):
            return card, Step("answer", message(card, private=_private(arrival, card)))
    return None


def _late(arrival: Arrival, cards: tuple[Card, ...]) -> tuple[Card, Step] | None:
    """Choose the card that takes the place of the announcement, which is as private as it was."""
    for card in cards:
        alone = _replaces(arrival, card) if arrival.pressed else _private(arrival, card)
        if alone or (arrival.direct and not arrival.pressed):
            return card, Step("original", message(card))
    return None


def _nothing(arrival: Arrival, cards: tuple[Card, ...], *, announced: bool) -> tuple[Step, ...]:
    if arrival.pressed:
        return () if announced else (Step("settle"),)
    card = words.shown() if cards else words.done()
    return (Step("original" if announced else "answer", message(card, private=not announced)),)


def _after(arrival: Arrival, cards: tuple[Card, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            "thread" if _threaded(arrival, card) else "follow",
            message(card, private=_private(arrival, card)),
        )
        for card in cards
    )


def _replaces(arrival: Arrival, card: Card) -> bool:
    return card.to == "replace" and arrival.own


def _private(arrival: Arrival, card: Card) -> bool:
    return card.to == "private" or (card.to == "replace" and not arrival.direct)


def _threaded(arrival: Arrival, card: Card) -> bool:
    """Whether it goes under the pressed message; elsewhere there is no thread to be had."""
    free = not (arrival.own or arrival.direct or arrival.thread)
    return card.to == "thread" and bool(arrival.pressed) and free

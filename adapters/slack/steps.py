"""What a reply becomes in Slack: where each card goes. Pure."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from adapters.slack import words
from adapters.slack.arrivals import Arrival
from bot.chat.cards import Card

How = Literal[
    "update", "swap", "direct", "whisper", "place", "thread", "modal", "home", "point", "point-home"
]
# Cards that have to last: ephemeral messages are gone on reload and cannot be edited, so a
# question goes to the direct messages wherever it was asked for.
LASTING: Final = ("question", "verdict", "close")


class Step(Struct, frozen=True):
    """One card on its way.

    `update` changes the pressed message, `swap` an ephemeral one, `modal` and `home` what is open;
    `direct` is a new direct message, `whisper` an ephemeral one, `place` and `thread` are for
    everybody. `point` says in place of the pressed or beside the command where the quiz is.
    """

    how: How
    card: Card


def steps(arrival: Arrival, cards: tuple[Card, ...], *, own: bool) -> tuple[Step, ...]:
    """Show these cards; `own` tells that it happened in the app's own direct conversation."""
    if arrival.passing:
        return tuple(step for card in cards for step in _extra(arrival, card, own=False))
    main = _main(arrival, cards)
    rest = (card for card in cards if card is not main)
    others = tuple(step for card in rest for step in _extra(arrival, card, own=own))
    if main is not None:
        return (*_head(arrival, main, own=own), *others)
    if _in_modal(arrival):
        return (Step("modal", words.shown() if cards else words.done()), *others)
    if others and arrival.behind.surface == "home":  # what was pressed there shall not seem dead
        return (*others, Step("point-home", others[-1].card))
    if not cards and arrival.kind == "command":
        return (Step("direct" if own else "whisper", words.done()),)
    return others


def _in_modal(arrival: Arrival) -> bool:
    return arrival.kind == "form" or arrival.behind.surface in ("post", "modal")


def _main(arrival: Arrival, cards: tuple[Card, ...]) -> Card | None:
    """The card that takes the place of what was pressed; in a modal a private one will do."""
    wanted = ("replace", "private") if _in_modal(arrival) else ("replace",)
    for target in wanted:
        for card in cards:
            if card.to == target:
                return card
    return None


def _head(arrival: Arrival, card: Card, *, own: bool) -> tuple[Step, ...]:
    if arrival.kind != "form":
        return _there(arrival, card, own=own)
    behind = arrival.behind.surface
    if card.to != "replace" or behind not in ("direct", "ephemeral", "home"):
        return (Step("modal", card),)
    return (Step("modal", card), *_there(arrival, card, own=own))


def _there(arrival: Arrival, card: Card, *, own: bool) -> tuple[Step, ...]:
    lasting = _lasting(card)
    match arrival.behind.surface:
        case "direct":
            return (Step("update", card),)
        case "ephemeral":
            return (Step("direct", card), Step("point", card)) if lasting else (Step("swap", card),)
        case "home":
            if lasting and not card.picture:
                return (Step("direct", card), Step("point-home", card))
            return (Step("home", card),)
        case "post" | "modal":
            return (Step("modal", card),)
        case "command" if own or not arrival.behind.channel:
            return (Step("direct", card),)
        case "command":
            return (
                (Step("direct", card), Step("point", card)) if lasting else (Step("whisper", card),)
            )


def _lasting(card: Card) -> bool:
    """Whether it goes to the direct messages: a picture and a file can be nowhere else in private.

    An ephemeral message takes no file, nor a picture where the app is no member.
    """
    return card.view.startswith(LASTING) or bool(card.picture or card.file)


def _extra(arrival: Arrival, card: Card, *, own: bool) -> tuple[Step, ...]:
    behind = arrival.behind
    if own or not behind.channel:
        return (Step("direct", card),)
    if card.to in ("private", "replace"):
        if card.picture or card.file:
            return Step("direct", card), Step("point", card)
        return (Step("whisper", card),)
    if card.to == "thread" and (behind.message or behind.thread):
        return (Step("thread" if behind.surface != "ephemeral" else "place", card),)
    return (Step("place", card),)

"""Bytes of pictures and decks: made on a worker thread, where a card leaves the core."""

from __future__ import annotations

import asyncio
import logging

from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.say import paragraphs
from bot.chat.text import plain

log = logging.getLogger("sparring")


async def complete(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Give cards whose pictures are drawn and whose files are packed.

    Of a picture that cannot be drawn the words are left. Raises what hinders a file.
    """
    if not any(map(_lacks, cards)):
        return cards
    return tuple([await asyncio.to_thread(finished, one) if _lacks(one) else one for one in cards])


def _lacks(card: Card) -> bool:
    picture, file = card.picture, card.file
    return bool(
        (picture and picture.chart and not picture.png) or (file and file.deck and not file.data)
    )


def finished(card: Card) -> Card:
    """Make them here and now, on whatever thread this is."""
    if card.picture and card.picture.chart and not card.picture.png:
        card = _drawn(card)
    if card.file and card.file.deck and not card.file.data:
        from bot.decks import packed  # noqa: PLC0415 - loads genanki, on this thread

        card = replace(card, file=replace(card.file, data=packed(card.file.deck)))
    return card


def _drawn(card: Card) -> Card:
    picture = card.picture
    if picture is None or picture.chart is None:
        return card
    try:
        from bot.pictures.drawing import drawn  # noqa: PLC0415 - loads Pillow, on this thread

        return replace(card, picture=replace(picture, png=drawn(picture.chart)))
    except Exception:
        log.exception("a picture could not be drawn")
        return replace(card, picture=None, text=paragraphs(card.text, plain(picture.alt)))

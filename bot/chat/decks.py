"""What a deck of flash cards is packed from; its texts are in the subset of `bot.chat.text`."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Source(Struct, frozen=True):
    """Where an answer can be read: an https address of the bank."""

    label: str
    url: str


class Note(Struct, frozen=True, kw_only=True):
    """One question. `id` names it for ever: packed again, it replaces the card made of it before.

    `front` asks and `back` answers; `labels` have no spaces.
    """

    id: str
    front: str
    back: str
    source: Source | None = None
    labels: tuple[str, ...] = ()


class Deck(Struct, frozen=True):
    """Notes under a title, as of a moment (aware); every deck of ours is the same one in Anki."""

    title: str
    at: datetime
    notes: tuple[Note, ...]

"""What the bot says unasked: posts and edits, with the opaque name of a sent message."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from bot.chat.cards import Card

Where = Literal["place", "thread", "direct", "home"]


class Message(Struct, frozen=True):
    """A sent message; `id` is opaque, only the adapter of `platform` reads it."""

    platform: str
    id: str


class Post(Struct, frozen=True, kw_only=True):
    """A card on its way to somebody.

    `target` is the external id of a place (place, thread) or of a person (direct, home).
    `dedupe` names the post for ever: the same post is sent once. With `edits` it changes that
    message instead; a thread message names the message it stands under in `under`.
    """

    dedupe: str
    where: Where
    target: str
    card: Card
    edits: Message | None = None
    under: Message | None = None


class Later(Exception):
    """The platform asks for patience: the same post may be sent again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Refused(Exception):
    """The platform will never take this post; its text says why."""


class Poster(Protocol):
    """What an adapter sends posts with."""

    async def send(self, post: Post) -> Message:
        """Send or edit; sending the same post twice shows it once. Raises Later or Refused."""

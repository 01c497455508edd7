"""What the bot says unasked: posts and edits, with the opaque name of a sent message."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct

from bot.chat.cards import Card

Where = Literal["place", "thread", "direct", "home"]


class Message(Struct, frozen=True):
    """A sent message; `id` is opaque, only the adapter of `platform` reads it.

    `at` is the platform's own time at which it was sent or changed, where it says so.
    """

    platform: str
    id: str
    at: datetime | None = None


class Post(Struct, frozen=True, kw_only=True):
    """A card on its way to somebody.

    `target` is the external id of a place (place, thread) or of a person (direct, home).
    `dedupe` names the post for ever: the same post is sent once. With `edits` it changes that
    message instead; a thread message names the message it stands under in `under`.
    `back` is a token by which a feature is told what became of the post, in the community whose
    external id is `community`. After `until` it is not sent any more. With `admins` it is sent only
    if its person is an admin of the community by then.
    """

    dedupe: str
    where: Where
    target: str
    card: Card
    edits: Message | None = None
    under: Message | None = None
    back: str = ""
    community: str = ""
    until: datetime | None = None
    admins: bool = False


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of a post with a `back`: the message, or why it will never be sent.

    With `gone` it is the place that takes nothing from me, whatever the post. `at` is our time.
    """

    post: Post
    message: Message | None = None
    why: str = ""
    gone: bool = False
    at: datetime


class Later(Exception):
    """The platform asks for patience: the same post may be sent again after `seconds`.

    With `everywhere` nothing else may be sent to the platform before that either. `unsure` where
    the platform may have taken it all the same: the next attempt is not the first.
    """

    def __init__(self, seconds: float, *, everywhere: bool = False, unsure: bool = False) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds
        self.everywhere = everywhere
        self.unsure = unsure


class Refused(Exception):
    """The platform will never take this post; its text says why.

    `gone` where that is the place's doing: it would take no other post of mine either until
    somebody lets me in. A post that is too long, or drawn as the platform does not like it, is not.
    """

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


class Poster(Protocol):
    """What an adapter sends posts with."""

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Send or edit; sending the same post twice shows it once. Raises Later or Refused.

        `first` promises that nobody can have tried before, which may save a look-up.
        """

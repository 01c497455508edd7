"""What a platform is asked about rights: the person's to decide, and the bot's own in a place."""

from __future__ import annotations

from typing import Final, Protocol

from bot.chat.events import Origin

OPTIONAL: Final = "Optional: "  # what is lacking and begins so keeps nothing from being posted


class Rights(Protocol):
    """One for each platform; adapters fulfil it, and keep what they were told for 5 minutes."""

    async def admin(self, origin: Origin) -> bool | None:
        """Whether this person may decide for this community; None where it gets no answer."""

    async def lacks(self, place: str) -> tuple[str, ...]:
        """What the bot may not do there that a daily needs, a sentence each; () if nothing.

        A sentence that begins with OPTIONAL is to be said, and forbids nothing.
        """

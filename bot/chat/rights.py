"""What a platform is asked about rights: the person's to decide, and the bot's own in a place."""

from __future__ import annotations

from typing import Protocol

from bot.chat.events import Origin


class Rights(Protocol):
    """One for each platform; adapters fulfil it, and keep what they were told for 5 minutes."""

    async def admin(self, origin: Origin) -> bool:
        """Whether this person may decide for this community; False where nobody can say."""

    async def lacks(self, place: str) -> tuple[str, ...]:
        """What the bot may not do there that a daily needs, a sentence each; () if nothing."""

"""Which cards stand in a channel or its threads, for everybody to see."""

from __future__ import annotations

from typing import Final

from bot.chat.cards import Card

# views that the clock posts: what posts them says where, not the card
POSTED: Final = frozenset(
    {
        "daily",
        "daily-closed",
        "daily-split",
        "game-explained",
        "game-over",
        "game-question",
        "game-split",
        "leaderboard-winners",
    }
)


def is_public(card: Card) -> bool:
    """Whether everybody sees it."""
    return card.to in ("place", "thread") or card.view in POSTED

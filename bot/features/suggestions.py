"""Suggestions: what a partly typed argument may become, wherever it is asked for."""

from __future__ import annotations

from bot.features.feature import Kit
from questions import words
from questions.roles import suggest


def areas(_option: str, partial: str, kit: Kit) -> tuple[str, ...]:
    """Areas and topics, also as parts of a mix."""
    return words.suggest(partial, kit.bank("").areas, frozenset(kit.words))


def types(_option: str, partial: str, kit: Kit) -> tuple[str, ...]:
    """Types of questions that can be drawn."""
    return tuple(sorted(t for t in kit.bank("").types() if t.startswith(partial.casefold())))


def roles(_option: str, partial: str, _kit: Kit) -> tuple[str, ...]:
    """What people prepare for."""
    return suggest(partial)

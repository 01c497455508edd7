"""Proofs by reading: two people have read the section of the primary source."""

from __future__ import annotations

from datetime import date

from questions.model import Item
from questions.proofs.outcome import Outcome
from questions.proofs.runtimes import Runtimes

READERS = 2
STALE = 548  # days, 18 months


def prove(item: Item, _: Runtimes) -> Outcome:
    """Count the readers; nothing is run."""
    if len(set(item.proof.readers)) < READERS:
        return Outcome(
            "waits", "waits for a second reader: read the section, add your name to 'readers'"
        )
    return Outcome("read")


def stale(item: Item, today: date) -> bool:
    """Whether the reading is older than 18 months; False when its date cannot be read."""
    try:
        return (today - date.fromisoformat(item.proof.date)).days > STALE
    except ValueError:
        return False

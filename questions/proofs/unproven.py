"""No proof: the question was imported, and nobody has established its key yet."""

from __future__ import annotations

from questions.model import UNPROVEN, Item
from questions.proofs.outcome import Outcome
from questions.proofs.runtimes import Runtimes


def prove(_item: Item, _: Runtimes) -> Outcome:
    """Say so; nothing is run, and nothing is locked."""
    return Outcome(UNPROVEN, "imported and not checked: write a proof, docs/authors.md has them")

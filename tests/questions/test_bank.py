"""The bank itself: no mistakes, and every proof that can be run was run on what is there."""

from __future__ import annotations

from questions.cache import HERE
from questions.checks import everything
from questions.loading import load
from questions.proofs.lock import held
from questions.proofs.proving import unchanged
from questions.rules.grounds import UNRUN


def test_the_bank_breaks_no_rule() -> None:
    """Every authored item is read and keeps every rule that a program can check."""
    assert [str(mistake) for mistake in everything(HERE).mistakes] == []


def test_every_executable_proof_is_locked_as_it_stands() -> None:
    """No item was changed after its proof ran."""
    lock = held(HERE / "proofs.lock")
    entries = load(HERE / "bank").entries
    run = [entry.item for entry in entries if entry.item.proof.kind not in UNRUN]
    assert [item.id for item in run if not unchanged(item, lock)] == []


def test_more_than_half_of_the_items_have_a_proof_that_runs() -> None:
    """At least 45 % of a bank are proved by a program; this one keeps to 55 %."""
    kinds = [entry.item.proof.kind for entry in load(HERE / "bank").entries]
    assert sum(kind not in UNRUN for kind in kinds) >= 0.55 * len(kinds)

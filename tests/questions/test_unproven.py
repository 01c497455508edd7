"""An imported question says that nobody has checked it: to its author, to CI and to who answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.views.checked import words
from questions.commands import main
from questions.loading import load
from questions.model import TYPES, Type
from questions.proofs import lock
from tests.questions.written import ALL, SINGLE, bank

Printed = pytest.CaptureFixture[str]


def unproven(text: str) -> str:
    """An item as an import leaves it."""
    return text[: text.index("  proof:\n")] + "  proof:\n    kind: unproven\n"


@pytest.mark.parametrize("kind", TYPES)
def test_an_item_of_any_type_may_be_unproven(tmp_path: Path, capsys: Printed, kind: Type) -> None:
    """`check` takes it; `prove` counts it as not run, `--strict` refuses it, nothing is locked."""
    bank(tmp_path, unproven(ALL[kind]))
    assert main(["check"], tmp_path) == 0
    assert main(["prove"], tmp_path) == 0
    out = capsys.readouterr().out
    assert "imported and not checked: write a proof" in out
    assert "0 unchanged, 1 not run, 0 of 1 items have a proof that runs" in out
    assert main(["prove", "--strict"], tmp_path) == 1
    assert lock.held(tmp_path / "proofs.lock") == {}
    (entry,) = load(tmp_path / "bank").entries
    assert words(entry.item) == "imported, not checked yet"


def test_a_proof_that_is_taken_away_is_no_longer_held(tmp_path: Path) -> None:
    """An item that was proven and says that it is not, is not."""
    path = bank(tmp_path, SINGLE)
    assert main(["prove"], tmp_path) == 0
    assert lock.held(tmp_path / "proofs.lock")
    path.write_text(unproven(SINGLE), encoding="utf-8")
    assert main(["prove"], tmp_path) == 0
    assert lock.held(tmp_path / "proofs.lock") == {}


def test_it_brings_no_program(tmp_path: Path, capsys: Printed) -> None:
    """Code beside it is refused: it would look like a proof and never run."""
    text = unproven(SINGLE) + '    code: "print(1)"\n'
    bank(tmp_path, text)
    assert main(["check"], tmp_path) == 1
    assert "proof 'unproven' takes no 'code'" in capsys.readouterr().out

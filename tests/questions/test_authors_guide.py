"""docs/authors.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questions import beliefs
from questions.cache import HERE
from questions.commands import main
from questions.model import LEVELS, TYPES
from questions.proofs.proving import PROOFS
from questions.yamltext import WORDS
from tests.questions.written import bank

GUIDE = (HERE.parent / "docs" / "authors.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


def test_the_misconception_of_the_guide_is_taken(tmp_path: Path) -> None:
    """Who copies the example has a misconception that the first item betrays."""
    (tmp_path / "http-apis.yaml").write_text(BLOCKS[0], encoding="utf-8")
    named, mistakes = beliefs.load(tmp_path)
    assert mistakes == []
    assert all(f"misconception: {name}" in BLOCKS[1] for name in named)


def test_the_first_item_of_the_guide_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who copies the example has an item that passes check and prove."""
    bank(tmp_path, BLOCKS[1])
    assert main(["check"], tmp_path) == 0
    assert main(["prove"], tmp_path) == 0
    assert "1 passed" in capsys.readouterr().out


def test_every_kind_type_level_and_command_is_told() -> None:
    """What an author may write stands in the guide."""
    rows = set(re.findall(r"^\| `?(\w+)`? \|", GUIDE, re.MULTILINE))
    types = set(re.findall(r"^ *-? *type: (\w+)", GUIDE, re.MULTILINE))
    commands = set(re.findall(r"^sparring questions (\w+)", GUIDE, re.MULTILINE))
    assert set(PROOFS) | set(LEVELS) <= rows
    assert types == set(TYPES)
    assert commands == {
        *("new", "check", "prove", "tells", "show", "stats", "suspects", "export", "import"),
    }
    assert {word for word in WORDS if f"`{word}`" not in GUIDE} == set()

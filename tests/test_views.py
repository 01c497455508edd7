"""Every view there is has a sample, and every sample a golden payload on both platforms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from questions.model import TYPES
from tests import samples

ROOT = Path(__file__).parents[1]
TYPED = ("numeric", "short", "sql", "regex", "open")


def views() -> set[str]:
    """The names given as `view=` anywhere below bot/views."""
    found = set()
    for path in (ROOT / "bot" / "views").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "view":
                found |= named(node.value)
    return found


def named(value: ast.expr) -> set[str]:
    """A literal, or a literal followed by a question's type."""
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    assert isinstance(value, ast.JoinedStr)
    start = value.values[0]
    assert isinstance(start, ast.Constant)
    prefix = str(start.value)
    kinds = TYPES if prefix == "question-" else TYPED
    return {f"{prefix}{kind}" for kind in kinds}


def test_every_view_has_a_sample() -> None:
    """A view without a sample would never be looked at."""
    cards, forms = samples.cards("discord"), samples.forms("discord")
    drawn = {card.view for card in cards.values()} | {form.view for form in forms.values()}
    assert views() - drawn == set()


@pytest.mark.parametrize("platform", ["discord", "slack"])
def test_every_sample_has_a_golden_payload(platform: str) -> None:
    """What is sent for each sample is written down on both platforms."""
    folder = ROOT / "tests" / "adapters" / platform / "golden"
    kept = {path.stem for path in folder.glob("*.json")}
    assert {*samples.cards(platform), *samples.forms(platform)} - kept == set()

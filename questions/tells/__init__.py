"""How far the bank gives its answers away: `measure`, `gates`, `text`, and `report` for a bank."""

from __future__ import annotations

from collections.abc import Iterable

from questions import export
from questions.model import Item
from questions.tells.figures import Report
from questions.tells.limits import Gate, gates
from questions.tells.measures import measure
from questions.tells.page import offenders, text
from questions.tells.planted import self_test

__all__ = ["Gate", "Report", "gates", "measure", "offenders", "report", "self_test", "text"]


def report(items: Iterable[Item], title: str = "the bank", most: int = 5) -> tuple[str, bool]:
    """Measure items; give the page with up to `most` offenders a flag, and if no gate is missed."""
    found = measure(export.rows(items))
    passed = gates(found)
    lines = (text(found, title), *offenders(found, most), *map(str, passed))
    return "\n".join(lines), all(gate.passed is not False for gate in passed)

"""`stats` counts what is there, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from questions import areas
from questions.cache import HERE
from questions.commands import main
from questions.counting import WIDTH, as_page, counted
from questions.loading import load
from questions.model import LEVELS, TYPES
from questions.templates import ALL as TEMPLATES
from tests.questions.written import ALL, SINGLE, bank

Printed = pytest.CaptureFixture[str]


def test_numbers_are_those_of_the_items(tmp_path: Path, capsys: Printed) -> None:
    """One item of each type, one of them retired and one twice in a dress."""
    again = SINGLE.replace("http-wrong-method", "http-wrong-method-again")
    retired = SINGLE.replace("http-wrong-method", "http-old").replace(
        "  level:", "  status: retired\n  replaced_by: http-wrong-method\n  level:"
    )
    bank(tmp_path, "".join(ALL.values()) + again + retired)
    assert main(["stats", "--format", "json"], tmp_path) == 0
    stats = json.loads(capsys.readouterr().out)
    total = stats["total"]
    assert total["items"] == len(ALL) + 1
    assert total["types"] == {kind: 1 + (kind == "single") for kind in TYPES}
    assert sum(total["levels"].values()) == total["items"]
    assert total["proofs"]["python"] >= 2
    assert sum(total["proofs"].values()) == total["items"]
    assert total["templates"] == len(TEMPLATES)
    assert stats["areas"]["http-apis"]["items"] == total["items"]
    assert stats["topics"]["http-apis/status-codes"]["items"] == total["items"]
    assert stats["misconceptions_shared"] == 2  # those of the item that stands twice
    assert "git/remotes" in stats["empty"]
    assert "http-apis/status-codes" not in stats["empty"]


def test_every_area_and_topic_is_counted() -> None:
    """The sums of the areas and of the topics are the total."""
    known = areas.load()
    stats = counted([entry.item for entry in load(HERE / "bank").entries], known)
    assert list(stats.areas) == [area.slug for area in known.areas]
    assert len(stats.topics) == sum(len(area.topics) for area in known.areas)
    assert sum(one.items for one in stats.areas.values()) == stats.total.items
    assert sum(one.items for one in stats.topics.values()) == stats.total.items
    assert sum(one.templates for one in stats.topics.values()) == stats.total.templates
    assert set(stats.total.levels) == set(LEVELS)
    empty = {name for name, one in stats.topics.items() if one.items + one.templates == 0}
    assert set(stats.empty) == empty


def test_the_page_fits_100_columns() -> None:
    """Every line can be read in a terminal; each area has a line in both tables."""
    known = areas.load()
    lines = list(as_page(counted([entry.item for entry in load(HERE / "bank").entries], known)))
    assert max(map(len, lines)) <= WIDTH
    for name in (*(area.slug for area in known.areas), "total"):
        assert sum(line.split(" ")[0] == name for line in lines) == 2
    assert any("items have a proof that runs" in line for line in lines)
    assert any("of them in two or more items" in line for line in lines)

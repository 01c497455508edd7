"""The measures of the bank: equal to the reference, and able to find what is planted."""

from __future__ import annotations

import importlib.util
import math
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from questions.export import draws
from questions.model import Choice, Item, Option, Proof, Source
from questions.tells import gates, measure, offenders, report, text
from questions.tells.grounds import listed
from questions.tells.planted import PLANTS, bank

SHARED = Path(__file__).parents[3] / "shared" / "questions" / "tells.py"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    if not SHARED.exists():
        pytest.skip("the reference measures are in ../shared, which is not here")
    spec = importlib.util.spec_from_file_location("shared_tells", SHARED)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mixed(count: int, seed: int) -> Rows:
    """Rows with every oddity that a flag, a guesser or a fault looks for."""
    rng = random.Random(seed)
    rows = bank("", count, seed)
    changes: tuple[dict[str, Any], ...] = (
        {"options": ["All of the above", "12", "a `row`", "may wait."]},
        {"options": ["10 ms", "20 ms", "30 ms", "40 ms"], "fixed_order": True},
        {"prompt": "Which of these is NOT a lock that is used here?"},
        {"prompt": "It is not known which lease ends first. Which is not safe?"},
        {"prompt": "Complete: the lock is an", "level": None, "area": None},
        {"prompt": "```python\nprint(1)\n```", "explanation": ""},
        {"prompt": "Name ____ here", "sources": [], "option_notes": ["a", "b"]},
        {"type": "multi", "answer": [0, 2]},
        {"type": "open", "options": [], "answer": []},
        {"options": ["same", "same", "x", "y"]},
        {"options": ["one", "two", "three"], "answer": [3]},
        {"options": ["always", "never", "every lock must", "depends"], "answer": [3]},
        {"sources": [{"url": "https://example.test/a"}], "family": "t"},
    )
    copied = {key: rows[0][key] for key in ("prompt", "options", "answer")}
    changes += (copied, {**copied, "family": "t"}, {**copied, "prompt": f"{copied['prompt']} Why?"})
    for row in rows:
        row.update(rng.choice(changes) if rng.random() < 0.5 else {})
        row["area"] = rng.choice(["x", "y", row["area"]])
    return rows


BANKS: dict[str, Callable[[], Rows]] = {
    **{f"planted {plant or 'nothing'}": partial(bank, plant, 70, 3) for plant in PLANTS},
    "mixed": partial(mixed, 150, 5),
    "mixed otherwise": partial(mixed, 90, 6),
    "small": partial(mixed, 12, 7),
    "empty": list,
}


def differences(mine: Any, theirs: Any, path: str = "", slack: float = 1e-9) -> Iterator[str]:
    """Where two reports differ; the reference keeps similarities as 32-bit numbers."""
    slack = 1e-4 if ".examples" in path else slack
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in mine.keys() | theirs.keys():
            yield from differences(mine.get(key), theirs.get(key), f"{path}.{key}", slack)
    elif isinstance(mine, list | tuple) and isinstance(theirs, list | tuple):
        if len(mine) != len(theirs):
            yield f"{path}: {len(mine)} and {len(theirs)} long"
        for at, pair in enumerate(zip(mine, theirs, strict=False)):
            yield from differences(*pair, f"{path}[{at}]", slack)
    elif isinstance(mine, float) and isinstance(theirs, int | float):
        if not math.isclose(mine, theirs, rel_tol=0, abs_tol=slack):
            yield f"{path}: {mine} and {theirs}"
    elif mine != theirs and (mine or theirs):
        yield f"{path}: {mine} and {theirs}"


@pytest.mark.parametrize("name", BANKS)
def test_figures_equal_the_reference(reference: ModuleType, name: str) -> None:
    """Every figure, gate and line of text equals the reference's to 1e-9, on any bank."""
    rows = BANKS[name]()
    theirs = reference.measure([{"option_notes": [], "family": "", **row} for row in rows])
    mine = measure(rows, lambda url: any(host in url for host in reference.PRIMARY))
    assert list(differences(msgspec.to_builtins(mine), theirs)) == []
    assert text(mine, "t").splitlines()[: 99 if rows else 0] == (
        reference.text(theirs, "t").splitlines() if rows else []
    )
    tried = [
        [g.limit.name, g.value, g.limit.op, g.limit.limit, g.passed, g.limit.why]
        for g in gates(mine)
    ]
    assert list(differences(tried, reference.gate(theirs))) == [] or not rows


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_tell_is_found(plant: str) -> None:
    """A bank in which half of the items have one tell misses its gate; without, it passes all."""
    wanted = PLANTS[plant][1]
    missed = [gate.limit.name for gate in gates(measure(bank(plant))) if gate.passed is False]
    assert wanted in missed if wanted else missed == []


def test_small_bank_is_not_failed_for_noise() -> None:
    """Below 300 single-choice rows the lower end of the interval must pass the limit."""
    found = measure(bank("", 24, 14))
    (few,) = (g for g in gates(replace(found, single=299)) if g.limit.name == "longest guesser")
    (many,) = (g for g in gates(replace(found, single=300)) if g.limit.name == "longest guesser")
    assert few.value == many.value
    assert few.value
    assert few.value > few.limit.limit
    assert few.passed
    assert not many.passed


def test_primary_hosts_are_those_of_the_bank() -> None:
    """An address is primary when its host, or a host above it, stands in hosts.yaml."""
    assert listed("https://www.rfc-editor.org/rfc/rfc9110")
    assert listed("https://docs.python.org/3/library/")
    assert not listed("https://blog.example.test/python.org")


WORDS = "lease quorum cursor beacon ledger socket shard replica"
NOUNS = WORDS.split()


def choice(number: int) -> Item:
    """A question that shares few words with the next one, the key at a place of its own."""
    noun = NOUNS[number]
    options = tuple(
        Option(f"{noun}{letter} {letter}{noun}", right=at == number % 4, why="It says so.")
        for at, letter in enumerate("pqrs")
    )
    return Item(
        id=f"item-{noun}",
        area="databases",
        topic="indexes",
        level="mid",
        type="single",
        prompt=f"What does {noun} do?",
        body=Choice(options),
        explain="The lock ends with the transaction that took it.",
        sources=(Source("RFC", "1", "https://www.rfc-editor.org/rfc/rfc9110"),),
        proof=Proof("read"),
    )


def test_report_of_items_passes_or_names_the_gate() -> None:
    """A clean bank passes with a page that shows every gate; a fault makes it fail, with its id."""
    clean = [choice(number) for number in range(8)]
    page, passed = report([*clean, *draws(2)])
    assert passed, page
    assert page.count("   gate ") == 18
    spoilt = replace(clean[0], sources=())
    page, passed = report([spoilt, *clean[1:]])
    assert not passed
    assert "gate MISS source: 0.875" in page


def test_offenders_are_named() -> None:
    """Flags, near-copies and faults are followed by the ids of the items to mend."""
    rows = bank("", 6)
    rows[1]["prompt"] = "Which of these is not a lock?"
    rows[2]["answer"] = [9]
    rows.append({**rows[3], "id": "copy"})
    told = list(offenders(measure(rows), 5))
    assert "   negative_stem: f1" in told
    assert "   near-copy 100: f3 ~ copy" in told
    assert "   structure: f2: key out of range" in told

"""The five faults that this bank must never let through, planted one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.commands import main
from tests.questions.written import ALL, ORDER, OUTPUT, REGEX, SINGLE, SQL, bank, changed

FLIPPED = changed(changed(SINGLE, "- wrong: ", "- RIGHT: "), "- right: ", "- wrong: ").replace(
    "RIGHT", "right"
)
FLIPPED = changed(FLIPPED, "      misconception: any-refusal-is-404\n", "")
FLIPPED = changed(FLIPPED, 'is not for it."\n', 'is not for it."\n      misconception: x-y\n')

FAULTS = {
    "a wrong key": ("prove", FLIPPED, 26, "the proof fails: AssertionError"),
    "a wrong key of a program": (
        "prove",
        changed(OUTPUT, "[[1], [1]]", "[[1], [2]]"),
        12,
        "the program prints '[[1], [1]]', the key says '[[1], [2]]'",
    ),
    "an unquoted no": (
        "check",
        changed(SINGLE, '"404 Not Found"', "no"),
        10,
        "'wrong' has no without quotes: write \"no\" as text",
    ),
    "a duplicate id": ("check", SINGLE + ORDER + SINGLE, 44, "the id is taken, see "),
    "a must_fail query that passes": (
        "prove",
        changed(SQL, "where paid = 0", "where paid > 0"),
        21,
        "the wrong query 'filter-turned-round' passes: add a fixture that unmasks it",
    ),
    "a must_fail pattern that passes": (
        "prove",
        changed(REGEX, '"..|[0-9]{2}"', '"[0-9][0-9]"'),
        14,
        "the wrong pattern 'dot-is-a-digit' passes: add a string that unmasks it",
    ),
    "a second feasible order": (
        "prove",
        changed(ORDER, '["2", "3"], ', ""),
        6,
        "the order 1 3 2 4 is feasible too: add the constraint that forbids it",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_refused_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The command ends with 1 and names file, line and what to do."""
    command, text, line, says = FAULTS[name]
    path = bank(tmp_path, text)
    assert main([command], tmp_path) == 1
    found = [row for row in capsys.readouterr().out.splitlines() if says in row]
    assert [row.startswith(f"{path}:{line}: ") for row in found] == [True], found


@pytest.mark.runtimes("node", "git")
def test_without_a_fault_both_commands_end_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same items without the faults are taken."""
    bank(tmp_path, "".join(ALL.values()))
    assert main(["check"], tmp_path) == 0
    assert capsys.readouterr().out == "11 items, 0 mistakes\n"
    assert main(["prove"], tmp_path) == 0
    assert "11 of 11 items have a proof that runs" in capsys.readouterr().out

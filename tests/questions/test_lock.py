"""proofs.lock says what was proved: only what changed is proved again, and nothing is assumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.commands import proved
from questions.proofs.lock import Held, held, keep, proof_hash
from tests.questions.written import (
    NUMERIC,
    ORDER,
    OUTPUT,
    READ,
    SINGLE,
    bank,
    changed,
    item,
    runtimes,
)

Printed = pytest.CaptureFixture[str]


def lines(root: Path) -> list[str]:
    """The lock without its head."""
    return [line for line in (root / "proofs.lock").read_text().splitlines() if line[0] != "#"]


def test_what_was_proved_stands_in_the_lock_sorted(tmp_path: Path) -> None:
    """Each proof that holds has a line of id, hash, kind, result and runtime."""
    bank(tmp_path, SINGLE + ORDER + READ.replace("http-wrong-method", "http-read"))
    assert proved(tmp_path, [], runtimes()) == 0
    assert [line.split()[0:1] + line.split()[2:] for line in lines(tmp_path)] == [
        ["http-cache-steps", "order", "passed", "python"],
        ["http-read", "read", "read", "-"],
        ["http-wrong-method", "python", "passed", "python"],
    ]


def test_only_what_changed_is_proved_again(tmp_path: Path, capsys: Printed) -> None:
    """A second run does nothing, a change of item or proof runs it again, --all runs all."""
    bank(tmp_path, SINGLE + ORDER)
    proved(tmp_path, [], runtimes())
    before = lines(tmp_path)
    proved(tmp_path, [], runtimes())
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 unchanged, 2 of 2")
    bank(tmp_path, changed(SINGLE, "takes no DELETE", "knows no DELETE") + ORDER)
    proved(tmp_path, [], runtimes())
    assert capsys.readouterr().out.startswith("1 unchanged, 1 passed")
    assert lines(tmp_path) != before
    proved(tmp_path, [], runtimes(), again=True)
    assert capsys.readouterr().out.startswith("0 unchanged, 2 passed")


CHANGES = [("status = ", "status=="[:-1]), ("404 Not Found", "404 Not found")]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_proof_is_bound_to_item_and_code(tmp_path: Path, old: str, new: str) -> None:
    """A change of the code or of the item makes another proof."""
    one, two = item(tmp_path, SINGLE), item(tmp_path, changed(SINGLE, old, new))
    assert proof_hash(one) != proof_hash(two)


def test_a_failed_proof_leaves_the_lock(tmp_path: Path, capsys: Printed) -> None:
    """What held before and fails now is no longer held."""
    bank(tmp_path, SINGLE)
    proved(tmp_path, [], runtimes())
    path = bank(tmp_path, changed(SINGLE, "METHOD_NOT_ALLOWED", "GONE"))
    assert proved(tmp_path, [], runtimes()) == 1
    assert (
        f"{path}:26: http-wrong-method: the proof fails: AssertionError" in capsys.readouterr().out
    )
    assert lines(tmp_path) == []


def test_what_cannot_be_run_is_not_passed(tmp_path: Path, capsys: Printed) -> None:
    """Without its runtime an unproved item makes the run fail, and is not locked."""
    path = bank(tmp_path, NUMERIC)
    assert proved(tmp_path, [], runtimes(node="")) == 1
    assert (
        f"{path}:20: http-offset-of-page: not run: node; prove it where" in capsys.readouterr().out
    )
    assert lines(tmp_path) == []


@pytest.mark.runtimes("node", "git")
def test_what_cannot_be_run_is_forgiven_when_the_lock_has_it(
    tmp_path: Path, capsys: Printed
) -> None:
    """An unchanged item that was proved elsewhere is named, and the run ends with 0."""
    bank(tmp_path, NUMERIC)
    assert proved(tmp_path, [], runtimes()) == 0
    before = lines(tmp_path)
    assert proved(tmp_path, [], runtimes(node=""), again=True) == 0
    assert "not run: node; it is in proofs.lock" in capsys.readouterr().out
    assert lines(tmp_path) == before
    bank(tmp_path, changed(NUMERIC, "Which OFFSET", "What OFFSET"))
    assert proved(tmp_path, [], runtimes(node=""), again=True) == 1
    assert lines(tmp_path) == []


def test_one_reader_waits_and_is_refused_only_where_it_is_strict(
    tmp_path: Path, capsys: Printed
) -> None:
    """An item is written before it is read twice, and merged after that."""
    bank(tmp_path, changed(READ, '["ada", "ben"]', '["ada"]'))
    assert proved(tmp_path, [], runtimes()) == 0
    assert "waits for a second reader" in capsys.readouterr().out
    assert lines(tmp_path) == []
    assert proved(tmp_path, [], runtimes(), strict=True) == 1


def test_an_old_reading_is_a_warning(tmp_path: Path, capsys: Printed) -> None:
    """A reading of more than 18 months ago is named and no reason to fail."""
    bank(tmp_path, changed(READ, "2026-11-22", "2020-01-01"))
    assert proved(tmp_path, [], runtimes(), strict=True) == 0
    assert "read more than 18 months ago" in capsys.readouterr().out


def test_items_that_left_the_bank_leave_the_lock(tmp_path: Path) -> None:
    """A line whose item is gone goes, but not while a file cannot be read."""
    bank(tmp_path, OUTPUT + ORDER)
    proved(tmp_path, [], runtimes())
    bank(tmp_path, "- 'broken'\n")
    assert proved(tmp_path, [], runtimes()) == 1
    assert len(lines(tmp_path)) == 2
    bank(tmp_path, ORDER)
    assert proved(tmp_path, [], runtimes()) == 0
    assert len(lines(tmp_path)) == 1


def test_a_file_can_be_proved_alone(tmp_path: Path, capsys: Printed) -> None:
    """Proving one file keeps the lines of the others."""
    bank(tmp_path, ORDER)
    proved(tmp_path, [], runtimes())
    path = bank(tmp_path, OUTPUT, "python/collections-and-slicing.yaml")
    capsys.readouterr()
    assert proved(tmp_path, [path], runtimes()) == 0
    assert capsys.readouterr().out.startswith("0 unchanged, 1 passed, 1 of 1 items")
    assert len(lines(tmp_path)) == 2


def test_broken_lines_prove_nothing(tmp_path: Path) -> None:
    """A lock that was merged badly counts only where its lines are whole."""
    path = tmp_path / "proofs.lock"
    assert held(path) == {}
    path.write_text("<<<<<<< HEAD\na-b 0123 python passed python\nc-d 4567\n")
    assert held(path) == {"a-b": Held("a-b", "0123", "python", "passed", "python")}
    path.write_bytes(b"\xff\xfe")
    assert held(path) == {}


def test_two_people_may_prove_different_files_at_a_time(tmp_path: Path) -> None:
    """What somebody else wrote meanwhile stays."""
    path = tmp_path / "proofs.lock"
    mine, theirs = (Held(name, "0", "run", "passed", "python") for name in ("a-a", "b-b"))
    keep(path, {"b-b": theirs}, ["a-a", "b-b"])
    keep(path, {"a-a": mine}, ["a-a", "b-b"])
    assert held(path) == {"a-a": mine, "b-b": theirs}
    assert [child.name for child in tmp_path.iterdir()] == ["proofs.lock"]


def test_an_unchanged_lock_is_not_written(tmp_path: Path) -> None:
    """A run that proves nothing new leaves the file alone."""
    bank(tmp_path, ORDER)
    proved(tmp_path, [], runtimes())
    lock = tmp_path / "proofs.lock"
    lock.chmod(0o444)
    before = lock.stat().st_mtime_ns, lock.stat().st_ino
    proved(tmp_path, [], runtimes(), again=True)
    assert (lock.stat().st_mtime_ns, lock.stat().st_ino) == before

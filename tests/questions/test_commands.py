"""The commands of authors look at what they are told to, and say so by their exit code."""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from questions.cache import HERE
from questions.commands import main
from tests.questions.written import ALL, ORDER, OUTPUT, SINGLE, bank, changed

Printed = pytest.CaptureFixture[str]


def test_a_file_a_folder_or_an_area_may_be_chosen(tmp_path: Path, capsys: Printed) -> None:
    """Mistakes elsewhere are neither shown nor counted."""
    good = bank(tmp_path, SINGLE)
    bad = bank(tmp_path, changed(OUTPUT, "junior", "guru"), "python/collections-and-slicing.yaml")
    said = "bank/python/collections-and-slicing.yaml:2: level 'guru' is none of junior, mid, senior"
    with chdir(tmp_path):
        assert main(["check"], tmp_path) == 1
        assert capsys.readouterr().out.splitlines() == [said, "2 items, 1 mistake"]
        for path in (str(good), "bank/http-apis", "http-apis", "http-apis/status-codes.yaml"):
            assert main(["check", path], tmp_path) == 0
            assert capsys.readouterr().out == "1 item, 0 mistakes\n"
        assert main(["check", str(good), str(bad)], tmp_path) == 1


def test_an_id_taken_in_another_file_is_seen_from_both(tmp_path: Path, capsys: Printed) -> None:
    """Choosing a file does not hide that its id stands elsewhere."""
    bank(tmp_path, ORDER, "caching/http-caching.yaml")
    path = bank(tmp_path, ORDER)
    assert main(["check", str(path)], tmp_path) == 1
    assert "the id is taken, see" in capsys.readouterr().out


def test_a_path_that_is_none_is_named(tmp_path: Path) -> None:
    """A slip in a path is said instead of checking nothing."""
    bank(tmp_path, SINGLE)
    for command in ("check", "prove", "tells"):
        with pytest.raises(SystemExit, match="htp-apis: neither a file nor a folder nor an area"):
            main([command, "htp-apis"], tmp_path)


def test_items_are_shown_with_their_key(tmp_path: Path, capsys: Printed) -> None:
    """Every type has a page that says what is right and why the rest is wrong."""
    bank(tmp_path, "".join(ALL.values()))
    ids = [line.split()[2] for text in ALL.values() for line in text.splitlines()[:1]]
    assert main(["show", *ids], tmp_path) == 0
    out = capsys.readouterr().out
    for said in (
        "http-wrong-method  http-apis/status-codes  junior single",
        "+ 405 Method Not Allowed\n    The resource is there",
        "    rows[0]"[4:],
        "+ 60 rows (within 0)",
        "+ git branch | git branch --list\n- git tag",
        "4. Answer 304.\n- 3 and 4\n    The server cannot know",
        "+ 304 = Not Modified",
        "- Gone",
        "- select name from person where paid = 0",
        "+ [0-9]{2}",
        "+ 3  Reads the plan.",
        "2. What comes as number 2?\n+ Look 2",
        "proof: rubric",
    ):
        assert said in out, said


def test_an_unknown_id_is_said(tmp_path: Path, capsys: Printed) -> None:
    """Showing what does not exist ends with 1."""
    bank(tmp_path, SINGLE)
    assert main(["show", "no-such-item"], tmp_path) == 1
    assert capsys.readouterr().out == "no-such-item: no item of the bank has this id\n"


def test_items_with_mistakes_of_form_are_not_proved(tmp_path: Path, capsys: Printed) -> None:
    """A broken item is named, the sound one beside it is proved."""
    bank(tmp_path, changed(SINGLE, "junior", "guru") + ORDER)
    assert main(["prove"], tmp_path) == 1
    out = capsys.readouterr().out
    assert "level 'guru' is none of" in out
    assert "1 passed, 1 of 1 items" in out


def test_the_package_is_a_command() -> None:
    """`python -m questions` explains itself."""
    command = [sys.executable, "-m", "questions", "--help"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=True)
    for name in ("check", "prove", "tells", "show"):
        assert name in done.stdout

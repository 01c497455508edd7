"""`new` begins an item in its place, and `check` says what is to be filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.beginning import NotBegun, begin
from questions.commands import main
from questions.loading import load
from questions.model import TYPES, Type
from questions.yamltext import Table
from tests.questions.test_exchange import empty_bank
from tests.questions.written import SINGLE, bank

Printed = pytest.CaptureFixture[str]


@pytest.mark.parametrize("kind", TYPES)
def test_a_skeleton_has_every_field_of_its_type(
    tmp_path: Path, capsys: Printed, kind: Type
) -> None:
    """What check misses stands there, empty; no field is unknown, none is missing."""
    root = empty_bank(tmp_path)
    assert main(["new", "git", "remotes", kind], root) == 0
    said = capsys.readouterr().out
    assert "git/remotes.yaml:1: remotes-1, a skeleton of type" in said
    for command in ("check git", "prove git", "show remotes-1"):
        assert f"sparring questions {command}" in said
    assert main(["check"], root) == 1
    lines = capsys.readouterr().out.splitlines()
    path = root / "bank" / "git" / "remotes.yaml"
    text = path.read_text("utf-8").splitlines()
    assert len(lines) > 8
    for line in lines[:-1]:
        at = int(line.split(":")[1])
        assert '""' in text[at - 1] or "[]" in text[at - 1] or "kind: python" in text[at - 1], line
        assert "is not a field" not in line
        assert "stands twice" not in line
        assert " needs '" not in line.replace("needs 'code' that", "")  # nothing was left out
    assert {"'level'", "'prompt'", "'explain'", "'url'"} <= {
        word for line in lines for word in line.split()
    }


@pytest.mark.parametrize("kind", TYPES)
def test_a_skeleton_harms_no_other_command(tmp_path: Path, capsys: Printed, kind: Type) -> None:
    """It is counted, listed and shown; it is not proved before its form is right."""
    root = empty_bank(tmp_path)
    begin(root, "git", "remotes", kind)
    for command in (["prove"], ["stats"], ["show", "remotes-1"], ["export", "--format", "csv"]):
        assert main(command, root) in {0, 1}
    assert "Traceback" not in capsys.readouterr().err
    (entry,) = load(root / "bank").entries
    assert isinstance(entry.node, Table)
    assert not entry.sound


def test_a_skeleton_stands_behind_what_is_there(tmp_path: Path) -> None:
    """Items and comments of the file stay; ids and levels are those that were asked for."""
    path = bank(tmp_path, SINGLE)
    said = begin(tmp_path, "http-apis", "status-codes", "short", "http-some-word", "senior")
    text = path.read_text("utf-8")
    assert text.startswith(SINGLE.rstrip() + "\n\n- id: http-some-word\n  level: senior\n")
    line = int(said.split(":")[1])
    assert text.splitlines()[line - 1] == "- id: http-some-word"
    begin(tmp_path, "http-apis", "status-codes", "short")
    begin(tmp_path, "http-apis", "status-codes", "open")
    names = [entry.item.id for entry in load(tmp_path / "bank").entries]
    assert names == ["http-wrong-method", "http-some-word", "status-codes-1", "status-codes-2"]


def test_an_id_in_what_cannot_be_read_is_not_given_again(tmp_path: Path) -> None:
    """An item with a slip in its form has its id all the same."""
    path = bank(tmp_path, "- id: status-codes-1\n  prompt: no quotes: at all\n")
    assert load(tmp_path / "bank").entries == ()
    assert "status-codes-2, a skeleton" in begin(tmp_path, "http-apis", "status-codes", "open")
    assert path.read_text("utf-8").count("- id: ") == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("htp-apis", "status-codes", "single"),
            "There is no area 'htp-apis'. Did you mean http",
        ),
        (("git", "remote", "single"), "There is no topic 'remote' in 'git'. Did you mean remotes"),
        (("git", "joins", "single"), "The topic 'joins' belongs to 'sql', not to 'git'."),
        (("git", "zzz", "single"), "There is no topic 'zzz' in 'git'. There are: "),
        (("git", "remotes", "singel"), "There is no type 'singel'. Did you mean single?"),
        (("git", "remotes", "short", "x-y", "guru"), "There is no level 'guru'. There are: junior"),
        (("git", "remotes", "short", "http-wrong-method"), "The id 'http-wrong-method' is taken"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_names(
    tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    """Nothing is written, and the sentence says what there is."""
    path = bank(tmp_path, SINGLE)
    with pytest.raises(NotBegun) as stop:
        begin(tmp_path, *given)
    assert str(stop.value).startswith(said)
    assert path.read_text("utf-8") == SINGLE
    assert [one.name for one in (tmp_path / "bank").rglob("*.yaml")] == [path.name]

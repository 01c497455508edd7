"""Every wrong answer of an item gets its turn in the key's place."""

from __future__ import annotations

from pathlib import Path

from questions.proofs.mutants import Variant, mutants, original
from tests.questions.written import (
    CASE,
    MATCH,
    MULTI,
    NUMERIC,
    OPEN,
    ORDER,
    REGEX,
    SHORT,
    SINGLE,
    SQL,
    item,
)

A405, A404, A501 = "405 Method Not Allowed", "404 Not Found", "501 Not Implemented"


def test_single_exchanges_the_key_with_each_wrong_option(tmp_path: Path) -> None:
    """The option that was right stands among the wrong ones."""
    made = item(tmp_path, SINGLE)
    assert original(made) == Variant(A405, [A404, A501])
    assert mutants(made) == [
        Variant(A404, [A405, A501], f"'{A404}'"),
        Variant(A501, [A404, A405], f"'{A501}'"),
    ]


def test_multi_adds_each_wrong_option_to_the_right_ones(tmp_path: Path) -> None:
    """One wrong option at a time is among the right ones, at different places."""
    made = item(tmp_path, MULTI)
    assert original(made) == Variant(["GET", "HEAD"], ["PUT", "POST"])
    assert mutants(made) == [
        Variant(["PUT", "GET", "HEAD"], ["POST"], "'PUT' among the right ones"),
        Variant(["GET", "POST", "HEAD"], ["PUT"], "'POST' among the right ones"),
    ]


def test_numeric_takes_each_known_wrong_value(tmp_path: Path) -> None:
    """Each value that a misconception leads to becomes the answer."""
    made = item(tmp_path, NUMERIC)
    assert original(made) == Variant("60", ["80", "61"])
    assert [(m.key, m.wrong) for m in mutants(made)] == [("80", ["60", "61"]), ("61", ["80", "60"])]


def test_short_takes_each_near_miss_alone(tmp_path: Path) -> None:
    """Each near miss becomes the only accepted answer."""
    made = item(tmp_path, SHORT)
    assert original(made).key == ["git branch", "git branch --list"]
    assert [m.key for m in mutants(made)] == [["git tag"], ["git log --oneline"], ["git log"]]


def test_order_exchanges_neighbours(tmp_path: Path) -> None:
    """Each pair of neighbours is exchanged once."""
    steps = ["Store the ETag.", "Send If-None-Match.", "Compare the tags.", "Answer 304."]
    made = item(tmp_path, ORDER)
    assert original(made) == Variant(steps, [])
    keys = [m.key for m in mutants(made)]
    assert keys == [
        [steps[1], steps[0], steps[2], steps[3]],
        [steps[0], steps[2], steps[1], steps[3]],
        [steps[0], steps[1], steps[3], steps[2]],
    ]


def test_match_exchanges_rights_and_puts_extras_in(tmp_path: Path) -> None:
    """Any two right sides are exchanged, and an extra one stands in the place of each."""
    made = item(tmp_path, MATCH)
    key = {"200": "OK", "304": "Not Modified", "404": "Not Found"}
    assert original(made) == Variant(key, ["Gone"])
    assert [m.key for m in mutants(made)] == [
        key | {"200": "Not Modified", "304": "OK"},
        key | {"200": "Not Found", "404": "OK"},
        key | {"304": "Not Found", "404": "Not Modified"},
        key | {"200": "Gone"},
        key | {"304": "Gone"},
        key | {"404": "Gone"},
    ]
    assert [m.wrong for m in mutants(made)[3:]] == [["OK"], ["Not Modified"], ["Not Found"]]


def test_case_gets_one_step_wrong_at_a_time(tmp_path: Path) -> None:
    """Each wrong option of each step takes the place of that step's right one."""
    made = item(tmp_path, CASE)
    first = original(made)
    assert first.key == ["Look 1", "Look 2", "Look 3"]
    assert first.wrong == [["Wait 1", "Stop 1"], ["Wait 2", "Stop 2"], ["Wait 3", "Stop 3"]]
    assert len(mutants(made)) == 6
    fourth = mutants(made)[3]
    assert fourth.key == ["Look 1", "Stop 2", "Look 3"]
    assert fourth.wrong == [["Wait 1", "Stop 1"], ["Wait 2", "Look 2"], ["Wait 3", "Stop 3"]]
    assert fourth.name == "'Stop 2' in step 2"


def test_types_with_a_proof_of_their_own_have_no_mutants(tmp_path: Path) -> None:
    """Wrong queries, patterns and beliefs are mutants that their own proofs try."""
    for text in (SQL, REGEX, OPEN):
        assert mutants(item(tmp_path, text)) == []

"""Authored files become items, with the line of every part and a hash of what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.loading import load
from questions.model import Case, Choice, Number, Open, Option, Order, Pitfall, Regex, Sql
from tests.questions.written import (
    ALL,
    NUMERIC,
    OPEN,
    ORDER,
    OUTPUT,
    REGEX,
    SINGLE,
    SQL,
    bank,
    changed,
    entries,
    item,
)


def test_every_type_is_read_without_a_mistake(tmp_path: Path) -> None:
    """One item of each type loads, is sound, and knows its area, topic and type."""
    bank(tmp_path, "".join(ALL.values()))
    loaded = load(tmp_path / "bank")
    assert loaded.mistakes == ()
    assert [entry.item.type for entry in loaded.entries] == list(ALL)
    assert {(e.item.area, e.item.topic, e.sound) for e in loaded.entries} == {
        ("http-apis", "status-codes", True)
    }


def test_an_item_holds_what_was_written(tmp_path: Path) -> None:
    """Prompt, options, explanation, source and proof arrive as they stand in the file."""
    made = item(tmp_path, SINGLE)
    assert made.prompt.startswith("A server knows `/notes`")
    assert isinstance(made.body, Choice)
    assert made.body.options[1] == Option(
        "404 Not Found",
        right=False,
        why="That says that nothing is there, which is not so.",
        misconception="any-refusal-is-404",
    )
    assert made.sources[0].section == "15.5 Client Error 4xx"
    assert made.proof.kind == "python"
    assert made.ref.hash == made.hash
    assert len(made.hash) == 16


def test_numbers_and_flags_are_converted_by_the_schema_alone(tmp_path: Path) -> None:
    """Quoted numbers and flags become values where the model has values, else they stay text."""
    text = changed(ORDER, "  level: senior\n", '  level: senior\n  minutes: "3"\n')
    text = changed(text, "  type: order\n", '  type: order\n  fixed_order: "true"\n')
    order, rubric, query, number = (
        item(tmp_path, text),
        item(tmp_path, OPEN).body,
        item(tmp_path, SQL).body,
        item(tmp_path, NUMERIC).body,
    )
    assert isinstance(order.body, Order)
    assert (order.minutes, order.fixed_order) == (3, True)
    assert order.body.constraints == ((1, 2), (2, 3), (3, 4))
    assert order.body.pitfalls[0] == Pitfall(
        (3, 4), "The server cannot know the answer before it compares.", "answer-before-comparison"
    )
    assert isinstance(rubric, Open)
    assert [point.weight for point in rubric.rubric] == [2, 3, 1]
    assert isinstance(query, Sql)
    assert not query.ordered
    assert isinstance(number, Number)
    assert number.answer == "60"


def test_an_empty_string_to_reject_is_kept(tmp_path: Path) -> None:
    """The empty string is a string like any other where strings are listed."""
    body = item(tmp_path, changed(REGEX, '["4",', '["",')).body
    assert isinstance(body, Regex)
    assert body.reject[0] == ""


WRONG = [
    (SINGLE, "  level: junior\n", "", 1, "a single item needs 'level'"),
    (SINGLE, "level: junior", "level: guru", 2, "level 'guru' is none of junior, mid, senior"),
    (SINGLE, "type: single", "type: riddle", 3, "type 'riddle' is none of single, multi"),
    (SINGLE, "  explain:", "  debrief:", 16, "'debrief' is not a field of a single item"),
    (SINGLE, "    - right:", "    - correct:", 8, "an option has one of 'right' and 'wrong'"),
    (SINGLE, '      why: "That says that n', '      note: "n', 10, "does not say why: add 'why'"),
    (SINGLE, "      misconception: any-refusal-is-404\n", "", 10, "needs 'misconception'"),
    (
        SINGLE,
        '      why: "The',
        '      misconception: x\n      why: "The',
        9,
        "has no misconception",
    ),
    (SINGLE, '"405 Method Not Allowed"', '""', 8, "'right' is empty"),
    (SINGLE, "  options:\n", "  options: []\n  pairs:\n", 7, "'options' is an empty list"),
    (SINGLE, "  sources:\n", '  sources: "RFC"\n  url:\n', 17, "'sources' must be a list"),
    (SINGLE, "    kind: python", '    kind: ["python"]', 22, "'kind' must be text"),
    (SINGLE, "  level: junior\n", '  level: junior\n  status: "old"\n', 3, "is not 'retired'"),
    (SINGLE, "  level: junior\n", '  level: junior\n  minutes: "x"\n', 3, "a whole number"),
    (SINGLE, "  level: junior\n", '  level: junior\n  fixed_order: "1"\n', 3, '"true" or "false"'),
    (ORDER, '["1", "2"],', '["1"],', 6, "'constraints' wants pairs of numbers"),
    (ORDER, 'swap: ["3", "4"]', 'swap: ["3", "x"]', 8, "'swap' must be a whole number"),
    (OUTPUT, "  language: python\n", "", 1, "an output item needs 'language'"),
    (OPEN, '["Adds an', '[["x"], "Adds an', 17, "an entry of 'red_flags' must be text"),
]


@pytest.mark.parametrize(("text", "old", "new", "line", "says"), WRONG)
def test_a_malformed_item_is_named_with_its_line(
    tmp_path: Path, text: str, old: str, new: str, line: int, says: str
) -> None:
    """A field that is missing, unknown or of the wrong form is a mistake at its line."""
    path = bank(tmp_path, changed(text, old, new))
    found = load(tmp_path / "bank").mistakes
    assert any(says in m.text and m.line == line for m in found), found
    assert {m.path for m in found} == {str(path)}


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    """A mistake in one item hides none of another item, nor of another file."""
    bank(tmp_path, changed(SINGLE, "junior", "guru") + changed(OUTPUT, "junior", "guru"))
    bank(tmp_path, "- 'x'\n", "sql/joins.yaml")
    bank(tmp_path, "id: 'x'\n", "sql/grouping.yaml")
    bank(tmp_path, SQL, "stray.yaml")
    assert [(Path(m.path).name, m.line) for m in load(tmp_path / "bank").mistakes] == [
        ("status-codes.yaml", 2),
        ("status-codes.yaml", 28),
        ("grouping.yaml", 1),
        ("joins.yaml", 1),
        ("stray.yaml", 1),
    ]


def test_a_broken_item_is_not_sound_and_the_others_are(tmp_path: Path) -> None:
    """An item with a mistake of form is still there for the rules, but is not to be proved."""
    found = entries(tmp_path, changed(SINGLE, "junior", "guru") + OUTPUT)
    assert [entry.sound for entry in found] == [False, True]


def test_an_entry_knows_the_line_of_every_part(tmp_path: Path) -> None:
    """A part is found by its path; what does not exist has the line of what would hold it."""
    entry = entries(tmp_path, OUTPUT + SINGLE)[1]
    first = OUTPUT.count("\n")
    assert entry.line() == first + 1
    assert entry.line("options", 1, "why") == first + 11
    assert entry.line("options", 7, "why") == first + 7
    assert entry.line("nothing", "here") == first + 1


SAME = [
    ("RFC 9110, HTTP Semantics", "RFC 9110"),
    ("  proof:\n", '  reviewed: "2026-11-22"\n  proof:\n'),
    ("    kind: python\n", '    kind: python\n    note: "seen"\n'),
    ("status = HTTPStatus", "status  =  HTTPStatus"),
    ("  level: junior\n", "  level: junior\n  status: retired\n  replaced_by: x-y\n"),
    ("  level: junior\n", '  level: junior\n  fixed_order: "false"\n  hints: []\n'),
]
OTHER = [
    ("level: junior", "level: mid"),
    ("takes no DELETE", "takes no PUT"),
    ("404 Not Found", "404 Not found"),
    ("which is not so", "which is wrong"),
    ("any-refusal-is-404", "refusals-are-404"),
    ("The rule behind it", "Rule behind it"),
    ("  level: junior\n", '  level: junior\n  hints: ["Think."]\n'),
    ("http-wrong-method", "http-wrong-verb"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_the_hash_does_not_depend_on_grounds(tmp_path: Path, old: str, new: str) -> None:
    """Sources, proof, review and retirement change nothing that a person sees or is graded by."""
    assert item(tmp_path, changed(SINGLE, old, new)).hash == item(tmp_path, SINGLE).hash


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_the_hash_depends_on_all_that_is_seen(tmp_path: Path, old: str, new: str) -> None:
    """Any change of what a person sees or is graded by changes the hash."""
    assert item(tmp_path, changed(SINGLE, old, new)).hash != item(tmp_path, SINGLE).hash


def test_the_hash_of_an_item_stays_what_it_is(tmp_path: Path) -> None:
    """Answers and cards keep hashes, so that neither code nor model may change one unseen."""
    assert item(tmp_path, SINGLE).hash == "c0760db3114cee2e"


def test_a_flipped_key_changes_the_hash(tmp_path: Path) -> None:
    """Which option is right belongs to what is hashed."""
    flipped = changed(changed(SINGLE, "- wrong: ", "- right: "), "- right: ", "- wrong: ")
    body = item(tmp_path, flipped).body
    assert isinstance(body, Choice)
    assert item(tmp_path, flipped).hash != item(tmp_path, SINGLE).hash


def test_a_case_keeps_its_steps(tmp_path: Path) -> None:
    """A case has its steps in order, each with its options."""
    body = item(tmp_path, ALL["case"]).body
    assert isinstance(body, Case)
    assert [step.ask for step in body.steps] == [f"What comes as number {n}?" for n in (1, 2, 3)]

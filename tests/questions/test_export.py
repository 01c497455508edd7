"""The rows that the measures read: one for each item, step and draw."""

from __future__ import annotations

import json

from questions.export import draws, rows
from questions.model import Case, Choice, Code, Item, Number, Option, Proof, Source, Step
from questions.templates import ALL

SOURCE = Source("RFC 9110", "9.2", "https://www.rfc-editor.org/rfc/rfc9110")
OPTIONS = (
    Option("a row lock", right=False, why="It holds until the commit.", misconception="m"),
    Option("a table lock", right=True, why="It covers all rows."),
)
COMMON = {
    "area": "databases",
    "topic": "locks-and-deadlocks",
    "level": "mid",
    "explanation": "Locks end with the transaction.",
    "sources": ["https://www.rfc-editor.org/rfc/rfc9110"],
    "fixed_order": False,
}


def item(name: str, **changes: object) -> Item:
    values = {
        "id": name,
        "area": "databases",
        "topic": "locks-and-deadlocks",
        "level": "mid",
        "type": "single",
        "prompt": "What is taken?",
        "body": Choice(OPTIONS),
        "explain": "Locks end with the transaction.",
        "sources": (SOURCE,),
        "proof": Proof("read"),
    }
    return Item(**{**values, **changes})  # type: ignore[arg-type]


def test_single_choice_is_one_row() -> None:
    """A choice is a row of type single with its options, the right position and every why."""
    assert list(rows([item("lock")])) == [
        {
            **COMMON,
            "id": "lock",
            "item": "lock",
            "family": "",
            "kind": "single",
            "type": "single",
            "prompt": "What is taken?",
            "options": ["a row lock", "a table lock"],
            "answer": [1],
            "option_notes": ["It holds until the commit.", "It covers all rows."],
        }
    ]


def test_multi_and_output_keep_their_kind() -> None:
    """A choice of many is a row of type multi; an output is single, with its program."""
    (multi,) = rows([item("m", type="multi", body=Choice(OPTIONS, many=True))])
    (output,) = rows([item("o", type="output", code=Code("print(1)", "python"))])
    assert (multi["type"], multi["kind"]) == ("multi", "multi")
    assert (output["type"], output["kind"]) == ("single", "output")
    assert output["prompt"] == "What is taken?\n```python\nprint(1)\n```"


def test_each_step_of_a_case_is_a_row() -> None:
    """The steps of a case are single rows of one family, each with the case's text before it."""
    case = Case((Step("First?", OPTIONS), Step("Then?", OPTIONS[::-1])))
    first, second = rows([item("outage", type="case", body=case)])
    assert (first["id"], second["id"]) == ("outage.1", "outage.2")
    assert {row["item"] for row in (first, second)} == {"outage"}
    assert {row["family"] for row in (first, second)} == {"outage"}
    assert (first["prompt"], second["prompt"]) == (
        "What is taken?\nFirst?",
        "What is taken?\nThen?",
    )
    assert (first["answer"], second["answer"]) == ([1], [0])
    assert first["type"] == "single"


def test_other_types_have_no_options() -> None:
    """What is no choice is a row of its own type, without options and without a key."""
    (row,) = rows([item("n", type="numeric", body=Number("4", "0", "s", ()))])
    assert (row["type"], row["kind"], row["options"], row["answer"]) == (
        "numeric",
        "numeric",
        [],
        [],
    )


def test_retired_items_are_left_out() -> None:
    """An item that is asked no more is not measured."""
    assert list(rows([item("old", retired=True)])) == []


def test_draws_are_twenty_of_each_template() -> None:
    """Every template gives 20 draws, of one family, each with an id of its own."""
    found = list(rows(draws()))
    assert len(found) == 20 * len(ALL)
    assert len({row["id"] for row in found}) == len(found)
    assert {row["family"] for row in found} == {template.id for template in ALL}


def test_rows_are_json() -> None:
    """A row can be written as a line of JSON and read again."""
    for row in rows([item("lock"), *draws(1)]):
        assert json.loads(json.dumps(row)) == row

"""The lexical gate."""

from __future__ import annotations

import pytest

from jail import gate


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("select 1", "select 1"),
        ("SELECT 1 ;", "SELECT 1 "),
        ("values (1);;; -- done", "values (1)"),
        ("/* a; b */ with x as (select ';') select * from x;", None),
        ("-- drop; table\nselect '--', \"/*\", [;], `;` from t; /* end", None),
        ("select 'it''s; fine' ; \n\t", None),
        ("select 'never closed; drop table t", "select 'never closed; drop table t"),
    ],
)
def test_one_statement_passes(text: str, left: str | None) -> None:
    """A statement passes up to its semicolon, whatever its strings and comments hold."""
    assert gate.statement(text, writes=False) == (text.rpartition(";")[0] if left is None else left)


@pytest.mark.parametrize(
    "text",
    [
        "", ";", ";;", "--select 1", "/* select 1", "'select' 1", "(select 1)", "explain select 1",
        "pragma x", "select 1; select 2", "select 1;-- a\nselect 2", "select';';delete from t",
        "insert into t values (1)", "delete from t", "\ufeffselect 1;x", "selec\u200bt 1",
        "select 1\0", "select '\udfff'", "select " + "x" * 10_000,
    ],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    """What is not one reading statement is refused before anything is run."""
    with pytest.raises(gate.Refused):
        gate.statement(text, writes=False)


@pytest.mark.parametrize("text", ["insert into t values (1)", "REPLACE into t values (1);"])
def test_an_exercise_may_allow_changes(text: str) -> None:
    """With `writes` a statement may change rows, and still not the schema."""
    assert gate.statement(text, writes=True) == text.rstrip(";")
    with pytest.raises(gate.Refused):
        gate.statement("drop table t", writes=True)

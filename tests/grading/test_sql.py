"""Queries are graded by what they gave: right, in another order, wrong and why, or not run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.chat.say import Reader
from bot.grading import sql as grading
from bot.grading.grade import grade
from bot.grading.sql import MOST_ROWS, Outcome, Ran, Row, Stopped, Table
from bot.grading.verdict import Compared, Response, Verdict
from bot.views import tables
from questions.model import Sql
from tests import jailed_items
from tests.sampling.ran import COUNTED_ALL, COUNTED_STAR, EXPECTED, outcome, queried

ITEM = jailed_items.SQL
BODY = jailed_items.QUERY
UNORDERED = replace(BODY, ordered=False)
MINE = (EXPECTED[0], COUNTED_STAR[1], EXPECTED[2])  # wrong on the second fixture
BOTH = (EXPECTED[0], COUNTED_STAR[1], COUNTED_ALL[2])  # there too, and on the third


def of(body: Sql, *mine: Outcome, expected: tuple[Outcome, ...] = EXPECTED) -> Verdict:
    return grading.sql(body, Ran(mine, expected, (COUNTED_STAR, COUNTED_ALL)))


def table(verdict: Verdict) -> list[tuple[str, Row]]:
    assert verdict.compared is not None
    return [(line.whose, line.cells) for line in verdict.compared.lines]


def test_the_same_rows_on_every_fixture_are_right() -> None:
    """
    Names of columns are free; 2 and 2.0 are one number, sums may differ in their last digits.
    """
    other = outcome(("Chess", 2.0), ("Rowing", 0), columns=("x", "y"))
    verdict = queried(other, *EXPECTED[1:])
    assert (verdict.mark, verdict.credit, verdict.hits, verdict.total) == ("right", 1.0, 3, 3)
    third = (outcome(("a", 0.1 + 0.2)), *EXPECTED[1:])
    assert of(BODY, outcome(("a", 0.3)), *EXPECTED[1:], expected=third).right


def test_order_counts_only_where_it_is_asked_for() -> None:
    """
    The right rows in another order are partly right where the question sorts, else right.
    """
    turned = outcome(("Rowing", 0), ("Chess", 2))
    verdict = of(BODY, turned, *EXPECTED[1:])
    assert (verdict.mark, verdict.reason, verdict.credit) == ("partly", "sequence", 0.5)
    assert of(UNORDERED, turned, *EXPECTED[1:]).right


def test_columns_in_another_order_are_partly_right() -> None:
    """
    All the values are there: that is said, and is not the whole of it.
    """
    swapped = (outcome((2, "Chess"), (0, "Rowing")), outcome((0, "Dance")), outcome((1, "Go")))
    verdict = of(BODY, *swapped)
    assert (verdict.mark, verdict.reason) == ("partly", "columns")


def test_rows_are_counted_as_often_as_they_come() -> None:
    """
    A row that comes twice is not the row that comes once.
    """
    double = outcome(("Chess", 2), ("Rowing", 0), ("Rowing", 0))
    verdict = of(UNORDERED, double, *EXPECTED[1:])
    assert verdict.mark == "wrong"
    assert table(verdict)[-1] == ("yours", ("Rowing", 0))


def test_what_fails_on_the_rows_shown_is_laid_beside_what_was_expected() -> None:
    """
    Rows that both have are marked so; the known wrong query that gives the same is named.
    """
    verdict = queried(*COUNTED_STAR)
    assert (verdict.mark, verdict.reason) == ("wrong", "rows")
    assert verdict.misconception == "count-star-of-outer-join"
    assert table(verdict) == [
        ("both", ("Chess", 2)),
        ("expected", ("Rowing", 0)),
        ("yours", ("Rowing", 1)),
    ]


def test_what_fails_on_hidden_rows_names_the_mistake_and_no_data() -> None:
    """
    Nothing of a hidden fixture stands in the verdict but its name and the known mistake.
    """
    verdict = queried(EXPECTED[0], EXPECTED[1], COUNTED_ALL[2])
    assert (verdict.mark, verdict.reason, verdict.hits) == ("wrong", "hidden", 2)
    assert verdict.matched == "somebody left and came back"
    assert verdict.misconception == "join-forgets-a-condition"
    assert verdict.compared is None


def test_a_mistake_that_does_the_same_everywhere_is_named_before_one_that_looks_alike() -> None:
    """
    The text decides between those alone that give the same rows on every fixture.
    """
    verdict = grading.sql(BODY, Ran(MINE, EXPECTED, (MINE, BOTH)), BODY.must_fail[1].query)
    assert verdict.misconception == BODY.must_fail[0].misconception


def test_a_failure_that_fits_no_known_mistake_is_not_given_one() -> None:
    """
    A misconception is named only where the same wrong query would give the same wrong rows.
    """
    verdict = queried(EXPECTED[0], EXPECTED[1], outcome(("Go", 7)))
    assert (verdict.reason, verdict.why, verdict.misconception) == ("hidden", "", "")


@pytest.mark.parametrize("stopped", ["time", "memory", "size"])
def test_what_took_too_much_is_wrong_and_says_so(stopped: Stopped) -> None:
    """
    It began to run: that is an answer, also where the database adds words of its own.
    """
    for error in ("", "interrupted"):
        verdict = queried(*(Outcome(None, error, stopped),) * 3)
        assert (verdict.mark, verdict.reason, verdict.matched) == ("wrong", "stopped", stopped)


@pytest.mark.parametrize(
    "first",
    [
        Outcome(error="no such column: x"),
        Outcome(error="not authorized", stopped="forbidden"),
        Outcome(stopped="crash"),
    ],
)
def test_what_cannot_be_run_is_no_answer(first: Outcome) -> None:
    """
    An error on the rows shown, a wall, or a crash of what runs it: refused, to be asked again.
    """
    verdict = queried(first, first, first)
    assert verdict.reason == "refused"
    assert verdict.matched == (first.stopped or first.error)


def test_an_error_on_hidden_rows_alone_is_wrong() -> None:
    """
    Whoever errs there could learn of the data by errors that do not count.
    """
    verdict = queried(EXPECTED[0], Outcome(error="integer overflow"), EXPECTED[2])
    assert (verdict.mark, verdict.reason, verdict.matched) == ("wrong", "hidden", "nobody at all")


def test_cut_tables_are_never_right() -> None:
    """
    Two tables of which the ends are missing are not known to be the same.
    """
    cut = Outcome(Table(("a",), (("x",),), cut=True))
    assert of(BODY, cut, cut, cut, expected=(cut, cut, cut)).mark == "wrong"


def test_without_its_outcome_it_is_not_graded() -> None:
    """
    A query cannot be judged by its text.
    """
    with pytest.raises(ValueError, match="select"):
        grade(ITEM, Response(text=BODY.solution))


def test_the_verdict_knows_what_the_keyboard_did() -> None:
    """
    What was read as ASCII is said with the verdict.
    """
    assert queried(*EXPECTED, text="select \u2018a\u2019 \u2013 1").straightened == (
        "quotes",
        "dashes",
    )


def test_a_long_difference_shows_some_of_both() -> None:
    """
    Eight rows at most: what was expected and what was got, and how many are left out.
    """
    many = outcome(*((f"club {n}", n) for n in range(30)))
    verdict = queried(many, *EXPECTED[1:])
    assert verdict.compared is not None
    rows = table(verdict)
    assert len(rows) == MOST_ROWS
    assert {whose for whose, _ in rows} == {"expected", "yours"}
    assert verdict.compared.more == 32 - MOST_ROWS
    assert "\u2026 24 more rows" in tables.difference(Reader(), verdict.compared)


cells = st.none() | st.text(max_size=80) | st.integers() | st.floats(allow_nan=False)
rows = st.lists(st.lists(cells, min_size=1, max_size=12).map(tuple), max_size=12)


@given(rows, rows, st.lists(st.text(max_size=60), min_size=12, max_size=12), st.booleans())
def test_any_two_tables_can_be_laid_beside_each_other(
    one: list[Row], other: list[Row], names: list[str], ordered: bool
) -> None:
    """
    Whatever people and databases make of cells: 48 columns, 8 rows, one fence, nothing else.
    """
    body = replace(BODY, ordered=ordered)
    mine, theirs = (outcome(*_even(each), columns=_named(each, names)) for each in (one, other))
    verdict = of(body, mine, *EXPECTED[1:], expected=(theirs, *EXPECTED[1:]))
    if verdict.compared is None:
        assert verdict.mark == "right"
        return
    _whole(verdict.compared)


def _even(rows: list[Row]) -> list[Row]:
    width = min((len(row) for row in rows), default=1)
    return [row[:width] for row in rows]


def _named(rows: list[Row], names: list[str]) -> tuple[str, ...]:
    return tuple(names[: min((len(row) for row in rows), default=1)])


def _whole(compared: Compared) -> None:
    assert len(compared.lines) <= MOST_ROWS
    drawn = tables.difference(Reader(), compared)
    first, *inside, last = drawn.split("\n")
    assert (first, last) == ("```", "```")
    assert "```" not in "\n".join(inside)
    assert max(map(tables.wide, inside)) <= 48
    assert not any(
        char.isspace() and char != " " for line in inside for char in line if ord(char) < 32
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "NULL"), ("NULL", "'NULL'"), ("null", "'null'"), ("", "''"), ("1", "'1'"), (1, "1"),
        ("1.5", "'1.5'"), (1.5, "1.5"), (" a", "' a'"), ("a b", "a b"), ("a\nb", "a\u21b5b"),
        ("\u202ex", "x"),
    ],
)  # fmt: skip
def test_a_cell_cannot_be_taken_for_another(value: str | float | None, shown: str) -> None:
    """
    Text that looks like a number, like NULL or like nothing stands in quotes.
    """
    assert tables.cell(value) == shown


def test_the_tables_of_a_question_fit_a_phone() -> None:
    """
    Schema and shown rows are broken where columns and rows end, not within them.
    """
    drawn = tables.data(BODY)
    lines = drawn.split("\n")
    assert lines[0] == "```sql"
    assert max(map(len, lines)) <= 48
    assert "  (1,'bo','left'), (1,'cy','active');" in lines
    assert "Dance" not in drawn


def test_a_column_that_no_line_holds_is_broken_between_words() -> None:
    """
    Long constraints are common; a phone shows 48 columns.
    """
    long = "create table holds(operator_id integer not null references operator(id), c text);"
    drawn = tables.data(replace(BODY, schema=long)).split("\n")
    assert drawn[1:3] == [
        "create table holds(operator_id integer not null",
        "  references operator(id), c text);",
    ]

"""What keyboards make of code becomes ASCII again, and nothing that was meant is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grading import keyboard, regex, sql
from questions.model import Regex
from tests import jailed_items

QUERY, PATTERN = jailed_items.QUERY, jailed_items.PATTERN


@pytest.mark.parametrize(
    ("typed", "run", "kinds"),
    [
        ("select \u2018a\u2019", "select 'a'", ("quotes",)),
        ("select \u201ename\u201c", 'select "name"', ("quotes",)),
        ("select 1 \u2014 a comment", "select 1 -- a comment", ("dashes",)),
        ("select 3 \u2013 1", "select 3 - 1", ("dashes",)),
        ("select\u00a01,\u202f2", "select 1, 2", ("spaces",)),
        (
            "\u2018a\u2019 \u2212 1\u00a0\u2026",
            "'a' - 1 ...",
            ("quotes", "dashes", "spaces", "dots"),
        ),
        ("select 'it\u2019s \u2013 so'", "select 'it\u2019s \u2013 so'", ()),
        ("select 'a''\u2013' \u2013 1", "select 'a''\u2013' - 1", ("dashes",)),
        ("```sql\nselect 1\n```", "select 1", ()),
        ("`select 1`", "select 1", ()),
        ("select `name` from `club`", "select `name` from `club`", ()),
        ("`name` = `club`", "`name` = `club`", ()),
        ("  select 1;\n", "select 1;", ()),
    ],
)
def test_a_query_is_run_as_it_was_meant(typed: str, run: str, kinds: tuple[str, ...]) -> None:
    """
    Typographic marks and a chat's wrapping go; what stands between straight quotes stays.
    """
    assert sql.readable(QUERY, typed) == (run, kinds)


@pytest.mark.parametrize(
    ("typed", "run", "kinds"),
    [
        ("[0\u20135][0-9]", "[0-5][0-9]", ("dashes",)),
        ('r"[0-5][0-9]"', "[0-5][0-9]", ()),
        ("r\u2018[0-5]\u2019", "[0-5]", ("quotes",)),
        ("`\\d+`", "\\d+", ()),
        ("\\d\u2026", "\\d...", ("dots",)),
        ("[\u0662]", "[\u0662]", ()),
        ("r'", "r'", ()),
    ],
)
def test_a_pattern_is_run_as_it_was_meant(typed: str, run: str, kinds: tuple[str, ...]) -> None:
    """
    The same of patterns, also where one is typed as Python writes it.
    """
    assert regex.readable(PATTERN, typed) == (run, kinds)


def test_what_the_question_uses_itself_stays() -> None:
    """
    A question about typographic marks can be answered.
    """
    body = Regex(("1\u20132",), ("1-2",), "\\d\u2013\\d", ())
    assert regex.readable(body, "\\d\u2013\\d") == ("\\d\u2013\\d", ())


@given(st.text(max_size=300))
def test_any_text_comes_out_the_same_a_second_time(text: str) -> None:
    """
    Nothing is left to be changed, and plain ASCII is never touched.
    """
    once, kinds = keyboard.straight(text)
    assert keyboard.straight(once) == (once, ())
    if text.isascii():
        assert (once, kinds) == (text, ())

"""The argument of `/quiz`: names, a level, a count and types in any order."""

from __future__ import annotations

import pytest

from questions import areas
from questions.areas import Areas
from questions.model import TYPES
from questions.words import Asked, BadCount, BadType, Nothing, Unsure, parse_quiz

COMMANDS = frozenset({"help", "plan", "daily"})


@pytest.fixture(scope="module")
def known() -> Areas:
    return areas.load()


def shown(asked: Asked) -> str:
    parts = [f"{area}/{topic}" if topic else area for area, topic in asked.scope]
    parts += [asked.level] if asked.level else []
    parts += [str(asked.count)] if asked.count else []
    return " ".join([*parts, *(f"type:{kind}" for kind in asked.types)])


# what is typed, and what is understood of it
UNDERSTOOD = {
    "": "",
    "databases": "databases",
    "sql+git senior 10 type:sql": "sql git senior 10 type:sql",
    "10 type:sql,single senior sql + git": "sql git senior 10 type:single type:sql",
    "TYPE: Output python": "python type:output",
    "mid-level python": "python mid",
    "jr git 3": "git junior 3",
    "seniro sql": "sql senior",
    "sql middle": "sql mid",
    "junior": "junior",
    "7": "7",
    "5 questions on isolation levels please": "databases/isolation-levels 5",
    "section 508": "accessibility/accessibility-law-and-testing",
    "section 508 10": "accessibility/accessibility-law-and-testing 10",
    "bootstrap 5 senior": "frontend/bootstrap senior",
    "429": "http-apis/rate-limits-and-quotas",
    "senior design": "caching messaging distributed-systems system-design concurrency",
    "senior design 20": "caching messaging distributed-systems system-design concurrency 20",
    "area:sql senior": "sql senior",
    "Area: git": "git",
    "all": "",
    "quiz me": "",
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_argument_is_understood(known: Areas, text: str) -> None:
    """Names, level, count and types are found in any order, without a problem."""
    asked = parse_quiz(text, known, COMMANDS)
    assert asked.problems == ()
    assert shown(asked) == UNDERSTOOD[text]


@pytest.mark.parametrize("said", ["0", "21", "-3", "+50", "99999999999999999999"])
def test_count_out_of_range_is_said(known: Areas, said: str) -> None:
    """A count outside 1 to 20 is a problem that names the range; the area is understood."""
    asked = parse_quiz(f"sql {said}", known)
    assert asked.problems == (BadCount(said, 1, 20),)
    assert asked.count is None
    assert asked.scope == (("sql", ""),)


@pytest.mark.parametrize("count", [1, 20])
def test_borders_of_the_count_are_allowed(known: Areas, count: int) -> None:
    """One question and twenty questions can be asked for."""
    assert parse_quiz(f"sql {count}", known).count == count


def test_unknown_type_lists_the_types(known: Areas) -> None:
    """A type that does not exist is a problem that lists those that do; the others are taken."""
    asked = parse_quiz("sql type:essay,sql", known)
    assert asked.problems == (BadType("essay", TYPES),)
    assert asked.types == ("sql",)


def test_unknown_words_are_a_problem(known: Areas) -> None:
    """Words that mean nothing, or several things, are a problem; the rest is understood."""
    asked = parse_quiz("pizza senior 3", known)
    assert asked.problems == (Nothing("pizza"),)
    assert (asked.level, asked.count, asked.targets) == ("senior", 3, ())
    (unsure,) = parse_quiz("keys 3", known).problems
    assert isinstance(unsure, Unsure)


def test_several_problems_are_told_at_once(known: Areas) -> None:
    """A bad name, type and count are three problems of one answer."""
    asked = parse_quiz("pizza 99 type:x", known)
    assert [type(problem) for problem in asked.problems] == [Nothing, BadType, BadCount]


def test_command_word_is_reached_by_area_alone(known: Areas) -> None:
    """A name that is also a command means nothing, until `area:` stands before it."""
    reserved = frozenset({"git"})
    assert parse_quiz("git", known, reserved).problems == (Nothing("git"),)
    assert parse_quiz("area:git senior", known, reserved).scope == (("git", ""),)


def test_a_slip_is_not_sure(known: Areas) -> None:
    """The answer says when a name was read from a misspelling."""
    assert parse_quiz("python 3", known).sure
    assert not parse_quiz("pyhton 3", known).sure


@pytest.mark.parametrize(
    "text", ["\x00", "type:", "area:", ":" * 99, "1 2 3", "9" * 5000, "+ +", "ß" * 4000]
)
def test_nothing_raises(known: Areas, text: str) -> None:
    """Whatever is typed is answered with a value, never with an exception."""
    assert isinstance(parse_quiz(text, known, COMMANDS), Asked)

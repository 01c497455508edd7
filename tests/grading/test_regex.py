"""Patterns are graded by what they took: the class that failed is named, never the string."""

from __future__ import annotations

import re

import msgspec
import pytest

from bot.chat.say import Reader
from bot.grading import regex as grading
from bot.grading.grade import grade
from bot.grading.regex import Matches, Tried
from bot.grading.sql import Stopped
from bot.grading.verdict import Response, Verdict
from bot.views import ran
from questions.model import MustFail
from tests import jailed_items
from tests.sampling.ran import matched

ITEM = jailed_items.REGEX
BODY = jailed_items.PATTERN
SUBJECTS = (*BODY.accept, *BODY.reject)


def took(pattern: str) -> Matches:
    return Matches(tuple(re.fullmatch(pattern, one) is not None for one in SUBJECTS))


def tried(pattern: str) -> Verdict:
    known = tuple(took(one.query) for one in BODY.must_fail)
    return grading.regex(BODY, Tried(took(pattern), known))


def test_every_string_as_it_should_be_is_right() -> None:
    """
    Another pattern that takes and refuses the same is as right as ours.
    """
    verdict = tried("0[0-9]|[1-5][0-9]")
    assert (verdict.mark, verdict.hits, verdict.total) == ("right", 12, 12)


def test_the_known_mistake_that_fits_is_named() -> None:
    """
    The one that errs on the same strings, else the one that errs on those and the fewest more.
    """
    assert tried("\\d\\d").misconception == ""  # errs where either does, and neither does so
    assert tried("[0-9][0-9]").misconception == "two-digits-make-a-minute"
    assert tried("[0-5]\\d").misconception == "backslash-d-means-ten-digits"


def test_a_mistake_that_errs_more_is_not_named_for_its_looks() -> None:
    """
    Of two that err wherever this one does, the one that errs least elsewhere is meant.
    """
    pattern = "[0-5]\\d"
    wide = MustFail("[0-5]?\\d", "One digit is no minute.", "one-digit-is-a-minute")
    close = MustFail("(0|1|2|3|4|5)[\\d]", "Every script has digits.", "digits-of-one-script")
    body = msgspec.structs.replace(BODY, must_fail=(wide, close))
    known = tuple(took(one.query) for one in body.must_fail)
    verdict = grading.regex(body, Tried(took(pattern), known), pattern)
    assert verdict.misconception == "digits-of-one-script"


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("[0-5][0-9]|60", "reject"),
        ("[0-5][0-9]|7", "reject shorter"),
        ("[0-5][0-9]|007", "reject inside"),
        ("([0-5][0-9])?", "reject empty"),
        ("[0-5][0-9]\\n?", "reject line-end"),
        (" ?[0-5][0-9]", "reject blank"),
        ("[0-5]\\d", "reject ascii"),
        ("[1-5][0-9]", "accept"),
    ],
)
def test_the_class_that_failed_is_named(pattern: str, matched: str) -> None:
    """
    What can be seen of the first string that failed, without the string.
    """
    assert tried(pattern).matched == matched


def test_the_longest_and_the_shortest_are_classes() -> None:
    """
    Where one accepted string is longer or shorter than all others.
    """
    body = msgspec.structs.replace(BODY, accept=("a", "bbb", "cc", "dd"), reject=("x", "y"))
    for bad, name in ((0, "shortest"), (1, "longest"), (2, "")):
        found = (*(n != bad for n in range(4)), False, False)
        verdict = grading.regex(body, Tried(Matches(found)))
        assert verdict.matched == f"accept {name}".strip()


def test_no_string_of_the_question_is_told() -> None:
    """
    Neither the verdict nor its words hold a string that the pattern was tried on.
    """
    body = msgspec.structs.replace(BODY, reject=("sesame-1", "sesame-2\n", " sesame-3"))
    for bad in range(3):
        found = (True,) * 4 + tuple(n == bad for n in range(3))
        verdict = grading.regex(body, Tried(Matches(found)))
        item = msgspec.structs.replace(ITEM, body=body)
        said = ran.head(Reader(), item, verdict) + ran.why(Reader(), item, verdict)
        assert "sesame" not in said + str(verdict)


@pytest.mark.parametrize("stopped", ["time", "memory", "size"])
def test_what_took_too_long_is_wrong(stopped: Stopped) -> None:
    """
    It is a pattern, and it does not do: that is an answer.
    """
    verdict = grading.regex(BODY, Tried(Matches(stopped=stopped)))
    assert (verdict.mark, verdict.reason, verdict.matched) == ("wrong", "stopped", stopped)


@pytest.mark.parametrize("mine", [Matches(error="bad escape"), Matches(stopped="crash")])
def test_what_is_no_pattern_is_no_answer(mine: Matches) -> None:
    """
    It is asked again, and nothing is counted.
    """
    assert grading.regex(BODY, Tried(mine)).reason == "refused"


def test_the_verdict_knows_what_the_keyboard_did() -> None:
    """
    What was read as ASCII is said with the verdict.
    """
    verdict = grade(ITEM, Response(text="[0\u20135][0-9]"), ran=Tried(took("[0-5][0-9]")))
    assert (verdict.mark, verdict.straightened) == ("right", ("dashes",))
    assert matched(*(True,) * 5, *(False,) * 7).straightened == ()

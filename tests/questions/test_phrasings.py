"""A point is covered by a clause that says it, not by one that denies it or by words alone."""

from __future__ import annotations

import time

import pytest

from questions.model import Point
from questions.phrasings import covered

POINT = Point(
    "Measures percentiles.",
    1,
    ("measure the p99 latency", "percentiles not averages", "today we would"),
    misconceptions=("the mean is enough", "averages cost nothing"),
)

SAID = [
    "I measured the p99 of the latency.",
    "measure latency: the P99",
    "We don't guess, we measure the p99 latency.",
    "Nothing was cached; the p99 latency was measured.",
    "the p99\nlatency is what we measure",
    "- cache\n- measures p99 latency",
    "I look at percentiles, not at averages.",
    "percentiles rather than averages",
    "We look at percentiles instead of the averages",
    "Today we would see.",
]
NOT_SAID = [
    "",
    "I never measured the p99 latency.",
    "We did not measure p99 or latency.",
    "I measured the p99. The latency was fine.",
    "p99",
    "percentiles and averages",
    "would we today",
    "I measured the p99 latency, but the mean is enough.",
    "I measured the p99 latency; averages cost nothing.",
]


@pytest.mark.parametrize("text", SAID)
def test_a_clause_that_says_it_covers_the_point(text: str) -> None:
    """Inflection, order, case and line breaks do not matter; a denied phrasing wants a denial."""
    assert covered(POINT, text)


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_denied_scattered_or_vetoed_does_not(text: str) -> None:
    """Negated clauses, words of two sentences and listed misconceptions earn nothing."""
    assert not covered(POINT, text)


def test_a_denied_misconception_vetoes_nothing() -> None:
    """Who says that a belief is wrong does not hold it."""
    assert covered(POINT, "I measure the p99 latency. The mean is never enough.")


def test_a_misconception_is_said_in_one_clause() -> None:
    """Of two neighbours one may speak of the mean and the other of what is enough."""
    assert covered(POINT, "I measure the p99 latency: not one number is enough, the mean hides.")


def test_a_long_answer_is_read_quickly() -> None:
    """An answer of 4 kB without a full stop takes milliseconds."""
    start = time.perf_counter()
    assert not covered(POINT, "measure, p99, but " * 220)
    assert time.perf_counter() - start < 0.2

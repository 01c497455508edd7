"""Open answers: points are seen where they are said, and neither stuffing nor length pays."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grading.opened import opened
from questions.model import Open, Point
from tests.grading.asked import bank

BODY = Open(
    (
        Point(
            "Names percentiles.",
            3,
            ("percentiles not averages", "the 99th percentile", "we look at p99"),
            ("percentile", "tail"),
            ("the average is enough",),
        ),
        Point(
            "Alerts on the symptom that users see.",
            2,
            ("alert on what users see", "page only on symptoms", "alerts on user facing errors"),
            ("symptom",),
            ("alert on every cpu spike",),
        ),
        Point(
            "Makes retries safe with a key.",
            3,
            ("an idempotency key", "the key is stored with the response", "retries carry one key"),
            ("idempotency",),
        ),
    ),
    ("Blames others.",),
    "We look at p99. We alert on what users see. Retries carry one key.",
    ("Why?", "And then?"),
)
PARTS = ("We look at p99", "We alert on what users see", "Retries carry one key")


def seen(text: str) -> list[str]:
    """What was seen of each point."""
    return [point.seen for point in opened(BODY, text).points]


def test_the_model_answer_is_right() -> None:
    """All points said are full marks, each of them covered."""
    verdict = opened(BODY, BODY.model_answer)
    assert (verdict.mark, verdict.credit, verdict.hits, verdict.total) == ("right", 1.0, 3, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We look at p99.", ["covered", "missing", "missing"]),
        ("We do not look at p99.", ["missing", "missing", "missing"]),
        ("We use percentiles, not averages.", ["covered", "missing", "missing"]),
        ("We use percentiles and averages.", ["missing", "missing", "missing"]),
        ("We look at p99. The average is enough.", ["missing", "missing", "missing"]),
        ("Every response was stored with the request.", ["missing", "missing", "partly"]),
        ("", ["missing", "missing", "missing"]),
    ],
)
def test_how_much_of_a_point_is_seen(text: str, expected: list[str]) -> None:
    """A phrasing in one clause covers, most of it touches; denial and misconception undo it."""
    assert seen(text) == expected


def test_a_veto_names_the_misconception() -> None:
    """The vetoed point says which belief stood against it."""
    point = opened(BODY, "We look at p99. The average is enough.").points[0]
    assert point.vetoed == "the average is enough"


@pytest.mark.parametrize(
    ("parts", "mark"), [((), "wrong"), ((1,), "wrong"), ((0,), "partly"), ((0, 1, 2), "right")]
)
def test_the_mark_follows_the_weight(parts: tuple[int, ...], mark: str) -> None:
    """Right from 80 % of the weight on, partly from 35 % on."""
    assert opened(BODY, ". ".join(PARTS[at] for at in parts) + ".").mark == mark


def test_a_row_of_keywords_covers_nothing() -> None:
    """Keywords without the words that join them are no statement."""
    stuffed = "percentile p99 tail symptom alert page users idempotency key retries response stored"
    assert seen(stuffed) == ["missing"] * 3
    assert seen(", ".join(stuffed.split())) == ["missing"] * 3


def test_saying_more_never_lowers() -> None:
    """Each stated point more raises the credit, in whatever company."""
    for size in range(3):
        for chosen in combinations(PARTS, size):
            before = opened(BODY, ". ".join(chosen)).credit
            for more in set(PARTS) - set(chosen):
                assert opened(BODY, ". ".join([*chosen, more])).credit > before


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from((*PARTS, "It was fast", "Nothing helped")), max_size=6),
    st.integers(2, 5),
)
def test_repeating_never_raises(sentences: list[str], times: int) -> None:
    """The same sentences again change nothing."""
    once = ". ".join(sentences) + ". "
    assert opened(BODY, once * times).credit == opened(BODY, once).credit


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=4096))
def test_any_text_gets_a_verdict(text: str) -> None:
    """Any text up to 4 kB is graded without an exception."""
    assert 0.0 <= opened(BODY, text).credit <= 1.0


def test_the_banks_rubrics() -> None:
    """Each model answer is right in full, its question alone and its anchors alone are not."""
    for item in bank():
        if isinstance(item.body, Open):
            assert opened(item.body, item.body.model_answer).credit == 1.0, item.id
            assert opened(item.body, item.prompt).mark == "wrong", item.id
            anchors = " ".join(anchor for point in item.body.rubric for anchor in point.anchors)
            assert opened(item.body, anchors).mark == "wrong", item.id

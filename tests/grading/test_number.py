"""Typed numbers: every way of writing one, units, and the values that give a belief away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grading.number import number
from bot.grading.verdict import Verdict
from questions.model import KnownWrong, Number


def ask(answer: str, unit: str, text: str, tolerance: str = "0", wrong: str = "") -> Verdict:
    """Grade a number against an answer in a unit."""
    known = (KnownWrong(wrong, "that counts twice", "counts-twice"),) if wrong else ()
    return number(Number(answer, tolerance, unit, known), text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("1000", "1000"), ("1000", "1,000"), ("1000", "1 000"), ("1000", "1'000"),
        ("1000", "1_000"), ("1000", "1.000"), ("1000000", "1.000.000"), ("1000000", "1,000,000"),
        ("1000.5", "1.000,5"), ("1000.5", "1,000.5"), ("1.5", "1,5"), ("0.125", "0,125"),
        ("1.25", "1.250"), ("0.5", ".5"), ("-5", "\u22125"), ("-5", "minus 5"), ("600", "600."),
        ("600", "about 600"), ("600", "~600"), ("600", "I think it's 600"), ("600", "**600**"),
    ],
)  # fmt: skip
def test_separators(answer: str, text: str) -> None:
    """Groups of three and both decimal marks are read; `1,000` and `1.000` have two readings."""
    assert ask(answer, "", text).right


@pytest.mark.parametrize(
    ("answer", "text"),
    [("1", "10"), ("1000", "1.0"), ("1.5", "15"), ("1000", "10.00"), ("12", "1.2.3")],
)
def test_separators_do_not_stretch(answer: str, text: str) -> None:
    """A mark that does not stand before three digits is a decimal mark and nothing else."""
    assert not ask(answer, "", text).right


@pytest.mark.parametrize(
    ("answer", "unit", "text"),
    [
        ("0.75", "", "3/4"), ("0.75", "", "75 %"), ("75", "%", "75 percent"),
        ("1000", "", "1e3"), ("1024", "", "2^10"), ("1024", "", "2**10"),
        ("1024", "", "2\u00b9\u2070"),
        ("3000000", "", "3 x 10^6"), ("5000000", "", "5 million"), ("10000", "", "10k"),
        ("3", "", "three"), ("81", "", "eighty-one"), ("206", "", "two hundred and six"),
        ("0", "", "none"), ("81", "", "1 + 80 = 81"), ("81", "", "81 (1 + 80)"),
    ],
)  # fmt: skip
def test_forms(answer: str, unit: str, text: str) -> None:
    """Fractions, percent, powers of ten and two, scales and words are numbers."""
    assert ask(answer, unit, text).right


@pytest.mark.parametrize(
    ("answer", "unit", "text", "reason"),
    [
        ("2000", "ms", "2000 ms", "alias"), ("2000", "ms", "2000ms", "alias"),
        ("2000", "ms", "2 s", "alias"), ("2000", "ms", "2 seconds", "alias"),
        ("2000", "ms", "2000 s", "unit"), ("90", "s", "1 min 30 s", "alias"),
        ("90", "s", "1m30s", "alias"), ("1024", "B", "1 KiB", "alias"),
        ("1024", "B", "1 kB", "unrelated"), ("1", "kB", "1 KiB", "unit"),
        ("52.4", "Mbit/s", "52.4 Mbps", "alias"), ("52.4", "Mbit/s", "6.55 MB/s", "alias"),
        ("120", "MB", "120 mb", "alias"), ("120", "MB", "120 Mb", "unit"),
        ("81", "queries", "81 queries", "alias"), ("81", "queries", "81 SELECTs", "alias"),
        ("81", "queries", "81 ms", "unit"), ("60", "EUR", "60\u20ac", "alias"),
        ("60", "EUR", "\u20ac60", "alias"), ("60", "EUR", "$60", "unit"),
        ("120", "requests/s", "120 rps", "alias"), ("2", "requests/s", "120 rpm", "alias"),
    ],
)  # fmt: skip
def test_units(answer: str, unit: str, text: str, reason: str) -> None:
    """The named unit may be left out; another one of its kind is converted; the rest is told."""
    assert ask(answer, unit, text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not 81", "negated"), ("80 or 81", "hedge"), ("80-81", "hedge"), ("> 80", "hedge"),
        ("more than 81", "hedge"), ("many", "not-a-number"), ("1.2.3.4", "not-a-number"),
        ("9^9999", "not-a-number"), ("", "empty"),
    ],
)  # fmt: skip
def test_what_is_no_one_number(text: str, reason: str) -> None:
    """Denials, ranges, bounds and texts without a number are refused with their reason."""
    verdict = ask("81", "queries", text)
    assert (verdict.mark, verdict.reason) == ("wrong", reason)


def test_tolerance_is_absolute() -> None:
    """A value within the tolerance is right, the next one is not."""
    assert ask("52.4", "", "52.5", "0.1").right
    assert ask("52.4", "", "52.3", "0.1").right
    assert not ask("52.4", "", "52.51", "0.1").right


def test_a_known_wrong_value_says_why() -> None:
    """A listed wrong value gets the author's explanation, converted like the answer."""
    verdict = ask("2000", "ms", "4 s", wrong="4000")
    assert verdict.reason == "known-wrong"
    assert (verdict.why, verdict.misconception) == ("that counts twice", "counts-twice")


def test_do_not_know() -> None:
    """Who says that they do not know is taken at their word."""
    assert ask("81", "", "idk").mark == "unknown"


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=4096), st.text("0123456789.,_ eE+-*/^x%kM()=", max_size=400)))
def test_any_text_gets_a_verdict(text: str) -> None:
    """Any text up to 4 kB is graded without an exception, whatever its digits would amount to."""
    assert ask("81", "ms", text).mark in {"right", "wrong", "unknown"}


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**12), 10**12))
def test_a_number_is_itself(value: int) -> None:
    """Every whole number is right for itself, plain and in groups of three."""
    assert ask(str(value), "", str(value)).right
    assert ask(str(value), "", f"{value:,}").right

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.learning import ability
from bot.learning.memory import Trace, recalled
from bot.learning.standing import readiness, standing
from bot.learning.state import Ability

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def taught(state: Ability, area: str, credit: float, times: int) -> Ability:
    for number in range(times):
        state = ability.observe(
            state, area, "t", hard=0, guess=0.25, credit=credit, at=NOW + timedelta(hours=number)
        )
    return state


def test_right_answers_raise_the_prediction_and_wrong_ones_lower_it() -> None:
    """A prediction follows the answers of its area more than those of another."""
    before = ability.predict(Ability(), "sql", "t", hard=0, guess=0.25)
    good, bad = taught(Ability(), "sql", 1.0, 8), taught(Ability(), "sql", 0.0, 8)
    assert ability.predict(good, "sql", "t", hard=0, guess=0.25) > before
    assert ability.predict(bad, "sql", "t", hard=0, guess=0.25) < before
    elsewhere = ability.predict(bad, "git", "t", hard=0, guess=0.25)
    assert elsewhere > ability.predict(bad, "sql", "t", hard=0, guess=0.25)


def test_evidence_wears_off() -> None:
    """A year without answers makes the filter less sure, never surer than before."""
    state = taught(Ability(), "sql", 1.0, 8)
    later = ability.observe(
        state, "git", "t", hard=0, guess=0.25, credit=1.0, at=NOW + timedelta(days=400)
    )
    assert later.parts["sql"].var > state.parts["sql"].var


def test_an_area_is_named_only_when_it_is_sure() -> None:
    """Two wrong answers name no weak area; ten wrong among many right ones do."""
    few = taught(Ability(), "sql", 0.0, 2)
    assert standing(few).weak == ()
    assert standing(few).measuring == (("sql", 4),)
    many = taught(Ability(), "git", 1.0, 12)
    many = taught(taught(many, "linux", 1.0, 12), "sql", 0.0, 12)
    assert standing(many).weak == ("sql",)
    assert "sql" not in standing(many).strong


def test_readiness_is_a_range_around_what_is_expected() -> None:
    """The range holds the expectation and moves with the answers."""
    areas = ("sql", "git")
    plain = readiness(Ability(), areas, "mid")
    strong = readiness(taught(taught(Ability(), "sql", 1.0, 20), "git", 1.0, 20), areas, "mid")
    assert plain.low <= plain.expected <= plain.high
    assert strong.expected > plain.expected


def test_a_miss_comes_back_sooner_than_a_hit() -> None:
    """A wrong answer is due before a right one, and nothing is due on the same day."""
    hit, miss = recalled(None, None, NOW, right=True), recalled(None, None, NOW, right=False)
    assert NOW + timedelta(days=1) <= miss.due < hit.due
    again = recalled(hit, NOW, hit.due, right=True)
    assert again.stability > hit.stability
    assert isinstance(again, Trace)
    assert date(2026, 11, 22) < again.due.date()

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.learning import ability
from bot.learning.ability import Seen
from bot.learning.items import Params
from bot.learning.memory import recalled
from bot.learning.standing import readiness, standing
from bot.learning.state import Ability

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def taught(state: Ability, area: str, credit: float, times: int) -> Ability:
    for number in range(times):
        at = NOW + timedelta(hours=number)
        state = ability.observe(state, Seen(area, "t", Params(), 0.25, credit, at))
    return state


def test_right_answers_raise_the_prediction_and_wrong_ones_lower_it() -> None:
    """A prediction follows the answers of its area more than those of another."""
    before = ability.predict(Ability(), "sql", "t", Params(), NOW, 0.25)
    good, bad = taught(Ability(), "sql", 1.0, 8), taught(Ability(), "sql", 0.0, 8)
    assert ability.predict(good, "sql", "t", Params(), NOW, 0.25) > before
    assert ability.predict(bad, "sql", "t", Params(), NOW, 0.25) < before
    elsewhere = ability.predict(bad, "git", "t", Params(), NOW, 0.25)
    assert elsewhere > ability.predict(bad, "sql", "t", Params(), NOW, 0.25)
    assert elsewhere < before


def test_an_area_is_named_only_when_it_is_sure() -> None:
    """Two wrong answers name no weak area; ten wrong among many right ones do."""
    few = taught(Ability(), "sql", 0.0, 2)
    assert standing(few).weak == ()
    assert [(one.area, one.more) for one in standing(few).measuring] == [("sql", 1)]
    many = Ability()
    for area in ("git", "linux", "http"):
        many = taught(many, area, 1.0, 12)
    many = taught(many, "sql", 0.0, 12)
    assert [one.area for one in standing(many).weak] == ["sql"]
    assert "sql" not in [one.area for one in standing(many).strong]


def test_readiness_is_a_range_around_what_is_expected() -> None:
    """The range holds the expectation and moves with the answers."""
    areas = ("sql", "git")
    plain = readiness(Ability(), areas, "mid")
    strong = readiness(taught(taught(Ability(), "sql", 1.0, 20), "git", 1.0, 20), areas, "mid")
    assert plain.low <= plain.expected <= plain.high
    assert strong.expected > plain.expected


def test_a_miss_comes_back_sooner_than_a_hit() -> None:
    """A wrong answer is due before a right one, and nothing is due on the same day."""
    hit, miss = recalled(None, None, NOW, 1.0), recalled(None, None, NOW, 0.0)
    assert NOW + timedelta(days=1) <= miss.due < hit.due
    again = recalled(hit, NOW, hit.due, 1.0)
    assert again.stability > hit.stability
    assert NOW.date() < again.due.date()

"""What interviews ask: a weight for each area, from figures that say whence they are."""

from __future__ import annotations

import pytest

from questions.areas import load
from questions.model import LEVELS, Level
from questions.roles import BY_SLUG, ROLES, STACKS
from questions.weights import LOW, STUDY, most, weighed

AREAS = load()


def test_every_figure_is_of_an_area_and_says_whence_it_is() -> None:
    """No area is forgotten or misspelt."""
    assert set(STUDY) == {area.slug for area in AREAS.areas}
    assert all(0 < one.share < 1 and len(one.source) > 7 for one in STUDY.values())


@pytest.mark.parametrize("level", LEVELS)
def test_what_a_role_names_weighs_more_than_what_it_does_not(level: Level) -> None:
    """Every listed area counts, and the heaviest is listed or asked in most interviews."""
    for role in ROLES:
        weights = weighed(role, level, AREAS)
        assert set(weights) == set(STUDY)
        assert all(weights[area] >= LOW for area in role.areas), role.slug
        assert most(weights, 1)[0] in (*role.areas, "frameworks"), role.slug


def test_seniors_are_asked_about_design_and_juniors_about_git() -> None:
    """The level turns a weight by how much of an area lies there."""
    backend = BY_SLUG["backend"]
    junior, senior = (weighed(backend, level, AREAS) for level in ("junior", "senior"))
    assert senior["system-design"] > 2 * junior["system-design"]
    assert junior["git"] > senior["git"]


def test_nobody_is_asked_of_a_language_that_is_not_theirs() -> None:
    """Python weighs little for Java, and as much as any other for a backend role of no language."""
    assert weighed(BY_SLUG["java"], "mid", AREAS)["python"] < LOW
    assert weighed(BY_SLUG["backend"], "mid", AREAS)["python"] >= LOW


def test_stacks_are_topics_that_exist() -> None:
    """A role's own stack is among them, and only those of others are foreign to it."""
    topics = {topic.slug for area in AREAS.areas for topic in area.topics}
    assert topics >= STACKS
    for role in ROLES:
        assert set(role.stack) <= STACKS, role.slug
    assert BY_SLUG["php"].foreign("rails")
    assert not BY_SLUG["php"].foreign("laravel")
    assert not BY_SLUG["php"].foreign("oop-principles")
    assert not BY_SLUG["backend"].foreign("rails")

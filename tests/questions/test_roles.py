"""Roles of interviews: known by their names, asked about areas that exist."""

from __future__ import annotations

import pytest

from questions.areas import OWN_WORK, load
from questions.roles import ROLES, find, nearest, suggest


def test_every_role_asks_about_areas_that_exist() -> None:
    """No area is misspelt, named twice, or the one of own work, which all are asked about."""
    known = {area.slug for area in load().areas}
    for role in ROLES:
        assert set(role.areas) <= known - {OWN_WORK}, role.slug
        assert len(set(role.areas)) == len(role.areas) >= 5, role.slug


def test_every_name_finds_its_own_role() -> None:
    """No alias belongs to two roles."""
    for role in ROLES:
        for name in (role.slug, role.title.upper(), *role.aliases):
            assert find(name) is role, name


@pytest.mark.parametrize(
    ("said", "slug"),
    [("bakcend", "backend"), ("Data Engineer role", "data"), ("sight reliability", "platform")],
)
def test_a_slip_finds_the_role(said: str, slug: str) -> None:
    """Typing slips and words around the name do not matter."""
    found = find(said)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    "said", ["pizza", "", "x", "pys", "?!", "a" * 400, "\u202e", "ops or data"]
)
def test_other_words_find_none(said: str) -> None:
    """What is no role is not taken for one, and what is offered are three at most."""
    assert find(said) is None
    assert len(nearest(said)) <= 3


def test_half_a_word_goes_on() -> None:
    """Suggestions begin as what was typed; nothing typed gives all."""
    assert suggest("pla") == ("platform",)
    assert len(suggest("")) == len(ROLES)

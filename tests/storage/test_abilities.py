"""An ability that was read is the one that was written, though its topics wait to be looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.learning import ability, items
from bot.learning.ability import Seen
from bot.learning.state import Ability, Area
from storage import abilities
from storage.values import written
from tests.stores import START

PLACES = (("sql", "joins"), ("sql", "indexes"), ("git", "merging"), ("testing", ""))


def answered(person: Ability, count: int, first: int = 0) -> Ability:
    for number in range(first, first + count):
        at = START + timedelta(hours=number)
        seen = Seen(*PLACES[number % 4], items.prior("mid"), 0.25, float(number % 3 > 0), at)
        person = ability.observe(person, seen)
    return person


def test_it_comes_back_as_it_was() -> None:
    """Equal in both directions and written alike, looked at or not."""
    person = answered(Ability(misconceptions={"joins-sort": 2}), 40)
    found = abilities.ability(written(person))
    assert written(found) == written(person)
    assert found == person
    assert person == found
    assert written(found) == written(person)
    assert found != answered(person, 1)
    assert abilities.ability("{}") == Ability()


def test_an_answer_moves_it_like_one_in_memory() -> None:
    """Read and written between any two answers, it is what answers alone make of it."""
    person = Ability()
    for number in range(40):
        person = abilities.ability(written(answered(person, 1, number)))
    assert written(person) == written(answered(Ability(), 40))
    at = START + timedelta(days=9)
    topics = (ability.believed(each, "sql", "joins", at) for each in (person, answered(person, 0)))
    assert len(set(topics)) == 1
    assert repr(person.areas["sql"].topics) == repr(dict(person.areas["sql"].topics))


def test_every_field_of_an_area_is_read() -> None:
    """Whatever an area holds comes back: none is left at its default."""
    held = Area(1.5, 2.5, 3, 4, 5.5, 6.5, {"joins": ability.NOTHING})
    usual = Area()
    assert all(getattr(held, name) != getattr(usual, name) for name in held.__struct_fields__)
    assert abilities.ability(written(Ability(areas={"sql": held}))).areas["sql"] == held


def test_nothing_else_is_written_unasked() -> None:
    """A value that JSON has no form for is an error, not an empty document."""
    with pytest.raises(TypeError, match="object"):
        written(object())

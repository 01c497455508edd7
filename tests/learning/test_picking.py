from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot.learning import memory
from bot.learning.items import Params
from bot.learning.picking import Candidate, Goal, Kind, candidate, pick
from bot.learning.state import Ability
from tests.learning.answers import AREAS, NOW, taught, uneven

KINDS: tuple[Kind, ...] = ("diagnose", "learn")
LAPSED = memory.recalled(None, None, NOW, 0.0)


def offered() -> list[Candidate]:
    return [candidate(area, "", Params(), 0.25) for area in AREAS]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_lot_picks_the_same_and_another_another(kind: Kind) -> None:
    """Chance is given: among equally good ones the lot decides, nothing else does."""
    goal = Goal(kind, AREAS)
    same = {pick(Ability(), offered(), goal, random.Random(3)).index for _ in range(5)}
    all_of = {pick(Ability(), offered(), goal, random.Random(seed)).index for seed in range(40)}
    assert len(same) == 1
    assert all_of == {0, 1, 2, 3}


def test_diagnosing_asks_around_the_boundary() -> None:
    """What is far from the lowest areas, or surely one of them, is not asked again."""
    person = taught(uneven(), "css", 0.5, 2)
    goal = Goal("diagnose", (*AREAS, "css"), lowest=1)
    questions = [*offered(), candidate("css", "", Params(), 0.25)]
    picked = pick(person, questions, goal, random.Random(1))
    assert questions[picked.index].area == "css"
    assert (picked.reason, picked.n) == ("new", 2)


def test_a_well_known_difficulty_tells_more() -> None:
    """Of two questions alike, that which is measured is asked to measure."""
    sure, unsure = (candidate("git", "", Params(hard_var=var), 0.25) for var in (0.02, 1.5))
    picked = pick(Ability(), [unsure, sure], Goal("diagnose", AREAS), random.Random(1))
    assert picked.index == 1


def test_learning_keeps_success_near_its_floor() -> None:
    """Neither the hopeless nor the trivial question is asked while a middling one is there."""
    questions = [candidate("git", "", Params(hard=hard), 0.25) for hard in (4.0, 0.0, -5.0)]
    picked = pick(Ability(), questions, Goal("learn", AREAS), random.Random(1))
    assert picked.index == 1
    assert 0.5 < picked.chance < 0.8


def test_who_missed_much_is_asked_what_they_know() -> None:
    """After many misses the price of one rises, and an easier question is picked."""
    questions = [candidate("css", "", Params(hard=0.15 * number), 0.0) for number in range(-20, 9)]
    goal = Goal("learn", ("css",))
    chances = []
    for credit in (1.0, 0.0):
        person = taught(Ability(), "css", 0.5, 30)
        [area] = person.areas.values()
        told = type(area)(area.weight, area.pull, 30, area.at, 30 * credit, area.expected)
        chances.append(
            pick(
                type(person)(person.whole, {"css": told}), questions, goal, random.Random(1)
            ).chance
        )
    assert chances[0] < chances[1]


def test_what_a_role_asks_for_is_practised() -> None:
    """An area without weight is left, whatever it could teach."""
    goal = Goal("learn", AREAS, weights=dict.fromkeys(AREAS, 0.0) | {"http": 1.0})
    assert AREAS[pick(Ability(), offered(), goal, random.Random(1)).index] == "http"


def test_reasons_say_what_a_question_is_for() -> None:
    """A returned misconception, a due question, a weak area, a new one, a gain."""
    late = memory.outlook(LAPSED, NOW, NOW + timedelta(days=3), 30.0)
    person = uneven()

    def reason(one: Candidate, kind: Kind, who: Ability = person) -> str:
        return pick(who, [one], Goal(kind, AREAS, lowest=1), random.Random(1)).reason

    assert reason(candidate("git", "", Params(), 0.25, late, again=True), "learn") == "again"
    assert reason(candidate("git", "", Params(), 0.25, late), "learn") == "due"
    assert reason(candidate("sql", "", Params(), 0.25), "learn") == "weak"
    assert reason(candidate("git", "", Params(), 0.25), "learn") == "gain"
    assert reason(candidate("git", "", Params(), 0.25), "diagnose") == "boundary"
    assert reason(candidate("git", "", Params(), 0.25), "learn", Ability()) == "new"

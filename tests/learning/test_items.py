from __future__ import annotations

import random
from math import exp

import msgspec
import pytest

from bot.learning import items
from bot.learning.items import Params, Showing, calibrated, graded, hasty, prior
from bot.learning.suspicion import suspicion
from tests.learning.keys import World, answers, suspected


def met(params: Params, ability: float, guess: float, rng: random.Random, hard: float) -> Params:
    right = rng.random() < guess + (1 - guess) / (1 + exp(-2.0 * (ability - hard)))
    return calibrated(params, Showing(ability, 0.1, guess, float(right)))


def test_an_item_finds_its_difficulty_and_discrimination() -> None:
    """Whatever its author thought, after 300 answers it is known to a third of a logit."""
    rng = random.Random(1)
    params = prior("junior")
    for _ in range(300):
        params = met(params, rng.gauss(0.5, 1.2), 0.25, rng, 0.8)
    assert params.hard == pytest.approx(0.8, abs=0.35)
    assert params.slope > 0.2
    assert params.hard_var < 0.05
    assert params.n == 300


def test_levels_are_priors_apart() -> None:
    """Junior, mid and senior lie a logit apart; a grade between lies between."""
    assert [prior(level).hard for level in ("junior", "mid", "senior")] == [-1.0, 0.0, 1.0]
    assert graded(0.75).hard == 0.5
    assert graded(0.5, usual=0.75).hard > graded(0.5).hard
    assert prior("mid", "open").hard_var > prior("mid").hard_var


def test_a_guess_is_by_the_number_of_options() -> None:
    """One of four; any set of four; nothing typed is guessed."""
    assert items.guess("single", 4) == 0.25
    assert items.guess("multi", 4) == pytest.approx(1 / 15)
    assert items.guess("short", 0) == 0.0


def test_a_median_time_settles_and_an_answer_far_under_it_is_hasty() -> None:
    """Times around 40 s: 3 s is no reading of it, 10 s may be."""
    rng = random.Random(2)
    params = Params()
    for _ in range(200):
        seconds = 40 * exp(rng.gauss(0, 0.5))
        params = calibrated(params, Showing(0.0, 0.3, 0.25, 1.0, "A", seconds))
    assert exp(params.median) == pytest.approx(40, rel=0.25)
    assert hasty(params, 3.0)
    assert not hasty(params, 10.0)
    assert not hasty(Params(), 0.1)


def test_bare_params_predict_the_same() -> None:
    """What is kept with an answer leaves the counters out."""
    [*_, last] = answers(World(), wrong=False, length=12, rng=random.Random(1))
    assert (last.bare.hard, last.bare.slope_var) == (last.hard, last.slope_var)
    assert (last.bare.n, last.bare.chosen) == (0, {})


def test_counters_come_back_from_json() -> None:
    """A fold over stored parameters is the fold in memory."""
    [*_, last] = answers(World(), wrong=False, length=12, rng=random.Random(1))
    assert msgspec.json.decode(msgspec.json.encode(last), type=Params) == last


def test_a_planted_wrong_key_is_found_and_honest_items_are_left_alone() -> None:
    """Within 25 answers, of anybody or of eight people; `python -m tests.learning.keys` more."""
    for world in (World(), World(people=8)):
        assert suspected(world, wrong=True, items=120, length=25, seed=4) > 0.75
        assert suspected(world, wrong=False, items=300, length=25, seed=5) <= 0.015


def test_a_suspicion_names_the_option_that_the_strong_choose() -> None:
    """It is the one that is really right, with the abilities of those who chose it."""
    rng = random.Random(7)
    found = [answers(World(), wrong=True, length=40, rng=rng)[-1] for _ in range(20)]
    named = [one for one in map(suspicion, found) if one]
    assert len(named) > 15
    assert {one.option for one in named} == {"A"}
    assert sum(one.strong > one.weak for one in named) > len(named) * 0.8


def test_a_typed_item_that_nobody_gets_is_suspected() -> None:
    """Fifteen able people miss a junior question without options."""
    params = prior("junior", "short")
    for _ in range(15):
        params = calibrated(params, Showing(1.0, 0.2, 0.0, 0.0))
    one = suspicion(params)
    assert one is not None
    assert (one.why, one.option) == ("missed", "")

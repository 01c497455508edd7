from __future__ import annotations

import math
from datetime import timedelta

import msgspec
import pytest

from bot.learning import ability
from bot.learning.ability import AREA_VAR, OVERALL_VAR, TOPIC_VAR, Seen, recalling
from bot.learning.items import Params
from bot.learning.response import told
from bot.learning.state import Ability
from tests.learning.answers import NOW, seen, taught


def chance(person: Ability, area: str, guess: float = 0.25) -> float:
    return ability.predict(person, area, "t", Params(), NOW, guess)


def test_a_prediction_follows_its_area_more_than_another() -> None:
    """Right answers raise it, wrong ones lower it, elsewhere less."""
    before = chance(Ability(), "sql")
    good, bad = taught(Ability(), "sql", 1.0, 8), taught(Ability(), "sql", 0.0, 8)
    assert chance(bad, "sql") < chance(bad, "git") < before < chance(good, "sql")


def test_a_chance_is_never_under_that_of_a_guess() -> None:
    """However weak the person, one of four options is right by luck."""
    bad = taught(Ability(), "sql", 0.0, 60)
    assert 0.25 < chance(bad, "sql") < chance(bad, "sql", 0.5)
    assert chance(bad, "sql", recalling(0.25, 0.9)) > 0.9


def test_the_tree_is_the_exact_joint_belief() -> None:
    """Beliefs in closed form are those of the joint normal over whole, areas and topics."""
    person = taught(taught(Ability(), "sql", 1.0, 3), "git", 0.0, 2, topic="u")
    topics = [("sql", "t"), ("git", "u")]
    leaves = [person.areas[area].topics[topic] for area, topic in topics]
    own, shared = OVERALL_VAR + AREA_VAR + TOPIC_VAR, OVERALL_VAR
    # the posterior of two leaves: (prior^-1 + evidence)^-1, two by two
    det = own * own - shared * shared
    first, second = own / det + leaves[0].weight, own / det + leaves[1].weight
    across = -shared / det
    free = first * second - across * across
    mean = (second * leaves[0].pull - across * leaves[1].pull) / free
    held = ability.believed(person, "sql", "t", NOW)
    # evidence of an earlier hour weighs a little less: half in 120 days
    assert held == pytest.approx((mean, second / free), rel=1e-3)


def test_a_hint_halves_what_an_answer_tells() -> None:
    """The belief moves half as far, and stays less sure."""
    plain, hinted = (
        ability.observe(Ability(), seen("sql", 1.0, hint=one)) for one in (False, True)
    )
    means = [ability.believed(one, "sql", "t", NOW)[0] for one in (plain, hinted)]
    sds = [ability.believed(one, "sql", "t", NOW)[1] for one in (plain, hinted)]
    assert 0 < means[1] < means[0]
    assert means[1] == pytest.approx(means[0] / 2, rel=0.1)
    assert sds[0] < sds[1]


def test_partial_credit_lies_between_right_and_wrong() -> None:
    """Half of it leaves a belief between theirs."""
    low, half, high = (
        ability.believed(ability.observe(Ability(), seen("sql", one)), "sql", "t", NOW)[0]
        for one in (0.0, 0.5, 1.0)
    )
    assert low < half < high


def test_a_lucky_hit_tells_less_than_a_typed_one() -> None:
    """Of two options right says little; typed it says most, and wrong the other way round."""
    typed, pressed = (
        ability.believed(
            ability.observe(Ability(), Seen("sql", "", Params(), guess, 1.0, NOW)), "sql", "", NOW
        )[0]
        for guess in (0.0, 0.5)
    )
    assert 0 < pressed < typed


def test_evidence_wears_off() -> None:
    """After a year a belief is nearer to what is believed of anybody, and less sure."""
    person = taught(Ability(), "sql", 1.0, 8)
    later = ability.observe(person, seen("sql", 1.0, NOW + timedelta(days=365)))
    assert later.areas["sql"].weight < person.areas["sql"].weight
    assert later.whole.n == 9


def test_a_gap_lowers_a_prediction_and_is_learnt_from() -> None:
    """A month without practice costs a little; who comes back wrong loses more by the next gap."""
    person = taught(Ability(), "sql", 1.0, 8)
    month = NOW + timedelta(days=30)
    late = ability.predict(person, "sql", "t", Params(), month, 0.25)
    assert late < chance(person, "sql")
    forgot = ability.observe(person, seen("sql", 0.0, month))
    assert forgot.fade.mean < person.fade.mean
    assert forgot.fade.var < person.fade.var


def test_score_and_information_are_derivatives_of_the_likelihood() -> None:
    """They agree with differences of its logarithm, for right and wrong, guessed or not."""
    step = 1e-4
    for guess in (0.0, 0.25):
        for credit in (0.0, 1.0):

            def log_of(gap: float, guess: float = guess, credit: float = credit) -> float:
                p, *_ = told(gap, 1.2, 0.8, guess, 1.0)
                return math.log(p if credit else 1 - p)

            _, score, info = told(0.3, 1.2, 0.8, guess, credit)
            up, mid, down = (log_of(0.3 + by) for by in (step, 0.0, -step))
            assert score == pytest.approx((up - down) / (2 * step), abs=1e-5)
            assert info == pytest.approx(-(up - 2 * mid + down) / step**2, abs=1e-4)


def test_the_state_is_small_and_comes_back() -> None:
    """A thousand answers over 26 areas of eight topics fit in 16 kB of JSON."""
    person = Ability()
    for number in range(1000):
        one = seen(f"area-{number % 26}", number % 3 / 2, NOW, topic=f"topic-{number % 8}")
        person = ability.observe(person, one)
    kept = msgspec.json.encode(person)
    assert len(kept) < 16_000
    assert msgspec.json.decode(kept, type=Ability) == person


def test_a_state_of_before_is_read_as_nothing_known() -> None:
    """What the first version kept is no error; it is derived again from the log."""
    old = b'{"overall":{"mean":0.1,"var":0.5,"n":3},"parts":{"sql":{"mean":1.0}},"at":null}'
    assert msgspec.json.decode(old, type=Ability) == Ability()

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from bot import streaks
from bot.streaks import What
from bot.views import streak as views
from tests.streaks.cases import CASES, Case
from tests.streaks.person import Person


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_streak_by_hand(case: Case) -> None:
    """Each rule does what it says, says so in a sentence, and the log says the same."""
    _, clock, lines, days, freezes, sentences = case
    zone, start = clock.split()
    person = Person(zone, int(start))
    for line in lines:
        person.line(line)
    assert (person.streak.days, person.streak.freezes) == (days, freezes)
    assert person.says == sentences
    assert streaks.replayed(person.ledger).streak == person.streak


def test_a_filled_date_still_asks_for_what_it_asked() -> None:
    """A choice made since makes no day of the run of a vacation that is filled in."""
    person = Person("Europe/Berlin", 4)
    for line in (
        "do 2026-11-22 12:00",
        "at 2026-11-22 13:00 away 2026-11-23 2026-11-27",
        "at 2026-11-24 07:00 rest -",
        "do 2026-11-24 08:00 daily 2026-11-23",
    ):
        person.line(line)
    assert person.streak.last == date(2026, 11, 23)
    assert streaks.resting(person.streak.plans, person.streak.last, ()) == "away"


def test_every_change_has_a_sentence_and_a_case() -> None:
    """Nothing happens to a streak in silence."""
    assert set(views._SENTENCES) == set(get_args(What))
    said = {sentence.split(":")[0][-12:] for case in CASES for sentence in case[5]}
    assert len(CASES) >= 40
    assert len(said) >= len(get_args(What))

from __future__ import annotations

from pathlib import Path

import pytest

from tests.games.kill import ANSWERS, Death, Played, play, wrong

DEATHS = (
    (Death(acks=30), Death(send=14)),  # among the presses; a question taken, its time not known
    (Death(send=1), Death(acks=75)),  # the first message; two questions later
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A game that nobody kills."""
    folder = tmp_path_factory.mktemp("whole")
    return play(f"sqlite:///{folder}/game.db", folder)


def test_a_game_that_is_not_killed_ends_as_the_script_says(whole: Played) -> None:
    """Answers, points and boards are what fifty scripted people earn by the platform's clock."""
    assert wrong(whole, whole.standings) == []
    assert sum(answers for answers, _ in whole.people.values()) == ANSWERS > 400
    assert "10 questions, 50 players." in whole.standings


@pytest.mark.parametrize("deaths", DEATHS)
def test_a_game_killed_twice_ends_with_the_same_standings(
    deaths: tuple[Death, ...], whole: Played, tmp_path: Path
) -> None:
    """Kill -9 twice, also between the platform and us: the same answers, points and standings."""
    played = play(f"sqlite:///{tmp_path}/game.db", tmp_path, deaths)
    assert played.kills == 2
    assert wrong(played, whole.standings) == []


def test_it_does_on_postgresql_too(server_url: str, whole: Played, tmp_path: Path) -> None:
    """The same over PostgreSQL, whose transactions end by themselves."""
    played = play(server_url, tmp_path, DEATHS[0])
    assert played.kills == 2
    assert wrong(played, whole.standings) == []


def test_what_is_lost_would_be_found(whole: Played) -> None:
    """One answer less, or one twice, is seen by the comparison."""
    for change in (-1, 1):
        answers, points = whole.people["p00"]
        other = Played(
            0,
            whole.standings,
            whole.people | {"p00": (answers + change, points)},
            whole.boards,
            [],
            [],
        )
        assert wrong(other, whole.standings) != []

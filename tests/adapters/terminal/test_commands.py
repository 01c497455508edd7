from __future__ import annotations

import pytest

from tests.adapters.terminal.playing import Terminal


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/daily", "There is no daily challenge here yet."),
        ("/daily please", "There is no daily challenge here yet."),
        ("/review", "Nothing to review yet."),
        ("/challenge", "A daily challenge, as I propose it"),
        ("/challenge here", "I take no words here"),
        ("/together", "A game of 10 questions begins in this channel."),
        ("/quiz together security 2", "A game of 2 questions begins in this channel."),
        ("/together pizza", "I have nothing on pizza"),
        ("/together type:short", "In a game everybody presses"),
        ("/together 99", "I take 1 to 20"),
        ("/community", "This community"),
        ("/moderate", "No report and no proposal waits."),
        ("/propose", "Propose a question"),
        ("/leaderboard last week", "Last week"),
        ("/leaderboard never", "I do not keep a board for never"),
        ("/dialy", "I do not know"),
    ],
)
async def test_every_command_is_heard(terminal: Terminal, line: str, said: str) -> None:
    """With its arguments; what makes no sense gets a sentence."""
    assert said in " ".join((await terminal.says(line)).split())


@pytest.mark.parametrize(
    ("presses", "typed", "said"),
    [
        (("Change...", "Time"), ("9 to 5", "Berlin"), "I need a time such as 18:00."),
        (("Change...", "Time"), ("10:00", "Atlantis"), "I do not know that zone."),
        (("Change...", "Weekdays"), ("8",), "I cannot read 8. Type numbers from 1 to 7"),
        (("Change...", "Weekdays"), ("none",), "Choose at least one weekday."),
        (("Change...", "Weekdays"), ("",), "Once it goes on: Monday to Friday."),
        (("Change...", "Weekdays"), ("monday, 3",), "To be posted Mon, Wed at 09:00"),
        (("Change...", "Areas"), ("pizza",), "I have no area called pizza."),
        (
            ("Change...", "Areas"),
            ("databases; git",),
            "- Relational databases, Git and version control; from",
        ),
        (("Change...", "Level"), ("expert",), "I cannot read expert. Type a number from 1 to 4"),
        (("Change...", "Level"), ("4",), "All areas; all senior"),
        (("Change...", "Reveal"), ("2", "08:00"), "It is posted at 09:00"),
        (("Change...", "Reveal"), ("2", "17:00"), "17:00"),
        (("Start tomorrow", "Skip"), ("someday",), "I need a date such as tomorrow"),
        (("Start tomorrow", "Skip"), ("sunday",), "Nothing is posted on a Sunday"),
        (("Start tomorrow", "Skip"), ("/back",), "Left as it was."),
    ],
)
async def test_every_form_of_a_challenge_is_filled(
    terminal: Terminal, presses: tuple[str, ...], typed: tuple[str, ...], said: str
) -> None:
    """What a field cannot be gets a sentence, and Enter keeps what stands."""
    terminal.lines = list(typed)
    assert said in " ".join((await terminal.says("/challenge", *presses)).split())

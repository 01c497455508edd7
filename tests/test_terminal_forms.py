"""Forms in the terminal: what cannot be read is asked again, and nothing is guessed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.moderating import GOOD
from tests.drivers.terminal import TerminalDriver
from tests.stage import Stage


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[TerminalDriver]:
    stage = Stage(tmp_path / "s.db")
    yield TerminalDriver(stage)
    await stage.store.close()


async def typed(terminal: TerminalDriver, button: str, *lines: str) -> str:
    """Press a button of the settings and type these lines into its form."""
    await terminal.command("ada", "/settings")
    terminal._typed = list(lines)
    return (await terminal.press("ada", button)).text


async def test_a_choice_that_is_none_is_asked_again(terminal: TerminalDriver) -> None:
    """A word that is no choice changes nothing and says what would be read."""
    text = await typed(terminal, "Change level", "expert", "3")
    assert "I cannot read expert. Type a number from 1 to 4, or /back to leave." in text
    assert "mostly mid questions" in text


async def test_what_cannot_be_read_is_repeated_as_it_was_typed(terminal: TerminalDriver) -> None:
    """In its own letters, in one piece where one thing is chosen, and never at length."""
    text = await typed(terminal, "Change level", "/plan Mid, <@U1>", "x" * 4000, "/back")
    assert "I cannot read /plan Mid, <@U1>. Type a number from 1 to 4" in text
    assert f"I cannot read {'x' * 59}…. Type a number" in text
    text = await typed(terminal, "Change rest days", "Monday Foo 12", "/back")
    assert "I cannot read Foo, 12. Type numbers from 1 to 7" in text


async def test_one_unknown_number_of_several_is_asked_again(terminal: TerminalDriver) -> None:
    """`6 9` is not taken for `6`; commas and names are read."""
    text = await typed(terminal, "Change rest days", "6 9", "saturday, 7")
    assert "I cannot read 9." in text
    assert "Sat, Sun: no answer is expected" in text


async def test_what_the_feature_refuses_is_asked_again(terminal: TerminalDriver) -> None:
    """A mistake keeps the form open; only the field at fault is asked once more."""
    text = await typed(terminal, "Change day", "Atlantis", "", "Berlin")
    assert "I do not know that zone." in text
    assert "From now on your day ends 04:00, Berlin" in text
    text = await typed(terminal, "Change reminder", "25:00", "18:30")
    assert "I need a time such as 18:00." in text
    assert "I will write to you at 18:30" in text


async def test_options_are_typed_one_a_line(terminal: TerminalDriver) -> None:
    """A field of several lines goes on to an empty one, and says so."""
    question, options, why, source, about = GOOD.values()
    await terminal.command("ada", "/propose")
    terminal._typed = [question, *options.split("\n"), "", *why.split("\n"), "", source, about]
    text = (await terminal.press("ada", "Write it")).text
    assert "an empty line ends it" in text
    assert "Thank you. An admin decides" in text


async def test_a_form_can_be_left(terminal: TerminalDriver) -> None:
    """`/back` changes nothing, and Enter alone keeps a choice that is required."""
    assert "Left as it was." in await typed(terminal, "Change reminder", "/back")
    assert "The level follows your answers" in await typed(terminal, "Change level", "")
    assert "No reminders" in await typed(terminal, "Change level", "2", "3")


async def test_there_is_no_channel_in_a_terminal(terminal: TerminalDriver) -> None:
    """What needs other people is not offered where nobody else is."""
    await terminal.command("ada", "/quiz")
    await terminal.press("ada", "Don't know")
    assert "Ask the channel" not in (await terminal.press("ada", "⋯")).buttons

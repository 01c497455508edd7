"""An interview at a keyboard: it hears what is typed, whatever was open before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.terminal.playing import Terminal
from tests.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    one = Stage(tmp_path / "terminal.db")
    yield one
    await one.close()


async def test_an_interview_takes_the_words_from_an_open_quiz(stage: Stage) -> None:
    """Words answer the interview, not the quiz before it, and its end says where that goes on."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/quiz type:single 2")
    assert "Interview · 1 of" in await terminal.says("/interview backend")
    terminal.lines = ["2"]  # how sure one is
    said = await terminal.says("I measured it under load before I changed anything at all.")
    assert "Type one of" not in said
    assert "Interview · 1 of" in said
    assert "Your quiz goes on where it was" in await terminal.says("Stop here")


async def test_a_quiz_takes_the_letters_from_an_interview(stage: Stage) -> None:
    """And at its end the interview that waits is named."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/interview backend")
    await terminal.says("/quiz type:single 1")
    said = await terminal.says("A")
    assert "ight: " in said
    assert "Your interview is still open: /interview shows it." in said

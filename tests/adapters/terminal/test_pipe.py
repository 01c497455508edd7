from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console

from adapters.terminal.app import Chat
from bot.chat.cards import Button, Card, Reply
from bot.chat.events import Command, Event
from bot.chat.tokens import make
from bot.views import trouble
from tests.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    one = Stage(tmp_path / "pipe.db")
    yield one
    await one.store.close()


def chat(stage: Stage, lines: list[str], out: io.StringIO) -> Chat:
    """A chat through a pipe that holds these lines."""

    async def read(_prompt: str) -> str | None:
        return lines.pop(0) if lines else None

    return Chat(
        stage.door,
        Console(file=out, width=80, highlight=False),
        read,
        now=stage.clock,
        new_id=stage.new_id,
        save=lambda name, _text: name,
        piped=True,
    )


async def test_the_next_question_follows_by_itself(stage: Stage) -> None:
    """In a pipe each answer is followed by its verdict and the next question."""
    out = io.StringIO()
    await chat(stage, ["/quiz type:single+output 2", "idk", "idk"], out).talk()
    printed = out.getvalue()
    assert "2 of 2" in printed
    assert printed.count("The answer:") == 2
    assert "0 of 2." in printed


async def test_a_broken_next_question_ends_the_following(stage: Stage) -> None:
    """When what follows a verdict breaks, it is said once and the chat reads on."""
    verdict = Card(
        view="verdict",
        title="verdict",
        rows=((Button("Next", make("next", "q1.0", 0)),),),
    )

    async def handle(event: Event) -> Reply:
        fine = isinstance(event, Command) and event.name == "quiz"
        return Reply(cards=(verdict if fine else trouble.bug("number"),))

    stage.door.handle = handle  # type: ignore[method-assign]  # a door that breaks after a verdict
    out = io.StringIO()
    await chat(stage, ["/quiz"], out).talk()
    assert out.getvalue().count("Something broke") == 2  # the next question, and the farewell

"""Text of the bank and of people with marks in it: shown as it is meant, and once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from bot.chat.text import spoken
from questions.model import Choice, Item, Option
from tests import bank
from tests.stage import Actor, Stage

PRINTED = ("**a** `b` {c}", "```", "\\*_{}")


def odd() -> tuple[Item, ...]:
    """Questions with every mark in them."""
    options = tuple(Option(text, n == 0, "Because {of} `it`.") for n, text in enumerate(PRINTED))
    hints = ("Look at `__repr__` and {x}.",)
    return (
        replace(bank.OUTPUT, body=Choice(options), hints=hints, explain="It {is} `so`."),
        replace(bank.SHORT, prompt="What does `{}` mean in **this**?", explain="{0} and {name}"),
    )


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    one = Stage(url, bank.collection(odd()))
    yield one
    await one.store.close()


async def test_what_a_program_prints_is_shown_as_it_is(ada: Actor) -> None:
    """Marks in an output stand on the question, in the verdict and behind Why not."""
    card = await ada.says("type:output 1")
    for text in PRINTED:
        assert text in spoken(card.text)
    card = await ada.presses(ada.letter("{}"))
    assert PRINTED[0] in spoken(card.text)
    why = next(one.token for one in card.buttons if one.token.startswith("why"))
    card = await ada.sends(why)
    for text in PRINTED:
        assert text in spoken(card.text)
    assert "Because {of} it." in spoken(card.text)


async def test_an_authors_hint_keeps_its_marks(ada: Actor) -> None:
    """Code in a hint is code, not backticks."""
    await ada.says("type:output 1")
    card = await ada.presses("Hint")
    assert "Hint: Look at __repr__ and {x}." in spoken(card.text)


@pytest.mark.parametrize("typed", ["{answer}", "{0!r}", "**x** `y`", "a\\*b", "```\nx\n```", "{"])
async def test_what_a_person_types_is_shown_as_it_is(ada: Actor, typed: str) -> None:
    """Braces and marks of an answer, a command and a period come back unread."""
    await ada.says("type:short 1")
    card = await ada.sends(ada.token("Answer"), answer=typed)
    assert " ".join(typed.split()) in spoken(card.text)
    for line in (f"leaderboard {typed}", f"privacy {typed}", typed):
        card = await ada.says(line)
        assert card.view in ("mistake", "question-short", "question-output"), line


async def test_an_unknown_command_is_named_as_it_was_typed(stage: Stage, ada: Actor) -> None:
    """No stroke is added to its marks."""
    from bot.chat.events import Command  # noqa: PLC0415 - one use

    said = await stage.door.handle(Command(ada.origin(), "no*pe"))
    assert "I do not know no*pe." in spoken(said.cards[0].text)

"""What is off until somebody asks for it: options hidden at first, and Hard and Easy."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.replay import derive
from bot.store.protocol import Tx
from bot.store.rows import Memory
from tests import bank
from tests.core.test_supply import use
from tests.stage import Actor, Stage


async def chooses(ada: Actor, *names: str) -> Card:
    """Choose how to be asked."""
    await ada.says("settings")
    return await ada.presses("Change how I ask", ask=names)


async def memories(ada: Actor) -> tuple[dict[tuple[str, str], Memory], Memory]:
    """What the log gives, and what is kept of the one question that was asked."""

    def work(tx: Tx) -> tuple[dict[tuple[str, str], Memory], Memory]:
        derived = derive(tx.log()).memories
        ((_, item),) = derived
        kept = tx.memory(item)
        assert kept is not None
        return derived, kept

    return await ada.stage.store.look(ada.origin(), work)


async def answered(ada: Actor, words: str = "Both succeed") -> Card:
    """One question answered, and what stands under its ⋯."""
    await ada.says("databases type:single 1")
    await ada.presses(ada.letter(words))
    return await ada.presses("⋯")


def labels(card: Card) -> set[str]:
    return {button.label for button in card.buttons}


async def test_nothing_is_hidden_and_nothing_offered_unasked(ada: Actor) -> None:
    """Options stand there at once, and no Hard or Easy under a verdict."""
    card = await ada.says("databases type:single 1")
    assert {"A", "B", "C", "D"} <= labels(card)
    await ada.presses(ada.letter("Both succeed"))
    assert not {"Hard", "Easy"} & labels(await ada.presses("⋯"))
    assert "- Options are shown at once" in (await ada.says("settings")).text


async def test_options_stay_hidden_until_asked_for(ada: Actor) -> None:
    """First the question alone, then its options; the form says what is chosen."""
    card = await chooses(ada, "blind")
    assert "are hidden until you ask for them." in card.text
    assert (await ada.form("Change how I ask")).fields[0].start == "blind"
    card = await ada.says("databases type:single 1")
    assert "Say it to yourself, then look at the options." in card.text
    assert "Both succeed" not in card.text
    assert labels(card) == {"Show the options", "Don't know", "⋯"}
    card = await ada.presses("⋯")
    assert "Both succeed" not in card.text
    await ada.presses("Back")
    token = ada.token("Show the options")
    card = await ada.presses("Show the options")
    assert {"A", "B", "C", "D", "Hint"} <= labels(card)
    verdict = await ada.presses(ada.letter("Both succeed"))
    assert verdict.view == "verdict"
    assert (await ada.sends(token)).view == "verdict"


async def test_who_does_not_know_sees_the_answer_with_its_letter(ada: Actor) -> None:
    """Don't know works while the options are hidden."""
    await chooses(ada, "blind")
    await ada.says("databases type:single 1")
    text = (await ada.presses("Don't know")).text
    assert re.search(r"\*\*The answer:\*\* [A-D]\) Both succeed", text), text
    await chooses(ada)
    assert "A" in labels(await ada.says("security type:multi 1"))


@pytest.mark.parametrize("kind", ["order", "match", "case", "short", "numeric"])
async def test_only_choice_questions_hide_options(ada: Actor, kind: str) -> None:
    """What has steps, sides or an incident is asked as ever."""
    await chooses(ada, "blind")
    card = await ada.says(f"type:{kind} 1")
    assert card.view == f"question-{kind}"
    assert "Show the options" not in labels(card)


async def test_a_daily_and_a_shared_question_are_never_hidden(ada: Actor, stage: Stage) -> None:
    """What everybody is asked stands there for everybody."""
    await chooses(ada, "blind")
    await ada.says("databases type:single 1")
    await ada.presses("Show the options")
    await ada.presses(ada.letter("Both succeed"))
    await ada.presses("⋯")
    card = await ada.presses("Ask the channel")
    assert card.to == "place"
    assert {"A", "B", "C", "D"} <= labels(card)


@pytest.mark.parametrize(("felt", "sooner"), [("Hard", True), ("Easy", False)])
async def test_hard_comes_back_sooner_and_easy_later(
    ada: Actor, stage: Stage, felt: str, sooner: bool
) -> None:
    """Once an answer, written into the log, and replay gives what is kept."""
    await chooses(ada, "ease")
    use(stage, bank.collection((bank.SINGLE,)))
    assert {"Hard", "Easy"} <= labels(await answered(ada))
    _, before = await memories(ada)
    token = ada.token(felt)
    card = await ada.presses(felt)
    assert f"Noted: {felt.casefold()}. It comes back " in card.text
    assert not {"Hard", "Easy"} & labels(await ada.presses("⋯"))
    derived, kept = await memories(ada)
    assert (kept.stability < before.stability) is sooner
    assert (kept.difficulty > before.difficulty) is sooner
    assert replace(derived["", kept.item], shown=kept.shown) == kept
    assert "Noted" not in (await ada.sends(token)).text
    assert (await memories(ada))[1] == kept


async def test_ease_speaks_of_the_newest_answer_that_moved_anything(
    ada: Actor, stage: Stage
) -> None:
    """Not of a wrong one, and no more of an old card once the question was asked again."""
    await chooses(ada, "ease")
    use(stage, bank.collection((bank.SINGLE,)))
    assert not {"Hard", "Easy"} & labels(await answered(ada, "One is rolled back"))
    stage.clock.forward(days=2)
    await answered(ada)
    old = ada.token("Easy")
    stage.clock.forward(days=30)
    await answered(ada, "One is rolled back")
    _, before = await memories(ada)
    assert "Noted" not in (await ada.sends(old)).text
    assert (await memories(ada))[1] == before


async def test_what_is_said_of_ease_outlives_a_replay(ada: Actor, stage: Stage) -> None:
    """The next answer goes on from there, kept and derived alike."""
    await chooses(ada, "ease")
    use(stage, bank.collection((bank.SINGLE,)))
    await answered(ada)
    await ada.presses("Easy")
    stage.clock.forward(days=20)
    await answered(ada)
    await ada.presses("Hard")
    derived, kept = await memories(ada)
    assert kept.reps == 2
    assert replace(derived["", kept.item], shown=kept.shown) == kept


async def test_ease_leaves_days_and_points_alone(ada: Actor, stage: Stage) -> None:
    """It is no answer: neither the streak nor the week nor the board knows of it."""
    await chooses(ada, "ease")
    use(stage, bank.collection((bank.SINGLE,)))
    await answered(ada)
    token = ada.token("Easy")
    progress, board = await ada.says("progress"), await ada.says("leaderboard")
    before = (progress.text, board.text)
    assert "Noted: easy" in (await ada.sends(token)).text
    after = ((await ada.says("progress")).text, (await ada.says("leaderboard")).text)
    assert after == before

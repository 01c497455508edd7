"""Presses in an unusual order: old cards, double presses, a bank that changes meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from bot.store.protocol import Tx
from bot.store.rows import Quiz
from questions.model import Item, Short
from tests import bank
from tests.core.test_quiz import log_of, marks
from tests.stage import Actor, Stage


def short(name: str) -> Item:
    """A question to which "an index" is nearly the answer."""
    body = Short(("covering index",), bank.SHORT.body.near_misses)  # type: ignore[union-attr]  # a short item
    prompt = f"What lets {name} read no row of the table?"
    return replace(bank.SHORT, id=name, hash=f"hash-{name}", prompt=prompt, body=body)


NEARLY = (short("query"), short("join"))


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    many = (*bank.ITEMS, replace(bank.OUTPUT, id="second", hash="h2", prompt="And this one?"))
    one = Stage(url, bank.collection(many))
    yield one
    await one.store.close()


@pytest.fixture
async def eve(url: str, guarded: None) -> AsyncIterator[Actor]:
    """Somebody whose bank has nothing but questions that ask once more."""
    one = Stage(url, bank.collection(NEARLY))
    yield one.person("eve")
    await one.store.close()


async def swap(stage: Stage, *items: Item) -> None:
    """The same database under another bank."""
    stage.kit = bank.kit(bank.collection(items), stage.new_id)
    await stage.restart()


async def refs(actor: Actor) -> list[str]:
    """The ids of the questions of the open quiz."""

    def found(tx: Tx) -> Quiz | None:
        return tx.open_quiz()

    quiz = await actor.stage.store.look(actor.origin(), found)
    return [one.ref.id for one in quiz.asked] if quiz else []


async def test_an_old_card_does_not_give_away_a_close_answer(eve: Actor) -> None:
    """While one more try is open, no button of an older card shows the key."""
    await eve.says("type:short 1")
    more = eve.token("⋯")
    card = await eve.sends(eve.token("Answer"), answer="an index")
    assert card.view == "close"
    card = await eve.sends(more)
    assert "covering" not in card.text
    assert card.view == "close"
    await eve.sends(eve.token("Answer"), answer="covering index")
    assert marks(await log_of(eve)) == ["right"]


async def test_an_old_next_does_not_pass_over_a_close_answer(eve: Actor) -> None:
    """Next on the card before shows the question that still waits for its second try."""
    await eve.says("type:short 2")
    await eve.presses("Don't know")
    following = eve.token("Next")
    await eve.presses("Next")
    await eve.sends(eve.token("Answer"), answer="an index")
    card = await eve.sends(following)
    assert card.view == "close"


async def test_a_close_answer_is_no_answer_on_the_end_card(eve: Actor) -> None:
    """What was never decided is not counted among the answers of a stopped quiz."""
    await eve.says("type:short 2")
    await eve.presses("⋯")
    stop = eve.token("Stop the quiz")
    await eve.presses("Back")
    await eve.sends(eve.token("Answer"), answer="an index")
    card = await eve.sends(stop)
    assert "No answer this time" in card.text
    assert await log_of(eve) == ()


async def test_an_old_next_shows_where_the_quiz_stands(ada: Actor) -> None:
    """Next of a card before shows the verdict that was not left yet, and advances nothing."""
    await ada.says("type:single+output+match 3")
    await ada.presses("Don't know")
    following = ada.token("Next")
    await ada.presses("Next")
    verdict = await ada.presses("Don't know")
    card = await ada.sends(following)
    assert card.view == "verdict"
    assert card.title == verdict.title
    card = await ada.presses("Next")
    assert card.title.startswith("3 of")
    assert (await ada.sends(following)).title == card.title


async def test_a_question_that_left_the_bank_gives_way(ada: Actor, stage: Stage) -> None:
    """A coming question that the bank has no more is replaced, and that is said."""
    await ada.says("type:single+output 3")
    await ada.presses("Don't know")
    left = replace(bank.OUTPUT, id="third", hash="h3", prompt="What of this one?")
    await swap(stage, left)
    card = await ada.presses("Next")
    assert card.title.startswith("2 of 2")
    assert "What of this one?" in card.text
    assert "2 questions are no longer in the bank, so this quiz is shorter." in card.text
    await ada.presses("Don't know")
    assert (await ada.presses("Finish")).view == "end"


async def test_a_quiz_whose_questions_are_all_gone_ends(ada: Actor, stage: Stage) -> None:
    """Skip goes on to the end card where nothing can take the place of what is gone."""
    await ada.says("type:single+output 3")
    await ada.presses("⋯")
    await swap(stage)
    card = await ada.presses("Skip")
    assert card.view == "end"
    assert "no longer in the bank" in card.text


async def test_one_question_is_asked_in_the_channel_once(ada: Actor, stage: Stage) -> None:
    """A second press on "Ask the channel" posts nothing more."""
    await ada.says("type:single 1")
    await ada.presses("Don't know")
    await ada.presses("⋯")
    share = ada.token("Ask the channel")
    shared = await ada.sends(share)
    assert shared.to == "place"
    assert (await ada.sends(share)).view == "mistake"
    ben = stage.person("ben")
    ben.card = shared
    verdict = await ben.presses("Don't know")
    assert [b.label for b in verdict.buttons if b.label == "⋯"] == []


@pytest.mark.parametrize("verb", ["stop", "skip", "later", "hint", "next", "more", "undo", "back"])
async def test_nobody_ends_a_question_of_everybody(ada: Actor, stage: Stage, verb: str) -> None:
    """A made-up press on a shared question leaves it open to the others."""
    await ada.says("type:single 1")
    await ada.presses("Don't know")
    await ada.presses("⋯")
    shared = await ada.presses("Ask the channel")
    ben, cem = stage.person("ben"), stage.person("cem")
    at = shared.buttons[0].token.split(":")[1]
    card = await ben.sends(f"{verb}:{at}:0")
    assert card.to == "private"
    cem.card = shared
    assert (await cem.presses("A")).view == "verdict"


async def test_a_second_press_on_another_five_begins_one_quiz(ada: Actor) -> None:
    """The second of two quick presses shows the quiz that the first began."""
    await ada.says("type:single 1")
    await ada.presses("Don't know")
    await ada.presses("Finish")
    again = ada.token("Another five")
    first = await ada.sends(again)
    begun = await refs(ada)
    second = await ada.sends(again)
    assert second.title == first.title
    assert "is closed" not in second.text
    assert await refs(ada) == begun


async def test_another_five_keeps_the_kind_of_question(ada: Actor) -> None:
    """The button after a quiz of one type begins a quiz of that type."""
    await ada.says("type:single,output 1")
    await ada.presses("Don't know")
    await ada.presses("Finish")
    card = await ada.presses("Another five")
    assert card.view in ("question-single", "question-output")


async def test_a_hint_stays_while_letters_are_toggled(ada: Actor) -> None:
    """A hint is given once, so it stands until the question is decided."""
    await ada.says("type:multi 1")
    card = await ada.presses("Hint")
    hint = card.text.rpartition("Hint: ")[2]
    card = await ada.presses("A")
    assert f"Hint: {hint}" in card.text


async def test_the_onboarding_adapts_after_a_skip(ada: Actor) -> None:
    """A skipped question is no wrong one when the level of the next is chosen."""
    await ada.says("")
    for _ in range(3):
        await ada.presses("⋯")
        card = await ada.presses("Skip")
    assert "Why this: at the level you have just shown" not in card.text

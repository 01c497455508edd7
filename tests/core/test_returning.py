"""What was missed returns in another dress first, then itself, then typed; the rest by urgency."""

from __future__ import annotations

from msgspec.structs import replace

from questions.model import Choice, Item, NearMiss, Option, Short
from tests import bank
from tests.core.test_sequences import refs
from tests.core.test_supply import use
from tests.stage import Actor, Stage

BELIEF = "races-end-in-deadlock"


def choice(name: str, slug: str) -> Item:
    """A question whose wrong options all betray one belief."""
    wrong = tuple(Option(f"wrong {n} of {name}", False, "It is not so.", slug) for n in range(3))
    body = Choice((Option(f"right of {name}", True, "It is so."), *wrong))
    return replace(bank.SINGLE, id=name, hash=f"h-{name}", body=body)


def typed(name: str, slug: str) -> Item:
    """A typed question with a near miss for the belief."""
    body = Short((f"right of {name}",), (NearMiss((f"wrong of {name}",), "No.", slug),))
    return replace(bank.SHORT, id=name, hash=f"h-{name}", area="databases", body=body)


async def test_a_missed_question_returns_in_another_dress_first(ada: Actor, stage: Stage) -> None:
    """Another question with the same belief comes first, the next time the missed one itself."""
    use(stage, bank.collection((choice("first", BELIEF), choice("other", "else"))))
    await ada.says("databases type:single 1")
    (asked,) = await refs(ada)
    await ada.presses(ada.letter("wrong 1"))
    await ada.presses("Finish")
    slug = BELIEF if asked == "first" else "else"
    use(stage, bank.collection((choice(asked, slug), choice("sibling", slug))))
    stage.clock.forward(days=2)
    card = await ada.says("review")
    assert "in another dress" in card.text
    assert await refs(ada) == ["sibling"]
    await ada.presses(ada.letter("right of"))
    await ada.presses("Finish")
    stage.clock.forward(hours=13)
    card = await ada.says("review")
    assert "Why this: you missed it last time" in card.text
    assert await refs(ada) == [asked]


async def test_the_second_recall_is_typed(ada: Actor, stage: Stage) -> None:
    """What was known once by its options is asked without them, where such a question is."""
    use(stage, bank.collection((choice("first", BELIEF),)))
    await ada.says("databases type:single 1")
    await ada.presses(ada.letter("right of"))
    await ada.presses("Finish")
    use(stage, bank.collection((choice("first", BELIEF), typed("second", BELIEF))))
    stage.clock.forward(days=30)
    card = await ada.says("review")
    assert "now without options" in card.text
    assert await refs(ada) == ["second"]


async def test_after_a_break_nobody_is_buried(ada: Actor, stage: Stage) -> None:
    """Of many due questions a few are for today, and that is said."""
    use(stage, bank.collection(bank.many(40)))
    for _ in range(2):
        await ada.says("type:single 20")
        for turn in range(20):
            await ada.presses("A")
            await ada.presses("Next" if turn < 19 else "Finish")
    stage.clock.forward(days=60)
    card = await ada.says("review")
    assert "40 are due. 20 a day are enough" in card.text
    assert len(await refs(ada)) == 5

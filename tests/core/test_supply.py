"""What a quiz is filled with when questions run short, and what never comes twice."""

from __future__ import annotations

from msgspec.structs import replace

from bot.door import Door
from bot.features.table import features
from questions import areas
from questions.collection import Collection
from questions.model import Item
from tests import bank
from tests.core.test_sequences import refs
from tests.stage import PATIENT, Actor, Stage


def single(number: int, area: str = "databases", topic: str = "isolation-levels") -> Item:
    """One of many questions that differ in their number."""
    name = f"one-{area}-{topic}-{number}"
    return replace(bank.SINGLE, id=name, hash=f"h-{name}", area=area, topic=topic)


def use(stage: Stage, questions: Collection, seed: str | None = "fixed") -> None:
    """Put another bank under a stage before anything was asked; with no seed each draw differs."""
    stage.kit = bank.kit(questions, stage.new_id, seed)
    stage.door = Door(stage.store, features(), stage.kit, patience=PATIENT)


async def answered(actor: Actor, line: str, times: int = 1) -> None:
    """A whole quiz of don't knows."""
    await actor.says(line)
    for number in range(times):
        await actor.presses("Don't know")
        await actor.presses("Next" if number + 1 < times else "Finish")


async def test_a_skipped_question_comes_again(ada: Actor, stage: Stage) -> None:
    """What was shown and never answered is asked again after twelve hours."""
    await ada.says("databases type:single 1")
    await ada.presses("⋯")
    await ada.presses("Skip")
    assert (await ada.says("databases type:single 1")).view == "nothing-left"
    stage.clock.forward(hours=13)
    assert (await ada.says("databases type:single 1")).view == "question-single"


async def test_no_template_comes_twice(ada: Actor, stage: Stage) -> None:
    """A template is asked once in a quiz and once in twelve hours, whatever its numbers."""
    use(stage, Collection(bank.ITEMS, areas.load()))
    await ada.says("type:numeric 20")
    first = await refs(ada)
    assert len(first) == len(set(first)) > 5
    await ada.presses("Don't know")
    shown = first[0]
    stage.clock.forward(hours=1)
    await ada.says("type:numeric 20")
    assert shown not in await refs(ada)


async def test_two_topics_of_an_area_both_come_back(ada: Actor, stage: Stage) -> None:
    """What is due of either named topic is asked."""
    use(stage, bank.collection((single(1), single(1, topic="schema-migrations"))))
    await answered(ada, "databases type:single 2", 2)
    stage.clock.forward(days=3)
    await ada.says("isolation levels + schema migrations 2")
    assert len(await refs(ada)) == 2


async def test_what_is_due_beyond_half_is_said(ada: Actor, stage: Stage) -> None:
    """When due questions stand in for new ones, one line says so."""
    use(stage, bank.collection(tuple(single(n) for n in range(5))))
    await answered(ada, "databases type:single 4", 4)
    stage.clock.forward(days=3)
    card = await ada.says("databases type:single 5")
    assert len(await refs(ada)) == 5
    assert "1 that is due again" in card.text


async def test_a_kind_that_does_not_exist_is_not_called_seen(ada: Actor, stage: Stage) -> None:
    """Where there was never a question nobody is said to have seen all of them."""
    use(stage, bank.collection((single(1),)))
    await answered(ada, "databases 1")
    card = await ada.says("senior type:case")
    assert card.view == "nothing-left"
    assert "all 0" not in card.text
    assert "I have no senior case questions" in card.text


async def test_typed_questions_fill_a_quiz_rather_than_none(ada: Actor, stage: Stage) -> None:
    """One typed question in five is a wish; a shorter quiz is worse."""
    many = tuple(replace(bank.SHORT, id=f"s{n}", hash=f"h{n}") for n in range(6))
    use(stage, bank.collection((single(1), single(2), *many)))
    await answered(ada, "databases 1")
    await ada.says("")
    assert len(await refs(ada)) == 5


async def test_a_new_person_who_skips_all_gets_what_is_left(ada: Actor, stage: Stage) -> None:
    """The first quiz is filled like any other where the quick questions run out."""
    many = tuple(replace(bank.SHORT, id=f"s{n}", hash=f"h{n}") for n in range(6))
    use(stage, bank.collection((single(1), *many)))
    await ada.says("")
    assert len(set(await refs(ada))) == 5


async def test_a_quiz_is_varied(ada: Actor, stage: Stage) -> None:
    """Of each type that takes several presses one question in five comes while others are left."""
    several = [
        replace(one, id=f"{one.type}{n}", hash=f"{one.type}{n}", area="databases")
        for one in (bank.MATCH, bank.ORDER, bank.MULTI)
        for n in range(6)
    ]
    use(stage, bank.collection((*several, *bank.many(12))))
    await answered(ada, "type:single 1")
    for _ in range(3):
        await ada.says("")
        kinds = [name.rstrip("0123456789") for name in await refs(ada)]
        assert all(kinds.count(kind) <= 1 for kind in ("match", "order", "multi"))
        assert len(kinds) == 5
        stage.clock.forward(hours=13)
    await ada.says("type:match 5")
    assert len(await refs(ada)) == 5

"""The question that tells most is not asked of everybody."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from tests import bank
from tests.core.test_sequences import refs
from tests.core.test_supply import single, use
from tests.stage import Stage

PEOPLE = 40


async def test_the_best_question_is_offered_by_lot(stage: Stage) -> None:
    """Of two options a guess is right half of the time: the one with three tells most."""
    best, *others = (single(number) for number in range(12))
    pair = replace(best.body, options=best.options[:2])
    poor = (replace(one, body=pair) for one in others)
    use(stage, bank.collection((best, *poor)), seed=None)
    first = Counter[str]()
    for number in range(PEOPLE):
        who = stage.person(f"p{number}")
        await who.says("databases 2")
        first.update(await refs(who))
    assert PEOPLE * 0.2 < first[best.id] < PEOPLE * 0.9

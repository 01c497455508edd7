"""Questions are calibrated by the answers of everybody, and the log rebuilds what is kept."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.calibrating import calibrate, fold
from bot.learning import items
from bot.learning.items import Params
from bot.store.protocol import Tx
from bot.store.rows import Answer
from questions.model import Ref
from storage.engine import Database
from tests import bank
from tests.core.moderating import seen
from tests.core.test_supply import use
from tests.stage import Actor, Stage
from tests.storage.recalibrating import recalibrated

PEOPLE = 6


def calibrations(tx: Tx, refs: Iterable[Ref]) -> dict[tuple[str, str], Params]:
    found = ((ref, tx.calibrated(ref)) for ref in refs)
    return {(ref.owner, ref.id): params for ref, params in found if params is not None}


async def test_what_is_kept_equals_the_log(stage: Stage) -> None:
    """After many answers, a skip, a don't know and a hint, calibrations are what the log says."""
    use(stage, bank.collection(bank.many(8)))
    for number in range(PEOPLE):
        who = stage.person(f"p{number}")
        await who.says("type:single 4")
        for turn in range(4):
            stage.clock.forward(seconds=20 + number)
            await who.presses("Don't know" if turn == number % 4 else "ABC"[turn % 3])
            await who.presses("Next" if turn < 3 else "Finish")
        await calibrate(stage.store)
    refs = [one.ref for one in bank.many(8)]
    kept = await seen(stage.person("p0"), lambda tx: calibrations(tx, refs))
    assert sum(params.n for params in kept.values()) == 4 * PEOPLE
    assert isinstance(stage.store, Database)
    assert recalibrated(stage.store, fold) == kept


async def test_an_answer_keeps_what_its_question_was_taken_for(ada: Actor, stage: Stage) -> None:
    """A question that others found hard tells more of who knows it, and the log row says so."""
    use(stage, bank.collection(bank.many(1)))
    for number in range(PEOPLE):
        who = stage.person(f"p{number}")
        await who.says("type:single 1")
        await who.presses("Don't know")
    await calibrate(stage.store)
    stage.clock.forward(seconds=30)
    await ada.says("type:single 1")
    await ada.presses("Don't know")
    item = bank.many(1)[0]
    (row, *_) = await seen(ada, lambda tx: tx.log())
    answer = msgspec.json.decode(row.data, type=Answer)
    assert answer.params is not None
    assert answer.params.hard > items.prior(item.level, item.type).hard
    assert answer.skill_var > 0

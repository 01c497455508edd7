"""Somebody weak in one area is told so, with how sure that is, after some thirty answers."""

from __future__ import annotations

import random
import re
from pathlib import Path

from bot.app import BANK
from bot.made import finished
from questions.cache import load
from questions.collection import Collection
from questions.model import Choice, Item
from tests.stage import Actor, Stage

WEAK, QUIZZES = "databases", 8


async def test_a_weak_area_is_named_with_how_sure(tmp_path: Path) -> None:
    """Each question says why it is asked; the weak area is named, the strong ones are not."""
    loaded = load(BANK, tmp_path)
    stage = Stage(tmp_path / "named.db", Collection(loaded.items, loaded.areas, loaded.beliefs))
    ada = stage.person("ada", place="")
    rng, reasons, counts = random.Random("ada"), set[str](), {True: 0, False: 0}
    for _ in range(QUIZZES):
        await ada.says("type:single 5")
        for turn in range(5):
            item = await asked(stage, ada)
            counts[item.area == WEAK] += 1
            reasons |= set(re.findall(r"Why this: (.+)", text(ada)))
            knows = rng.random() < (0.1 if item.area == WEAK else 0.9)
            await ada.presses(letter(ada, item, right=knows))
            await ada.presses("Next" if turn < 4 else "Finish")
        stage.clock.forward(hours=1)
    card = finished(await ada.says("progress"))
    assert counts[True] >= 3
    assert len(reasons) > 1
    (named,) = re.findall(r"\*\*Weak \((\d+) % sure\):\*\* ([^:]+):", card.text)
    assert int(named[0]) >= 80
    assert named[1].startswith("Relational databases")
    assert card.picture is not None
    assert card.picture.png.startswith(b"\x89PNG")
    await stage.close()


async def asked(stage: Stage, who: Actor) -> Item:
    """The question that is asked now."""

    def look(tx: object) -> object:
        quiz = tx.open_quiz()  # type: ignore[attr-defined]
        return quiz.asked[quiz.at].ref

    ref = await stage.store.look(who.origin(), look)
    found = stage.questions.find(ref)  # type: ignore[arg-type]
    assert found is not None
    return found


def text(who: Actor) -> str:
    """What stands on the newest card."""
    assert who.card is not None
    return who.card.text


def letter(who: Actor, item: Item, *, right: bool) -> str:
    """The letter of the right option, or of a wrong one."""
    assert isinstance(item.body, Choice)
    wanted = next(one.text for one in item.body.options if one.right is right)
    return who.letter(wanted)

"""Somebody weak in one area is told so, with how sure that is, within thirty answers."""

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

WEAK, QUIZZES = "databases", 6


async def test_a_weak_area_is_named_with_how_sure(tmp_path: Path) -> None:
    """Within 30 answers the weak area is named; each question has said why it is asked."""
    loaded = load(BANK, tmp_path)
    stage = Stage(tmp_path / "named.db", Collection(loaded.items, loaded.areas, loaded.beliefs))
    ada = stage.person("ada", place="")
    rng, reasons, named = random.Random("ada"), set[str](), ("", "")
    for _ in range(QUIZZES):
        reasons |= await practised(stage, ada, rng)
        card = finished(await ada.says("progress"))
        found = re.findall(r"\*\*Weak \((\d+) % sure\):\*\* ([^:]+):", card.text)
        if found and found[0][1].startswith("Relational databases"):
            named = found[0]
            assert card.picture is not None
            assert card.picture.png.startswith(b"\x89PNG")
            break
    assert int(named[0]) >= 80
    assert len(reasons) > 1
    await stage.close()


async def practised(stage: Stage, ada: Actor, rng: random.Random) -> set[str]:
    """Five questions, most of them known but for those of one area; why they were asked."""
    reasons = set[str]()
    await ada.says("type:single 5")
    for turn in range(5):
        item = await asked(stage, ada)
        reasons |= set(re.findall(r"Why this: (.+)", text(ada)))
        knows = rng.random() < (0.1 if item.area == WEAK else 0.9)
        await ada.presses(letter(ada, item, right=knows))
        await ada.presses("Next" if turn < 4 else "Finish")
    stage.clock.forward(hours=1)
    return reasons


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

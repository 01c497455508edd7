"""Questions whose answers contradict their keys: told to admins and the operator, in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.calibrating import calibrate
from bot.store.community import Daily, DailyState
from bot.store.protocol import Tx
from bot.store.rows import Asked
from questions.loading import load
from questions.model import Choice, Item
from tests import bank
from tests.core.moderating import acts, seen
from tests.core.test_supply import use
from tests.stage import START, Actor, Stage
from tests.test_cli import ROOT, ran

WRONG = "One is rolled back"
EASY = replace(bank.SINGLE, level="junior")


@pytest.fixture
def admin(stage: Stage) -> Actor:
    """Somebody who decides for the community."""
    return stage.person("zoe", admin=True)


async def contradict(stage: Stage, words: str = WRONG, people: int = 16) -> None:
    """Many people choose the same wrong option of the only question."""
    for number in range(people):
        who = stage.person(f"p{number}")
        await who.says("type:single 1")
        stage.clock.forward(seconds=30)
        await who.presses(who.letter(words))
    await calibrate(stage.store)


async def test_a_suspect_is_listed_with_its_reason_and_without_its_key(
    stage: Stage, admin: Actor
) -> None:
    """The tab counts it; the card says why in words and names no option."""
    use(stage, bank.collection((EASY,)))
    await contradict(stage)
    card = await admin.says("moderate")
    assert "Suspected: 1" in [button.label for button in card.buttons]
    card = await admin.presses("Suspected: 1")
    assert "sample-single, 16 answers: " in card.text
    assert " option is chosen as the right one" in card.text or "choose another" in card.text
    assert isinstance(bank.SINGLE.body, Choice)
    assert not any(option.text in card.text for option in bank.SINGLE.body.options)
    assert "Key" not in card.text


async def test_nobody_is_told_of_an_honest_question(stage: Stage, admin: Actor) -> None:
    """Where most are right there is no tab."""
    use(stage, bank.collection((EASY,)))
    await contradict(stage, "Both succeed")
    card = await admin.says("moderate")
    assert "Suspected" not in " ".join(button.label for button in card.buttons)


async def test_a_suspect_is_withdrawn_with_a_reason(stage: Stage, admin: Actor) -> None:
    """By the form of withdrawals: drawn no more, full points, in the log of what was done."""
    use(stage, bank.collection((EASY,)))
    await contradict(stage)
    await admin.says("moderate")
    await admin.presses("Suspected: 1")
    form = await admin.form("Withdraw 1...")
    await admin.sends(form.token, reason=" ")
    assert "reason" in admin.reply.errors
    token = form.token
    card = await admin.sends(token, reason="B is right since version 12.")
    assert "Withdrawn. 16 people who answered get full points." in card.text
    assert "No key is suspected." in card.text
    assert [one.item for one in await seen(admin, lambda tx: tx.hidden())] == ["sample-single"]
    card = await admin.says("moderate")
    assert "Suspected" not in " ".join(button.label for button in card.buttons)
    assert (await admin.sends(token, reason="Again.")).view == "mistake"


async def test_a_suspect_that_is_kept_is_suspected_no_more(stage: Stage, admin: Actor) -> None:
    """In that community, until the question is changed; another community still sees it."""
    use(stage, bank.collection((EASY,)))
    await contradict(stage)
    await admin.says("moderate")
    await admin.presses("Suspected: 1")
    card = await admin.presses("Keep 1")
    assert "It stays, and is not suspected here any more" in card.text
    assert "Suspected" not in " ".join(b.label for b in (await admin.says("moderate")).buttons)
    assert [one.what for one in await seen(admin, lambda tx: tx.audits())] == ["trusted"]
    there = stage.person("kim", admin=True, community="discord:g8")
    assert "Suspected: 1" in [button.label for button in (await there.says("moderate")).buttons]


async def test_a_mended_question_is_not_suspected(stage: Stage, admin: Actor) -> None:
    """What was learned of another version of it is over."""
    use(stage, bank.collection((EASY,)))
    await contradict(stage)
    use(stage, bank.collection((replace(EASY, hash="mended"),)))
    card = await admin.says("moderate")
    assert "Suspected" not in " ".join(button.label for button in card.buttons)


async def test_what_an_open_daily_asks_is_not_listed(stage: Stage, admin: Actor) -> None:
    """The reason would tell something to an admin who has not answered; after it it is listed."""
    use(stage, bank.collection((EASY,)))
    await contradict(stage)
    states: tuple[tuple[DailyState, bool], ...] = (("open", False), ("closed", True))
    for state, listed in states:
        await acts(admin, partial(_asks, state=state))
        card = await admin.says("moderate")
        labels = " ".join(button.label for button in card.buttons)
        assert ("Suspected" in labels) is listed


def _asks(tx: Tx, state: DailyState) -> None:
    asked = Asked(ref=EASY.ref, type="single")
    home = tx.community.id
    daily = Daily(
        id="d1",
        challenge="c1",
        community=home,
        day=START.date(),
        state=state,
        asked=asked,
        posted=START,
    )
    tx.save_daily(daily)


async def test_only_admins_see_it(stage: Stage) -> None:
    """The list and its buttons are theirs."""
    ada = stage.person("ada", admin=False)
    for token in ("moderation-suspects:0", "moderation-trust:x", "!moderation-suspect:x"):
        assert (await ada.sends(token, reason="x")).view == "mistake"


async def test_mondays_digest_has_a_line(stage: Stage, admin: Actor) -> None:
    """It says how many, and where to look."""
    use(stage, bank.collection((EASY,)))
    await admin.says("community")
    before = await admin.presses("Last week")
    assert "wrong key" not in before.text
    await contradict(stage)
    await admin.says("community")
    text = (await admin.presses("Last week")).text
    assert "1 question may have a wrong key: look at them with `/sparring moderate`." in text


def real() -> Item:
    """A question of the real bank with letters."""
    items = [one.item for one in load(ROOT / "questions" / "bank").entries]
    return next(one for one in items if one.type == "single" and not one.retired)


async def test_the_operator_lists_suspects_with_what_was_chosen(tmp_path: Path) -> None:
    """Id, answers, and the option that seems to be right; also while the bot runs."""
    item = real()
    assert isinstance(item.body, Choice)
    wrong = next(option.text for option in item.body.options if not option.right)
    (tmp_path / "data").mkdir()
    stage = Stage(tmp_path / "data" / "sparring.db", bank.collection((item,)))
    assert ran(tmp_path, "questions", "suspects").stdout == "No question is suspected.\n"
    await contradict(stage, wrong)
    listed = ran(tmp_path, "questions", "suspects")
    assert listed.stdout.startswith(f"{item.id}  16 answers, 0 right: 16 chose "), listed.stderr
    assert " ".join(wrong.split())[:40] in listed.stdout
    await stage.close()

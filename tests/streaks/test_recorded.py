from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from bot.ledger import Freeze
from bot.replay import derive
from bot.store.protocol import Tx
from bot.store.rows import LogRow
from bot.streaks import Span, Streak
from questions.collection import Collection
from storage.doctor import findings
from tests import bank
from tests.core.moderating import acts, seen
from tests.stage import Actor, Stage
from tests.test_cli import ran


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation on each database, every statement checked for its owner."""
    one = Stage(url, collection(range(12)))
    yield one
    await one.close()


def collection(numbers: Iterable[int]) -> Collection:
    """So many questions with letters that none is asked twice."""
    item = bank.SINGLE
    return bank.collection(
        tuple(replace(item, id=f"{item.id}-{n}", hash=f"{n:016x}") for n in numbers)
    )


async def answers(one: Actor) -> str:
    """Answer one question; gives the verdict."""
    await one.says("1")
    verdict = await one.presses("Don't know")
    await one.presses("Finish")
    return verdict.text


async def streak_of(one: Actor) -> Streak:
    kept: Streak = await seen(one, lambda tx: tx.person.streak)
    return kept


async def freezes(one: Actor) -> list[LogRow]:
    log = await seen(one, lambda tx: tx.log())
    return [row for row in log if row.kind == "freeze"]


async def sound(stage: Stage) -> None:
    """The doctor finds every cache as the log says."""
    looked = findings(stage.url, replay=derive)
    wrong = [one.text for one in looked if one.level == "bad" and one.what != "durability"]
    assert wrong == []


async def test_a_freeze_is_a_row_of_its_seventh_day(stage: Stage) -> None:
    """It is written with the seventh answer, told on its verdict, and used by itself."""
    ada = stage.person("ada")
    for _ in range(6):
        await answers(ada)
        stage.clock.forward(days=1)
    assert await freezes(ada) == []
    assert "Seven days done: you earned a freeze (1 of 2)." in await answers(ada)
    (row,) = await freezes(ada)
    assert (row.instance, row.day, row.counted) == ("freeze.2026-11-29", date(2026, 11, 29), False)
    assert msgspec.json.decode(row.data, type=Freeze) == Freeze("earned")
    stage.clock.forward(days=2)
    waits = (await ada.says("progress")).text
    assert waits.startswith("Streak 7. Freezes 0 of 2. Today: not yet.\nMon 30 Nov was missed: 1")
    assert "Mon 30 Nov was missed: 1 freeze kept your streak, none left." in await answers(ada)
    assert "Streak 8." in (await ada.says("progress")).text
    await sound(stage)


async def test_a_vacation_keeps_a_streak_and_the_bot_quiet(stage: Stage) -> None:
    """Dates are named in the settings; no reminder comes, and the end of it says what it did."""
    ada = stage.person("ada")
    await answers(ada)
    await ada.says("settings")
    await ada.sends((await ada.form("Change reminder")).token, time="18:00")
    form = await ada.form("Change vacation")
    await ada.sends(form.token, away="2026-11-20 to 2026-11-21")
    assert "A vacation can begin today at the earliest" in ada.reply.errors["away"]
    card = await ada.sends(form.token, away="24 Nov to 2 Dec")
    assert "Tue 24 Nov to Wed 2 Dec: no answer is expected" in card.text
    assert "Your streak of 1 stays." in card.text
    assert (await ada.form("Change vacation")).fields[0].start == "2026-11-24 to 2026-12-02"
    due = await stage.store.next_due()
    assert due is not None
    assert due.date() == date(2026, 11, 23)
    stage.clock.forward(hours=10)
    await stage.clockwork().tick()
    due = await stage.store.next_due()
    assert due is not None
    assert due.date() == date(2026, 12, 3)
    stage.clock.forward(days=10)
    assert "Your vacation kept your streak of 1." in await answers(ada)
    assert (await streak_of(ada)).days == 2
    await sound(stage)


async def test_a_move_says_what_it_does(stage: Stage) -> None:
    """A new zone says the date there; the next answer says what became of the date it jumped."""
    ada = stage.person("ada")
    await ada.says("settings")
    await ada.sends((await ada.form("Change day")).token, zone="honolulu", hour="4")
    await answers(ada)  # Monday 9:00 in UTC: there it is Sunday
    stage.clock.forward(hours=20)
    await ada.says("settings")
    card = await ada.sends((await ada.form("Change day")).token, zone="auckland", hour="4")
    said = "From now on your day ends 04:00, Auckland; your streak of 1 stays. Today is Tue 24 Nov"
    assert said in card.text
    text = await answers(ada)
    assert "By the clock of Auckland it is Tue 24 Nov: your days follow it from now on." in text
    assert "A change of the clock cut Mon 23 Nov short: forgiven" in text
    assert (await streak_of(ada)).days == 2
    await sound(stage)


async def test_an_outage_is_forgiven_to_everybody(stage: Stage) -> None:
    """The rules of the community keep it; a person's log has it at their next answer."""
    ada = stage.person("ada")
    for _ in range(3):
        await answers(ada)
        stage.clock.forward(days=1)
    stage.clock.forward(days=1)
    assert "Your streak of 3 ended: Thu 26 Nov was missed" in await answers(ada)
    span = Span(date(2026, 11, 26), date(2026, 11, 26))

    def declare(tx: Tx) -> None:
        rules = replace(tx.community.rules, outages=(span,))
        tx.save_community(replace(tx.community, rules=rules))

    await acts(ada, declare)
    stage.clock.forward(days=1)
    text = await answers(ada)
    assert "I was down on Thu 26 Nov, so that is forgiven: your streak is back at 4." in text
    assert (await streak_of(ada)).days == 5
    assert [row.instance for row in await freezes(ada)] == ["outage.2026-11-26.2026-11-26"]
    await answers(ada)
    assert len(await freezes(ada)) == 1
    await sound(stage)


async def test_a_late_answer_takes_its_own_date(stage: Stage) -> None:
    """Delivered after a newer one, it counts for when it was given; the doctor agrees."""
    ada = stage.person("ada")
    await answers(ada)
    stage.clock.forward(days=2)
    await answers(ada)
    await ada.says("1")
    stage.clock.forward(days=-1)
    text = (await ada.presses("Don't know")).text
    assert "This answer reached me late; it counts for Tue 24 Nov, when you gave it." in text
    assert (await streak_of(ada)).days == 3
    await sound(stage)


async def test_an_operator_forgives_an_outage(tmp_path: Path) -> None:
    """`sparring outage` tells every community and every direct conversation; mistakes say so."""
    (tmp_path / "data").mkdir()
    stage = Stage(tmp_path / "data" / "sparring.db", collection(range(6)))
    here, alone = stage.person("ada"), stage.person("ben", community="")
    stage.clock.forward(days=-7)
    for one in (here, alone):
        await answers(one)
    await stage.store.close()
    done = ran(tmp_path, "outage", "2026-11-17", "2026-11-18")
    assert "forgiven in 1 community and 1 direct conversation." in done.stdout, done.stderr
    for wrong in ("17 Nov", "2026-11-18 2026-11-17", "2099-01-01", "2026-01-01 2026-11-01"):
        assert ran(tmp_path, "outage", *wrong.split(" ")).returncode == 2
    nowhere = ran(tmp_path, "outage", "2026-11-17", "--community", "slack:T9")
    assert (nowhere.returncode, nowhere.stderr) == (2, "There is no community slack:T9.\n")
    stage.open()
    stage.clock.forward(days=3)
    for one in (here, alone):
        said = "I was down on Tue 17 Nov and Wed 18 Nov: your streak of 1 stays"
        assert said in await answers(one)
        assert (await streak_of(one)).days == 2
    audits = await seen(here, lambda tx: tx.audits())
    assert [(each.name, each.what) for each in audits] == [("the operator", "outage")]
    await sound(stage)
    await stage.close()


async def test_a_log_from_before_folds_as_it_did(stage: Stage) -> None:
    """Rows from before the ledger fold as they did; a row without its freeze gives none."""
    ada = stage.person("ada")
    for _ in range(7):
        await answers(ada)
        stage.clock.forward(days=1)
    log = await seen(ada, lambda tx: tx.log())
    assert derive(log).streak.freezes == 1
    assert derive([row for row in log if row.kind != "freeze"]).streak.freezes == 0
    old = [row for row in map(before, log) if row.kind != "freeze"]
    assert derive(old).streak == Streak(
        days=7, last=date(2026, 11, 29), freezes=1, best=7, done=7, today=1
    )


def before(row: LogRow) -> LogRow:
    """A row as it was written before the ledger."""
    data = msgspec.json.decode(row.data)
    for name in ("zone", "start", "notes"):
        data.pop(name, None)
    return replace(row, data=msgspec.json.encode(data))


def test_a_streak_from_before_is_read() -> None:
    """What an older version kept of a person has its fields, and defaults for what is new."""
    written = b'{"days":3,"last":"2026-11-22","freezes":1,"best":5,"done":3,"today":2,"shared":1}'
    kept = msgspec.json.decode(written, type=Streak)
    assert (kept.days, kept.freezes, kept.practised, kept.clock) == (3, 1, 1, None)
    assert kept.last == date(2026, 11, 22)

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.tokens import make
from tests.daily.setting import Channel, Here, answers
from tests.stage import Actor


def differing(here: Here, minutes: float) -> timedelta:
    """Let the platform's clock be this much ahead of ours."""
    ahead = timedelta(minutes=minutes)
    here.channel = Channel(lambda: here.stage.clock() + ahead)
    here.work = here.clockwork()
    return ahead


async def chosen(here: Here, ada: Actor) -> str:
    """The label that locks in what is right, chosen on the post but not locked in."""
    here.sees(ada)
    letter = ada.letter("Both succeed")
    await ada.presses(letter)
    return f"Lock in {letter}"


async def points(here: Here, actor: Actor) -> list[int]:
    log = await here.stage.store.look(actor.origin(), lambda tx: tx.log())
    return [row.points for row in log]


@pytest.mark.parametrize(("minutes", "after", "counts"), [(-5, 1, False), (5, -1, True)])
async def test_the_close_is_told_by_the_platforms_clock(
    here: Here, ada: Actor, minutes: float, after: float, *, counts: bool
) -> None:
    """Our clock may be wrong by minutes: what counts was pressed before the key could be read."""
    ahead = differing(here, minutes)
    await here.challenge()
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert daily.ahead == minutes * 60
    lock = await chosen(here, ada)
    await here.at(25, 9)
    here.stage.clock.at += ahead + timedelta(minutes=after)  # a press is of the platform's time
    card = await ada.presses(lock)
    assert card.view == ("daily-verdict" if counts else "daily-over")
    assert await points(here, ada) == ([10] if counts else [])


@pytest.mark.parametrize("label", ["Try it, no points", "My answer"])
async def test_a_closed_post_never_asks_for_an_answer_that_counts(
    here: Here, ada: Actor, label: str
) -> None:
    """Who presses on the post that shows the key gets no points, whatever the clocks say."""
    await here.challenge()
    await here.at(24, 9)
    lock = await chosen(here, ada)
    mine = ada.card
    await here.at(25, 9)
    closed = here.channel.edits()[-1].card
    assert "Both succeed" in closed.text
    ada.card = closed
    here.stage.clock.at -= timedelta(minutes=4)  # the press, by a clock that nobody knows of
    await ada.presses(label)
    if label == "My answer":
        assert ada.card.view == "daily-over"
        await ada.presses("Try it, no points")
    assert "For no points" in ada.card.note
    await ada.presses(ada.letter("Both succeed"))
    assert await points(here, ada) == [0]
    ada.card = mine  # the private card from before the reveal counts no more either
    await ada.presses(lock)
    assert await points(here, ada) == [0]


async def test_what_was_locked_in_before_a_withdrawal_counts_too(here: Here, ada: Actor) -> None:
    """It arrives after the admin's withdrawal: recorded, and full points as for everybody."""
    await here.challenge()
    await here.at(24, 9)
    here.sees(ada)
    letter = ada.letter("deadlock")
    await ada.presses(letter)
    (daily,) = await here.dailies()
    gil = here.stage.person("gil", admin=True)
    here.stage.clock.forward(seconds=10)
    await gil.sends(make("daily-withdraw", daily.id, form=True), reason="two are right")
    here.stage.clock.forward(seconds=-8)
    card = await ada.presses(f"Lock in {letter}")
    assert "withdrawn: two are right. You get full points." in card.text
    here.stage.clock.forward(seconds=60)
    await here.work.tick()
    assert await points(here, ada) == [3, 10]  # the answer, and its correction
    assert "10" in (await ada.says("leaderboard")).text


async def test_after_a_withdrawal_nothing_is_recorded(here: Here, ada: Actor) -> None:
    """Who had not answered is told that nothing changes for them."""
    await here.challenge()
    await here.at(24, 9)
    lock = await chosen(here, ada)
    (daily,) = await here.dailies()
    gil = here.stage.person("gil", admin=True)
    await gil.sends(make("daily-withdraw", daily.id, form=True), reason="two are right")
    here.stage.clock.forward(seconds=1)
    card = await ada.presses(lock)
    assert card.text.split("\n") == [
        "This question was withdrawn: two are right.",
        "You had not answered it, so nothing changes for you.",
    ]
    assert await points(here, ada) == []


async def test_the_reason_of_a_withdrawal_may_be_any_word(here: Here) -> None:
    """An admin writes "reported": at the reveal the daily is withdrawn all the same."""
    await here.challenge()
    await here.at(24, 9)
    gil = here.stage.person("gil", admin=True)
    (daily,) = await here.dailies()
    await gil.sends(make("daily-report", daily.id, form=True), reason="hm")
    await answers(here, gil)
    await gil.says("moderate")
    form = await gil.form("Withdraw...")
    await gil.sends(form.token, reason="reported")
    await here.at(25, 9)
    assert {one.day.day: one.state for one in await here.dailies()} == {24: "withdrawn", 25: "open"}


async def test_dont_know_is_locked_in_like_a_letter(here: Here, ada: Actor) -> None:
    """One slip of the thumb on the public post does not use up the one try."""
    await here.challenge()
    await here.at(24, 9)
    here.sees(ada)
    card = await ada.presses("Don't know")
    assert (card.text, [one.label for one in card.buttons]) == (
        "You do not know it.",
        ["Lock in", "Change"],
    )
    assert await points(here, ada) == []
    ben = here.stage.person("ben")
    ben.card = card
    await ben.presses("Lock in")
    assert await points(here, ben) == [3]
    await ada.presses("Change")
    letter = ada.letter("Both succeed")
    await ada.presses(letter)
    await ada.presses(f"Lock in {letter}")
    assert await points(here, ada) == [10]

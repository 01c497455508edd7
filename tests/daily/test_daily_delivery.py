from __future__ import annotations

from datetime import UTC, datetime

from bot.chat.posts import Later, Refused
from tests.core.challenging import Port
from tests.daily.setting import OTHER, PLACE, Here, answers

MORNING = datetime(2026, 11, 24, 9, 0, 1, tzinfo=UTC)


async def test_a_channel_taken_off_meanwhile_is_not_lost(here: Here) -> None:
    """Its post was on the way and is refused: that is nobody's trouble."""
    await here.challenge(places=(PLACE, OTHER))
    here.stage.clock.at = MORNING
    await here.stage.clockwork({}).work()
    await here.change(places=(PLACE,))
    here.channel.refuses = {OTHER}
    await here.work.tick()
    await here.work.tick()
    assert (await here.stored()).lost == ()
    assert here.channel.new("direct") == []


async def test_only_what_the_place_refuses_makes_it_lost(here: Here) -> None:
    """A post that the platform does not like loses no channel: that is told, the next one goes."""
    await here.challenge()
    here.channel.answers = [Refused("it is too long")]
    await here.at(24, 9)
    assert (await here.stored()).lost == ()
    (told,) = here.channel.new("direct")
    assert "it is too long." in told.card.text
    assert "The next one comes as planned" in told.card.text
    await here.at(25, 9)
    assert len(here.channel.new()) == 1


async def test_a_forgotten_scheduler_is_told_nothing(here: Here) -> None:
    """Nothing is posted to nobody; who changes the challenge next is told from then on."""
    here.stage.rights["discord"] = Port()
    gil, eva = (here.stage.person(name, admin=True) for name in ("gil", "eva"))
    await gil.says("challenge")
    await gil.presses("Start tomorrow")
    await gil.says("privacy delete")
    assert gil.card is not None
    await gil.presses(next(iter(gil.card.buttons)).label)
    here.channel.answers = [Refused("it is too long")]
    await here.at(24, 9)
    assert here.channel.posts == []
    (one,) = await here.stage.store.look(eva.origin(), lambda tx: tx.challenges())
    assert one.by == ""
    await eva.says("challenge")
    await eva.presses("Pause")
    (one,) = await here.stage.store.look(eva.origin(), lambda tx: tx.challenges())
    assert one.by == "discord:eva"


async def test_the_count_on_the_post_follows_a_deletion(here: Here) -> None:
    """Two answered, one is erased, one more answers: the post says 2 again."""
    await here.challenge()
    await here.at(24, 9)
    ada, ben, cem = (here.stage.person(name) for name in ("ada", "ben", "cem"))
    for one in (ada, ben):
        await answers(here, one)
    await here.at(24, 9, 11)
    await ben.says("privacy delete")
    assert ben.card is not None
    await ben.presses(next(iter(ben.card.buttons)).label)
    await here.at(24, 9, 22)
    await answers(here, cem)
    await here.at(24, 9, 33)
    assert [post.card.note[-10:] for post in here.channel.edits()] == [
        "2 answered",
        "1 answered",
        "2 answered",
    ]


async def test_a_count_that_could_not_be_shown_in_time_is_shown_with_the_next(here: Here) -> None:
    """The platform wants patience: an old count is dropped, the same one is sent anew."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, here.stage.person("ada"))
    here.channel.answers = [Later(15 * 60)]
    await here.at(24, 9, 11)
    assert here.channel.edits() == []
    (daily,) = await here.dailies()
    assert [one.shown for one in await here.postings(daily)] == [0]
    await here.at(24, 9, 22)
    await here.at(24, 9, 27)
    assert [post.card.note[-10:] for post in here.channel.edits()] == ["1 answered"]
    assert here.channel.edits()[0].until == datetime(2026, 11, 24, 9, 32, 1, tzinfo=UTC)
    assert [one.shown for one in await here.postings(daily)] == [1]
    await here.at(24, 9, 40)
    assert len(here.channel.edits()) == 1

"""A community's settings, its weekly winners and Monday's digest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.events import Command, Press
from tests.stage import Actor, Channel, Stage

MONDAY = datetime(2026, 11, 30, 8, 0, 5, tzinfo=UTC)  # nine o'clock in Berlin


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """A stage whose communities begin in Berlin."""
    one = Stage(url, zone="Europe/Berlin")
    yield one
    await one.store.close()


@pytest.fixture
def admin(stage: Stage) -> Actor:
    return stage.person("gil", admin=True)


async def right_answers(stage: Stage, *names: str, wrong: bool = False) -> None:
    for name in names:
        person = stage.person(name)
        await person.says("type:single 1")
        words = "serialization error" if wrong else "Both succeed"
        await person.presses(person.letter(words))


async def test_settings_are_sentences_and_every_change_says_its_effect(admin: Actor) -> None:
    """What holds is read in words, a change is saved, said and written down."""
    card = await admin.says("community")
    assert "Anybody may start a game" in card.text
    form = await admin.form("Change games")
    card = await admin.sends(form.token, starters="admins", quiet="22:00-07:00", youngest="7")
    assert "Saved. It holds for games from now on" in card.text
    assert "Only admins may start games" in card.text
    assert "Quiet from 22:00 to 07:00" in card.text
    assert "at least 7 days old" in card.text
    noted = await admin.stage.store.look(admin.origin(), lambda tx: tx.audits())
    assert [(one.what, one.name) for one in noted] == [("community-games", "Gil")]


@pytest.mark.parametrize(
    ("button", "values", "wrong"),
    [
        ("Change days", {"zone": "Atlantis"}, ["zone"]),
        ("Change games", {"quiet": "late", "youngest": "-1"}, ["quiet", "youngest"]),
        ("Change games", {"quiet": "22:00-22:00", "youngest": "9999"}, ["quiet", "youngest"]),
        ("Change questions", {"off": "databases, pizza"}, ["off"]),
    ],
)
async def test_values_that_cannot_be_are_said_beside_their_fields(
    admin: Actor, button: str, values: dict[str, str], wrong: list[str]
) -> None:
    """All mistakes of a form are said at once, and nothing is changed."""
    before = await admin.says("community")
    form = await admin.form(button)
    await admin.sends(form.token, **values)
    assert sorted(admin.reply.errors) == wrong
    assert (await admin.says("community")).text == before.text


async def test_a_channel_may_differ(admin: Actor, stage: Stage) -> None:
    """What a channel chooses holds there alone, until it is as everywhere again."""
    await admin.says("community")
    await admin.presses("This channel")
    form = await admin.form("Change questions")
    card = await admin.sends(form.token, off="git", levels=("junior",))
    assert "In this channel differs: questions." in card.text
    assert "Levels in games and dailies: junior" in card.text
    other = stage.person("gil", admin=True, place="c9")
    await other.says("community")
    assert "the community's settings hold" in (await other.presses("This channel")).text
    assert "as everywhere again" in (await admin.presses("As everywhere")).text


async def test_rest_days_chosen_by_hand_stay(admin: Actor) -> None:
    """Ticked rest days are the community's own; none ticked follow the dailies again."""
    await admin.says("community")
    form = await admin.form("Change days")
    card = await admin.sends(form.token, zone="berlin", rest=("5", "6"))
    assert "Rest days: Sat, Sun" in card.text
    card = await admin.sends(form.token, zone="berlin", rest=())
    assert "No rest days" in card.text


async def test_the_winners_are_announced_once_on_monday(admin: Actor, stage: Stage) -> None:
    """The best three of the week are posted where an admin wants it, hidden people are not."""
    await right_answers(stage, "ada", "ben", "cem")
    hidden = stage.person("eve")
    await hidden.says("leaderboard")
    await hidden.presses("Hide me")
    await right_answers(stage, "eve")
    await admin.says("community")
    await admin.presses("Winners here")
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    await work.tick()
    assert channel.posts == []
    stage.clock.at = MONDAY
    for _ in range(3):
        await work.tick()
    (post,) = channel.posts
    assert post.target == "discord:g7/c3"
    assert post.card.title == "Best of the week 23 Nov to 29 Nov"
    assert "1. **Ada**, 2 points" in post.card.text
    assert "Eve" not in post.card.text
    await admin.presses("No winners")
    stage.clock.forward(days=7)
    await work.tick()
    assert len(channel.posts) == 1


async def test_a_week_without_points_is_not_announced(admin: Actor, stage: Stage) -> None:
    """Nobody is congratulated for nothing, and the next Monday is planned all the same."""
    await admin.says("community")
    await admin.presses("Winners here")
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    stage.clock.at = MONDAY
    await work.tick()
    assert channel.posts == []
    assert await stage.store.next_due() == datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


async def digest_of(admin: Actor, stage: Stage) -> Card:
    await admin.says("community")
    await admin.presses("Digest for me")
    channel = Channel(stage.clock)
    stage.clock.at = MONDAY
    for _ in range(2):
        await stage.clockwork({"discord": channel}).tick()
    (post,) = channel.posts
    assert (post.where, post.target) == ("direct", "discord:gil")
    return post.card


async def test_the_digest_tells_what_five_people_share(admin: Actor, stage: Stage) -> None:
    """Participation and the misconceptions that at least five people hold; no names."""
    await right_answers(stage, "ada", "ben", "cem", "dan", "eve", wrong=True)
    await right_answers(stage, "finn")
    card = await digest_of(admin, stage)
    assert "6 people took part (fewer than five the week before)." in card.text
    assert "6 answers, 17 % right." in card.text
    assert "1. You take REPEATABLE READ for SERIALIZABLE: 5 people" in card.text
    assert "Ada" not in card.text


async def test_the_digest_hides_what_fewer_share(admin: Actor, stage: Stage) -> None:
    """Four people are too few for any number."""
    await right_answers(stage, "ada", "ben", "cem", "dan", wrong=True)
    card = await digest_of(admin, stage)
    assert "Fewer than five people took part" in card.text
    assert "serializable" not in card.text
    assert "4" not in card.text


async def test_only_four_who_believe_it_are_no_row(admin: Actor, stage: Stage) -> None:
    """A misconception of four people is not shown though more took part."""
    await right_answers(stage, "ada", "ben", "cem", "dan", wrong=True)
    await right_answers(stage, "eve")
    card = await digest_of(admin, stage)
    assert "5 people took part" in card.text
    assert "No belief that is wrong is shared by five people or more." in card.text


async def test_todays_board_and_older_weeks_can_be_seen(stage: Stage) -> None:
    """A day has its board, and a week's board is found again by going back."""
    await right_answers(stage, "ada")
    ada = stage.person("ada")
    assert "Today · Mon 23 Nov, Berlin" in (await ada.says("leaderboard today")).title
    assert "Ada" in ada.card.text if ada.card else False
    stage.clock.forward(days=14)
    await ada.says("leaderboard")
    await ada.presses("Week before")
    card = await ada.presses("Week before")
    assert card.title == "Week · to Sun 29 Nov, Berlin"
    assert "Ada" in card.text


async def test_a_young_account_learns_and_gets_no_points(admin: Actor, stage: Stage) -> None:
    """Answers of an account younger than admins want count for the person, on no board."""
    await admin.says("community")
    form = await admin.form("Change games")
    await admin.sends(form.token, starters="anybody", quiet="", youngest="3")
    await right_answers(stage, "ada")
    ada = stage.person("ada")
    assert "Nobody leads" in (await ada.says("leaderboard")).text
    stage.clock.forward(days=3)
    await ada.says("type:output 1")
    await ada.presses(ada.letter("[1, 2, 1, 2]"))
    assert "rank 1 of 1 with 2 points" in (await ada.says("leaderboard")).text
    old = Actor(stage, "old", "discord:g7", since=datetime(2020, 1, 1, tzinfo=UTC))
    await old.says("type:single 1")
    await old.presses(old.letter("Both succeed"))
    assert "with 2 points" in (await old.says("leaderboard")).text


async def test_a_name_follows_the_platform_until_it_is_chosen(stage: Stage) -> None:
    """Who is renamed stands under the new name; a handle replaces no name, a choice stays."""
    await right_answers(stage, "ada")
    ada = stage.person("ada")

    async def acts(name: str, *, named: bool = True) -> str:
        press = Command(replace(ada.origin(), name=name, named=named), "leaderboard")
        await stage.door.handle(press)
        return (await stage.person("ben").says("leaderboard")).text

    assert "Ada" in await acts("countess", named=False)
    assert "countess" in await acts("countess")
    form = Press(replace(ada.origin(), name="countess"), "!set:board", {"name": "Lovelace"})
    await stage.door.handle(form)
    assert "Lovelace" in await acts("ada again")

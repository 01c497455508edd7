from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.chat.posts import Later, Message, Post, Refused
from bot.store.protocol import Busy, Down, Unsure
from tests import bank
from tests.stage import Actor, Stage


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    one = Stage(url, zone="Europe/Berlin")
    yield one
    await one.store.close()


class Outbound:
    """A poster that keeps what it was given, or answers as it is told to first."""

    def __init__(self, *answers: Exception) -> None:
        self.answers = list(answers)
        self.posts: list[Post] = []

    async def send(self, post: Post, *, first: bool = False) -> Message:
        if self.answers:
            raise self.answers.pop(0)
        self.posts.append(post)
        return Message("discord", f"m{len(self.posts)}")


async def answer_one(actor: Actor, words: str = "Both succeed") -> None:
    await actor.says("type:single 1")
    await actor.presses(actor.letter(words))
    await actor.presses("Finish")


async def test_settings_are_sentences_that_name_the_zone(ada: Actor) -> None:
    """Until a person sets a zone the community's applies, and the sentence says so."""
    card = await ada.says("settings")
    assert "Your day ends 04:00, Berlin (this community's zone)" in card.text
    assert "No reminders" in card.text


async def test_a_change_says_its_effect(ada: Actor) -> None:
    """A new zone and hour answer with what they change and what stays."""
    await answer_one(ada)
    await ada.says("settings")
    form = await ada.form("Change day")
    card = await ada.sends(form.token, zone="new york", hour="2")
    assert "From now on your day ends 02:00, New York; your streak of 1 stays." in card.text
    assert "(this community's zone)" not in card.text


@pytest.mark.parametrize(
    ("button", "field", "value"),
    [("Change day", "zone", "Atlantis"), ("Change reminder", "time", "at noon")],
)
async def test_a_value_that_cannot_be_stays_in_the_form(
    ada: Actor, button: str, field: str, value: str
) -> None:
    """A zone or time that does not exist is an error beside its field; nothing changes."""
    before = await ada.says("settings")
    form = await ada.form(button)
    await ada.sends(form.token, **{field: value})
    assert field in ada.reply.errors
    assert (await ada.says("settings")).text == before.text


async def test_rest_days_are_named(ada: Actor) -> None:
    """Rest days appear as weekdays, and none are none again."""
    await ada.says("settings")
    form = await ada.form("Change rest days")
    card = await ada.sends(form.token, rest=("5", "6"))
    assert "Rest days: Sat, Sun" in card.text
    card = await ada.sends(form.token, rest=())
    assert "No rest days" in card.text


async def test_a_reminder_comes_at_its_time_once(ada: Actor, stage: Stage) -> None:
    """The reminder is posted at the person's local time, by however many ticks, once a day."""
    await answer_one(ada, "deadlock")
    await ada.says("settings")
    form = await ada.form("Change reminder")
    card = await ada.sends(form.token, time="18:00")
    assert "I will write to you at 18:00, Berlin" in card.text
    outbound = Outbound()
    work = stage.clockwork({"discord": outbound})
    await work.tick()
    assert outbound.posts == []  # today is done, and 18:00 is not yet
    stage.clock.at = datetime(2026, 11, 24, 17, 0, 1, tzinfo=UTC)
    for _ in range(3):
        await work.tick()
    (post,) = outbound.posts
    assert (post.where, post.target) == ("direct", "discord:ada")
    assert post.card.text == "1 due, your streak is 1."
    assert [button.label for button in post.card.buttons] == ["Begin", "No more reminders"]


async def test_no_reminder_when_the_day_is_done_or_rests(ada: Actor, stage: Stage) -> None:
    """A day that is done and a rest day bring no reminder, and the next one is still planned."""
    await ada.says("settings")
    form = await ada.form("Change rest days")
    await ada.sends(form.token, rest=("2",))  # Wednesday
    form = await ada.form("Change reminder")
    await ada.sends(form.token, time="18:00")
    outbound = Outbound()
    work = stage.clockwork({"discord": outbound})
    stage.clock.at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    await answer_one(ada)
    for day, hour in ((24, 17), (25, 17), (26, 17)):
        stage.clock.at = datetime(2026, 11, day, hour, 0, 5, tzinfo=UTC)
        await work.tick()
    assert len(outbound.posts) == 1  # Thursday alone


async def test_quiet_ends_reminders(ada: Actor, stage: Stage) -> None:
    """One press ends them."""
    await ada.says("settings")
    form = await ada.form("Change reminder")
    await ada.sends(form.token, time="18:00")
    await ada.sends("quiet")
    outbound = Outbound()
    stage.clock.forward(days=2)
    await stage.clockwork({"discord": outbound}).tick()
    assert outbound.posts == []


async def test_a_refused_message_is_tried_once_and_a_late_one_again(
    ada: Actor, stage: Stage
) -> None:
    """429 waits as long as it says; a refusal is given up for good."""
    await ada.says("settings")
    form = await ada.form("Change reminder")
    await ada.sends(form.token, time="18:00")
    outbound = Outbound(Later(40), Refused("cannot send messages to this user"))
    work = stage.clockwork({"discord": outbound})
    stage.clock.at = datetime(2026, 11, 23, 17, 0, 1, tzinfo=UTC)
    await work.tick()
    stage.clock.forward(seconds=39)
    await work.tick()
    assert len(outbound.answers) == 1  # not before the 40 seconds
    stage.clock.forward(seconds=2)
    await work.tick()
    assert outbound.answers == []
    stage.clock.forward(hours=3)
    await work.tick()
    assert outbound.posts == []


async def test_the_board_ranks_ties_and_hides_who_wants_it(ada: Actor, stage: Stage) -> None:
    """Ties share a rank, the own rank and distance are shown, the hidden are left out."""
    people = [stage.person(name) for name in ("ben", "cem")]
    for person in (ada, *people):
        await answer_one(person)
    await ada.says("type:output 1")
    await ada.presses(ada.letter("[1, 2, 1, 2]"))
    card = await people[0].says("leaderboard")
    assert "1  Ada" in card.text
    assert card.text.count(" 2  ") >= 2
    assert "You: rank 2 of 3 with 2 points. 2 behind Ada." in card.text
    await ada.says("leaderboard")
    await ada.presses("Hide me")
    card = await people[0].says("leaderboard")
    assert "Ada" not in card.text


async def test_past_periods_keep_their_points(ada: Actor, stage: Stage) -> None:
    """Last week's board stands when this week begins."""
    await answer_one(ada)
    stage.clock.forward(days=7)
    assert "Nobody leads" in (await ada.says("leaderboard")).text
    assert "Ada" in (await ada.says("leaderboard last week")).text
    assert "Ada" in (await ada.says("leaderboard all")).text
    assert "I do not keep a board" in (await ada.says("leaderboard yesteryear")).text


async def test_show_in_channel_leaves_private_lines_out(ada: Actor) -> None:
    """The public board has the top alone."""
    await answer_one(ada)
    await ada.says("leaderboard")
    card = await ada.presses("Show in channel")
    assert card.to == "place"
    assert "You: rank" not in card.text


async def test_only_ten_answers_a_day_bring_points(tmp_path: Path) -> None:
    """The eleventh right answer of a day brings no point."""
    many = tuple(replace(bank.SINGLE, id=f"many-{n}", hash=f"h{n}") for n in range(12))
    other = Stage(tmp_path / "many.db", bank.collection(many))
    eve = other.person("eve")
    await eve.says("databases type:single 12")
    for _ in range(12):
        await eve.presses(eve.letter("Both succeed"))
        await eve.sends(eve.card.buttons[0].token)  # type: ignore[union-attr]  # a verdict has one
    assert "with 20 points" in (await eve.says("leaderboard")).text
    await other.store.close()


async def test_a_direct_conversation_has_no_board(stage: Stage) -> None:
    """There is nobody else in a direct conversation."""
    alone = stage.person("zoe", community="")
    assert "has no board" in (await alone.says("leaderboard")).text
    await answer_one(alone)
    assert "has no board" in (await alone.says("leaderboard")).text


async def test_progress_says_how_many_answers_are_missing(ada: Actor) -> None:
    """Under twenty answers nothing is said of areas, and one next thing is named."""
    await answer_one(ada)
    card = await ada.says("progress")
    assert "19 more answers to go" in card.text
    assert "Next:" in card.text
    assert "Weak" not in card.text


async def test_help_lists_what_works(ada: Actor) -> None:
    """Help has a line for each command of the table."""
    card = await ada.says("help")
    for name in ("/quiz", "/leaderboard", "/progress", "/sparring settings", "/sparring help"):
        assert f"`{name}" in card.text


async def test_privacy_exports_everything(ada: Actor) -> None:
    """The export is one JSON file with the answers and the settings in it."""
    await answer_one(ada)
    card = await ada.says("privacy export")
    assert card.file is not None
    tables = json.loads(card.file.text)
    assert len(tables["log"]) == 1
    assert "Ada" in card.file.text


async def test_delete_leaves_nothing(tmp_path: Path) -> None:
    """After delete no row and no string of the person is in the database file or its log."""
    stage = Stage(tmp_path / "features.db")
    ada = stage.person("ada")
    ben = stage.person("ben")
    await answer_one(ben)
    await ada.says("type:short 1")
    form = await ada.form("Answer")
    await ada.sends(form.token, answer="canary-answer-text")
    await ada.says("privacy")
    await ada.presses("Delete everything")
    eve = stage.person("eve")
    assert "somebody else" in (await eve.sends(ada.token("Delete everything"))).text
    card = await ada.presses("Delete everything")
    assert card.title == "Deleted"
    path = Path(stage.url.removeprefix("sqlite:///"))
    await stage.store.close()
    for file in path.parent.glob("features.db*"):
        content = file.read_bytes()
        assert b"canary-answer-text" not in content, file
        assert b"discord:ada" not in content, file
    with sqlite3.connect(path) as connection:
        (left,) = connection.execute("select count(*) from log").fetchone()
    assert left == 1
    stage.open()
    assert (await ada.says("progress")).text.startswith("Streak 0")
    await stage.store.close()


async def test_kept_replies_are_forgotten_after_26_hours(ada: Actor, stage: Stage) -> None:
    """A reply is kept as long as a platform may deliver its event again, and no longer."""
    await ada.says("type:single 1")
    token = ada.token(ada.letter("Both succeed"))
    first = await ada.sends(token, key="once")
    work = stage.clockwork()
    stage.clock.forward(hours=25)
    await work.sweep()
    assert await ada.sends(token, key="once") == first
    stage.clock.forward(hours=2)
    assert await work.sweep() > 0
    assert await ada.sends(token, key="once") != first
    assert len(await stage.store.look(ada.origin(), lambda tx: tx.log())) == 1


@pytest.mark.parametrize(
    ("fault", "view"), [(Unsure("cut"), "unsure"), (Down("disk full"), "down"), (Busy(), "busy")]
)
async def test_a_database_in_trouble_is_said(
    fault: Exception, view: str, ada: Actor, stage: Stage
) -> None:
    """What the store cannot do is a private sentence, and no bug's number."""

    class Troubled:
        """A store that can do nothing."""

        async def run(self, *_: object, **__: object) -> None:
            raise fault

    stage.door._store = Troubled()  # type: ignore[assignment]  # only what is called
    card = await ada.says("")
    assert (card.view, card.to) == (view, "private")

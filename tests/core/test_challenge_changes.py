"""Changing a daily: what is typed, what it does, what is refused; dates left out; what comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.chat.cards import Card
from bot.chat.events import Value
from bot.chat.tokens import make
from bot.features.challenge import reading
from bot.features.daily import choosing
from bot.store.community import LADDER
from bot.views import challenge_words as words
from questions import areas
from tests.core.challenging import Port, everything, kept
from tests.stage import Actor, Channel, Stage

TODAY = date(2026, 11, 25)  # a Wednesday
AREAS = areas.load()


@pytest.fixture
async def gil(stage: Stage) -> Actor:
    """An admin whose challenge is to begin tomorrow, Tuesday."""
    stage.rights["discord"] = Port()
    one = stage.person("gil", admin=True)
    await one.says("challenge")
    await one.presses("Start tomorrow")
    return one


async def sent(gil: Actor, token: str, values: dict[str, Value]) -> Card:
    return await gil.sends(token, **values)  # type: ignore[arg-type]  # no field is called key


async def change(gil: Actor, label: str, **values: Value) -> str:
    """Send the form behind a button of Change...; gives the effect."""
    await gil.says("challenge")
    await gil.presses("Change...")
    form = await gil.form(label)
    assert {field.id for field in form.fields} >= set(values)
    return (await sent(gil, form.token, values)).text


@pytest.mark.parametrize(
    ("label", "values", "effect", "field", "value"),
    [
        ("Time and zone", {"time": "6 pm", "zone": "UTC"}, "18:00, UTC", "at", "18:00"),
        ("Weekdays", {"days": ("1", "3")}, "Tue, Thu", "weekdays", (1, 3)),
        ("Areas", {"areas": "databases; git"}, "Databases", "areas", ("databases", "git")),
        ("Areas", {"areas": "undo and recovery"}, "", "areas", ("git/undo-and-recovery",)),
        ("Areas", {"areas": " "}, "all areas", "areas", ()),
        ("Level", {"level": "senior"}, "all senior", "levels", ("senior",) * 7),
        ("Level", {"level": "ladder"}, "from junior on Monday", "levels", LADDER),
        ("Reveal", {"reveal": "day", "time": "17"}, "same day at 17:00", "reveal", "17:00"),
        ("Reveal", {"reveal": "+24", "time": ""}, "24 hours later", "reveal", "+24"),
        ("Reveal", {"reveal": "next", "time": "x"}, "when the next one", "reveal", "next"),
        ("Kinds", {"types": ("multi", "single")}, "one choice", "types", ("single", "multi")),
    ],
)
async def test_a_change_is_saved_and_its_effect_said(
    gil: Actor, label: str, values: dict[str, Value], effect: str, field: str, value: object
) -> None:
    """Each form changes its own part and says from when on it holds."""
    said = await change(gil, label, **values)
    assert "From T" in said
    assert effect.casefold() in said.casefold()
    (one,) = await kept(gil)
    assert getattr(one, field) == value


@pytest.mark.parametrize(
    ("label", "values", "wrong"),
    [
        ("Time and zone", {"time": "25:00", "zone": "Atlantis"}, ["time", "zone"]),
        ("Time and zone", {"time": "18:00", "zone": ""}, ["zone"]),
        ("Time and zone", {}, ["time", "zone"]),
        ("Weekdays", {"days": ()}, ["days"]),
        ("Weekdays", {"days": ("7", "\u00b2", "")}, ["days"]),
        ("Areas", {"areas": "databases, pizza"}, ["areas"]),
        ("Level", {"level": "guru"}, ["level"]),
        ("Level", {}, ["level"]),
        ("Reveal", {"reveal": "day", "time": "soon"}, ["time"]),
        ("Reveal", {"reveal": "day", "time": "08:00"}, ["time"]),
        ("Reveal", {"reveal": "+9999"}, ["reveal"]),
        ("Kinds", {"types": ()}, ["types"]),
        ("Kinds", {"types": ("sql", "x")}, ["types"]),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field(
    gil: Actor, label: str, values: dict[str, Value], wrong: list[str]
) -> None:
    """All mistakes of a form are said at once, and nothing at all is changed."""
    before = await everything(gil.stage)
    await change(gil, label, **values)
    assert sorted(gil.reply.errors) == wrong
    assert all(gil.reply.errors.values())
    assert await everything(gil.stage) == before


async def test_the_time_of_posting_stays_before_that_of_the_answer(gil: Actor) -> None:
    """A same-day answer at 17:00 forbids to post at 18:00, in words."""
    await change(gil, "Reveal", reveal="day", time="17:00")
    await change(gil, "Time and zone", time="18:00", zone="UTC")
    assert "answer is shown at 17:00" in gil.reply.errors["time"]
    assert (await kept(gil))[0].at == "09:00"


async def test_an_area_that_is_switched_off_is_refused(gil: Actor) -> None:
    """What the community does not draw cannot be asked for by a challenge."""
    await gil.says("community")
    await gil.sends((await gil.form("Change questions")).token, off="git")
    await change(gil, "Areas", areas="databases, git")
    assert "Switched off for this community: Git" in gil.reply.errors["areas"]


async def test_what_is_open_stays_open_until_the_new_time(gil: Actor, stage: Stage) -> None:
    """The example of the product: from the next date on, and today's stays open until then."""
    channel = Channel(stage.clock)
    stage.clock.at = datetime(2026, 11, 25, 9, 0, 1, tzinfo=UTC)
    work = stage.clockwork({"discord": channel})
    await work.tick()
    said = await change(gil, "Time and zone", time="18:00", zone="Berlin")
    assert "From Thu 26 Nov: 18:00, Berlin. Today's stays open until then." in said
    posted = len(channel.posts)
    stage.clock.at = datetime(2026, 11, 26, 16, 59, 59, tzinfo=UTC)
    await work.tick()
    assert len(channel.posts) == posted
    stage.clock.forward(seconds=2)
    await work.tick()
    opened = [post for post in channel.posts if post.card.view == "daily" and not post.edits]
    assert [post.card.title[:19] for post in opened] == [
        "Daily · Wed 25 Nov ",
        "Daily · Thu 26 Nov ",
    ]


@pytest.mark.parametrize("typed", ["tomorrow", "24 Nov", "2026-11-24", "tue", "24.11."])
async def test_a_date_is_left_out_and_put_back(gil: Actor, stage: Stage, typed: str) -> None:
    """A date that is skipped has no post; it is on the list of what comes, and can be put back."""
    form = await gil.form("Skip a date")
    card = await gil.sends(form.token, date=typed)
    assert "Tue 24 Nov is left out. The next one: Wed 25 Nov, 09:00, UTC." in card.text
    assert "- Tue 24 Nov, 09:00: left out" in card.text
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    if typed == "tomorrow":
        assert card.select is not None
        card = await gil.sends(card.select.token, value="2026-11-24")
        assert "Tue 24 Nov is posted after all." in card.text
    stage.clock.at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    await work.tick()
    assert len(channel.posts) == (typed == "tomorrow")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "I need a date"),
        ("soon", "I need a date"),
        ("2026-11-22", "Sun 22 Nov is over"),
        ("28 Nov", "Nothing is posted on a Saturday"),
        ("2028-01-03", "more than a year away"),
        ("today", "left out already"),
    ],
)
async def test_a_date_that_cannot_be_left_out_is_refused(gil: Actor, typed: str, said: str) -> None:
    """The past, no posting day, twice: each in words, and nothing is changed."""
    stage = gil.stage
    if typed == "today":
        stage.clock.forward(days=1, hours=-2)
        await gil.sends((await gil.form("Skip a date")).token, date="today")
    before = await everything(stage)
    (one,) = await kept(gil)
    await gil.sends(make("challenge-skip", one.id, form=True), date=typed)
    assert said in gil.reply.errors["date"]
    assert await everything(stage) == before


async def test_a_posted_date_cannot_be_left_out(gil: Actor) -> None:
    """What stands in the channel is not skipped any more."""
    await gil.presses("Post today's now")
    await gil.sends((await gil.form("Skip a date")).token, date="today")
    assert "The one of Mon 23 Nov is posted already." in gil.reply.errors["date"]


async def test_what_comes_lists_seven_dates_and_what_was_posted_early_is_not_one(
    gil: Actor, stage: Stage
) -> None:
    """Dates, times in its zone and levels; today's that was posted at once does not come again."""
    stage.clock.at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    await gil.says("challenge")
    card = await gil.presses("What comes")
    rows = [line for line in card.text.split("\n") if line.startswith("- ")]
    assert len(rows) == 7
    assert rows[0] == "- Tue 24 Nov, 09:00: junior"
    assert rows[3] == "- Fri 27 Nov, 09:00: senior"
    await gil.presses("Back")
    await gil.presses("Post today's now")
    card = await gil.presses("What comes")
    rows = [line for line in card.text.split("\n") if line.startswith("- ")]
    assert rows[0] == "- Wed 25 Nov, 09:00: mid"
    assert len(rows) == 7


async def test_a_form_begins_with_what_stands(gil: Actor) -> None:
    """To open a form and send it as it is changes nothing of the challenge."""
    await change(gil, "Areas", areas="design patterns; databases")
    (before,) = await kept(gil)
    for label in ("Time and zone", "Weekdays", "Areas", "Level", "Reveal", "Kinds"):
        await gil.says("challenge")
        await gil.presses("Change...")
        form = await gil.form(label)
        values: dict[str, Value] = {
            field.id: tuple(field.start.split(",")) if field.kind == "checkboxes" else field.start
            for field in form.fields
        }
        await sent(gil, form.token, values)
        assert not gil.reply.errors
        assert await kept(gil) == (before,)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("18:00", "18:00"), ("18.00", "18:00"), ("9", "09:00"), ("9h", "09:00"),
        ("6 pm", "18:00"), ("12am", "00:00"), ("12 pm", "12:00"), ("7:05 a.m.", "07:05"),
        ("24:00", None), ("25", None), ("at noon", None), ("9:60", None), ("13pm", None),
        ("18m", None), ("", None), ("\u0661\u0668:\u0660\u0660", None),
    ],
)  # fmt: skip
def test_times_as_people_type_them(said: str, read: str | None) -> None:
    """A time of a day in the ways it is written, and nothing else."""
    assert reading.clock(said) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("today", TODAY), ("Tomorrow", TODAY + timedelta(1)), ("fri", date(2026, 11, 27)),
        ("Wednesday", TODAY), ("24 Dec", date(2026, 12, 24)), ("Dec 24", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)), ("24.12.2027", date(2027, 12, 24)),
        ("Thu 24 Dec", date(2026, 12, 24)), ("December 24th, 2026", date(2026, 12, 24)),
        ("1 jan", date(2027, 1, 1)), ("29 feb", date(2028, 2, 29)),
        ("31 Feb", None), ("2026-13-01", None), ("24", None), ("ma 3", None), ("x", None),
        ("", None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_dates_as_people_type_them(said: str, read: date | None) -> None:
    """A date in the ways it is written; without a year the next one is meant."""
    assert reading.day(said, TODAY) == read


@pytest.mark.parametrize(
    ("said", "found", "unknown"),
    [
        ("", (), ()),
        ("Everything", (), ()),
        ("sql, git", ("sql", "git"), ()),
        ("sql+git", ("sql", "git"), ()),
        ("databases + pizza, gitt", ("databases", "git"), ("pizza",)),
        ("isolation levels; git", ("databases/isolation-levels", "git"), ()),
        (AREAS.area("frontend").title + "; git", ("frontend", "git"), ()),
    ],
)
def test_areas_as_people_type_them(
    said: str, found: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    """Names of areas and topics, each alone; one that is unknown does not hide the others."""
    read = reading.named(said, AREAS)
    assert (read.areas, read.unknown) == (found, unknown)


def test_every_kind_that_can_be_asked_has_words() -> None:
    """The form offers what a daily can ask, no more and no less."""
    assert set(words.KINDS) == set(choosing.ASKABLE)

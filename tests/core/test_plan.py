"""`/plan`: a role and a date in people's words, today's fifteen minutes, how ready one is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.features.plan import reading
from bot.learning.ability import Seen, observe
from bot.learning.items import Params
from bot.learning.state import Ability
from bot.store.protocol import Tx
from questions.model import LEVELS
from tests import bank
from tests.stage import START, Actor, Stage

SUNDAY = date(2026, 11, 22)


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation with many questions on two areas."""
    one = Stage(url, bank.collection(bank.many(240)), seed=None)
    yield one
    await one.close()


async def practise(ada: Actor, number: int, right: str = "Both succeed") -> None:
    """Answer so many questions."""
    while number:
        card = await ada.says("quiz type:single 20")
        for _ in range(min(20, number)):
            assert card.view == "question-single", card
            verdict = await ada.presses(ada.letter(right))
            number -= 1
            card = await ada.presses(verdict.buttons[0].label)


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("2027-01-12", "2027-01-12"),
        ("12 Jan", "2027-01-12"),
        ("Jan 12th", "2027-01-12"),
        ("12.1.", "2027-01-12"),
        ("on Tuesday, 12 January 2027", "2027-01-12"),
        ("in 6 weeks", "2027-01-03"),
        ("six weeks from now", "2027-01-03"),
        ("in two months", "2027-01-22"),
        ("10 days", "2026-12-02"),
        ("today", "2026-11-22"),
        ("Friday", "2026-11-27"),
        ("this Friday", "2026-11-27"),
        ("next Friday", "2026-11-27"),
        ("next week", "2026-11-29"),
        ("yesterday", "2026-11-21"),
        ("2 weeks ago", "2026-11-21"),
        ("12 Jan 2020", "2020-01-12"),
        ("someday", None),
        ("next 12", None),
        ("in many weeks", None),
        ("31 Feb", None),
        ("in 6 fortnights", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_say_them(said: str, on: str | None) -> None:
    """ISO, day and month in any order, weekdays, and so many days, weeks or months from now."""
    found = reading.day(said, SUNDAY)
    assert (found.isoformat() if found else None) == on


def test_next_friday_is_that_of_next_week() -> None:
    """On a Monday `Friday` is in four days, `next Friday` in eleven."""
    monday = SUNDAY + timedelta(days=1)
    assert reading.day("friday", monday) == date(2026, 11, 27)
    assert reading.day("next friday", monday) == date(2026, 12, 4)


def test_a_month_later_is_no_day_that_does_not_exist() -> None:
    """A month after 31 Jan is the last day of February."""
    assert reading.day("in a month", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("words", "when", "role", "level", "on"),
    [
        ("mid backend 12 Jan", "", "backend", "mid", "2027-01-12"),
        ("in 6 weeks senior java", "", "java", "senior", "2027-01-03"),
        ("php developer on next friday", "", "php", None, "2026-11-27"),
        ("12 Jan for a node.js role", "", "node", None, "2027-01-12"),
        ("graduate c#", "2027-02-01", "dotnet", "junior", "2027-02-01"),
        ("data platform", "", "data", None, None),
        ("backend", "", "backend", None, None),
        ("12 Jan", "", None, None, "2027-01-12"),
        ("backend whenever you like", "", "backend", None, None),
        ("pizza baker tomorrow", "", None, None, "2026-11-23"),
    ],
)
def test_role_level_and_date_come_in_any_order(
    words: str, when: str, role: str | None, level: str | None, on: str | None
) -> None:
    """What is a date is taken for one, the rest names the role."""
    said = reading.read(words, when, SUNDAY)
    assert (said.role.slug if said.role else None, said.level) == (role, level)
    assert (said.on.isoformat() if said.on else None) == on


def test_completion_keeps_the_level(stage: Stage) -> None:
    """`mid ph` goes on as `mid php`; an interview has a level of its own."""
    assert stage.door.suggest("plan", "role", "mid ph") == ("mid php",)
    assert "backend" in stage.door.suggest("plan", "role", "")
    assert stage.door.suggest("interview", "role", "ph") == ("php",)


async def test_a_plan_is_made_in_one_line(stage: Stage) -> None:
    """The card says the role, the day, what fifteen minutes hold, and what is missing."""
    ada = stage.person("ada")
    card = await ada.says("plan mid backend 12 Jan")
    assert card.view == "plan"
    assert "**Mid backend developer**, Tue 12 Jan 2027: in 50 days." in card.text
    assert "Asked most: Frameworks" in card.text
    assert "60 more answers until I can say how ready you are." in card.text
    assert " new, about 1" in card.text
    assert "Cram" not in card.text
    assert (await ada.says("plan")).text == card.text


async def test_the_button_begins_what_the_card_promised(stage: Stage) -> None:
    """As many questions as it named, new ones; pressed again it goes on where it stands."""
    ada = stage.person("ada")
    card = await ada.says("plan mid backend 12 Jan")
    number = int(card.text.partition("Today: ")[2].partition(" new")[0])
    asked = await ada.presses("Begin")
    assert asked.title.startswith(f"1 of {number} ")
    assert 10 <= number <= 20
    await ada.presses(ada.letter("Both succeed"))
    await ada.says("plan")
    assert (await ada.presses("Begin")).view == "verdict"
    assert (await ada.presses("Next")).title.startswith(f"2 of {number} ")


async def test_a_new_person_begins_with_what_is_easy_and_pressed(url: str, guarded: None) -> None:
    """Nothing is typed among the first questions, the easy ones lead, and there is a welcome."""
    typed = tuple(replace(bank.SHORT, id=f"t{n}", hash=f"t{n}", level="mid") for n in range(30))
    stage = Stage(url, bank.collection((*typed, *bank.many(40))), seed=None)
    ada = stage.person("ada")
    await ada.says("plan mid backend 12 Jan")
    card = await ada.presses("Begin")
    assert "I am Sparring." in card.text
    levels = []
    for _ in range(5):
        assert card.view == "question-single"
        assert "Why this: a short one to begin with" in card.text
        levels.append(LEVELS.index(card.title.rpartition(" ")[2]))
        await ada.presses(ada.letter("Both succeed"))
        card = await ada.presses("Next")
    assert levels == sorted(levels)
    assert levels[0] == 0
    await stage.close()


async def test_due_ones_come_first(stage: Stage) -> None:
    """What comes back is in today's minutes, counted apart, and asked first."""
    ada = stage.person("ada")
    await practise(ada, 5)
    stage.clock.forward(days=10)
    card = await ada.says("plan java in 6 weeks")
    assert "Today: 5 due, " in card.text
    assert "Why this: you met it before, and it is due" in (await ada.presses("Begin")).text


def weak_in(area: str) -> Ability:
    """Somebody who is right everywhere but there."""
    ability = Ability()
    for n in range(80):
        one = ("caching", "git", "python", "sql", "linux", "cloud", "databases", area)[n % 8]
        credit = float(one != area)
        seen = Seen(one, "topic", Params(), 0.25, credit, START - timedelta(minutes=n))
        ability = observe(ability, seen)
    return ability


async def test_a_surely_weak_area_has_its_part(stage: Stage) -> None:
    """It is named, asked after what is due, and stays when the rest is picked anew."""
    ada = stage.person("ada")
    await ada.says("plan mid backend in 8 weeks")

    def work(tx: Tx) -> Reply:
        tx.save_person(replace(tx.person, ability=weak_in("security"), answers=80))
        return Reply()

    await stage.store.run(ada.origin(), work)
    card = await ada.says("plan")
    number = int(card.text.partition(" in Security (weak)")[0].rpartition(" ")[2])
    assert 4 <= number <= 8
    card = await ada.presses("Begin")
    for _ in range(number):
        assert "Why this: your weakest area among those that your interview" in card.text
        await ada.presses(ada.letter("Both succeed"))
        card = await ada.presses("Next")
    assert "your weakest area" not in card.text


async def test_an_area_that_is_not_asked_is_no_part_of_it(stage: Stage) -> None:
    """Weak in what such interviews seldom ask about: it has no share of the minutes."""
    ada = stage.person("ada")

    def work(tx: Tx) -> Reply:
        tx.save_person(replace(tx.person, ability=weak_in("security"), answers=80))
        return Reply()

    await stage.store.run(ada.origin(), work)
    await ada.says("plan mid backend in 8 weeks")
    assert "in Security (weak)" in (await ada.says("plan")).text
    await ada.says("plan mid data in 8 weeks")
    assert "(weak)" not in (await ada.says("plan")).text


async def test_when_today_is_done_it_says_so(stage: Stage) -> None:
    """After fifteen minutes more is offered, not asked for."""
    ada = stage.person("ada")
    await practise(ada, 20)
    card = await ada.says("plan backend in 8 weeks")
    assert "Today is done. If you want more: " in card.text
    assert card.buttons[0].label == "Another fifteen minutes"


async def test_readiness_is_told_from_sixty_answers_on(stage: Stage) -> None:
    """Now, on the day at one's pace, and with fifteen minutes a day; `/progress` has a line."""
    ada = stage.person("ada")
    await ada.says("plan mid backend in 8 weeks")
    await practise(ada, 59)
    assert "1 more answer until I can say" in (await ada.says("plan")).text
    assert "1 more answer until I can say" in (await ada.says("progress")).text
    await practise(ada, 1)
    card = await ada.says("plan")
    assert "Of ten such questions you would likely answer " in card.text
    assert "if you go on as in the last two weeks (4 answers a day): " in card.text
    assert "With fifteen minutes a day: " in card.text
    line = "Interview: mid backend, 18 Jan, in 56 days: likely "
    assert line in (await ada.says("progress")).text


async def test_under_two_weeks_it_crams_and_says_how(stage: Stage) -> None:
    """Fourteen days before it does not, thirteen before it does; on the day it wishes luck."""
    ada = stage.person("ada")
    assert "Cram mode" not in (await ada.says("plan backend in 14 days")).text
    card = await ada.says("plan backend in 13 days")
    assert "**Cram mode**, as it is under two weeks away: more of what is due" in card.text
    card = await ada.says("plan backend today")
    assert "new, about" in card.text
    assert "**It is today.** Good luck!" in card.text  # as long as there is little to repeat


async def test_after_the_day_it_asks_how_it_went(stage: Stage) -> None:
    """A new date or forget it; nothing is picked for a day that is over."""
    ada = stage.person("ada")
    await ada.says("plan senior python in 2 days")
    stage.clock.forward(days=3)
    card = await ada.says("plan")
    assert card.title == "How did it go?"
    assert "(senior Python developer) was on Wed 25 Nov 2026" in card.text
    assert [button.label for button in card.buttons] == ["New date", "Forget it"]
    assert "Interview:" not in (await ada.says("progress")).text
    await ada.says("plan")
    form = await ada.form("New date")
    starts = {field.id: field.start for field in form.fields}
    assert starts == {"role": "python", "level": "senior", "date": ""}
    again = await ada.presses("New date", role="python", level="mid", date="in 3 weeks")
    assert "**Mid Python developer**" in again.text
    assert (await ada.presses("Forget it")).view == "plan-forgotten"
    assert (await ada.says("plan")).view == "plan-none"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("plan backend", "Name its day: 12 Jan, next Friday, in 6 weeks."),
        ("plan backend next blursday", 'I do not understand "next blursday" as a day. Try 12 Jan'),
        ("plan backend whenever", 'I do not understand "whenever" as a day.'),
        ("plan backend 12 Jan 2020", '"12 Jan 2020" is over. Name a day to come'),
        ("plan backend yesterday", '"yesterday" is over.'),
        ("plan backend in 3 years", '"in 3 years" is more than a year away.'),
        ("plan backend 12 Jan 2029", '"12 Jan 2029" is more than a year away.'),
        ("plan pizza baker 12 Jan", 'I know no role "pizza baker".'),
        ("plan 12 Jan", "Choose one."),
    ],
)
async def test_what_is_wrong_is_said_with_a_way_on(stage: Stage, line: str, says: str) -> None:
    """A sentence says what to do, and a button opens the form; nothing is kept."""
    ada = stage.person("ada")
    card = await ada.says(line)
    assert says in card.text
    form = await ada.form(card.buttons[-1].label)
    assert [field.id for field in form.fields] == ["role", "level", "date"]
    assert (await ada.says("plan")).view == "plan-none"


async def test_the_form_keeps_what_was_said(stage: Stage) -> None:
    """The role and the date that were understood stand in it; a wrong date leaves it open."""
    ada = stage.person("ada")
    await ada.says("plan senior data")
    starts = {field.id: field.start for field in (await ada.form("Set the date")).fields}
    assert starts == {"role": "data", "level": "senior", "date": ""}
    await ada.says("plan pizza baker 12 Jan")
    starts = {field.id: field.start for field in (await ada.form("All roles")).fields}
    assert starts["date"] == "2027-01-12"
    await ada.presses("All roles", role="data", level="senior", date="last week")
    assert ada.reply.errors == {
        "date": '"last week" is over. Name a day to come: 12 Jan, next Friday, in 6 weeks.'
    }
    assert (await ada.says("plan")).view == "plan-none"


async def test_words_change_a_part_of_the_plan(stage: Stage) -> None:
    """A date alone keeps the role, a role alone keeps the date."""
    ada = stage.person("ada")
    await ada.says("plan senior java 12 Jan")
    assert "**Senior Java developer**, Wed 13 Jan" in (await ada.says("plan 13 Jan")).text
    assert "**Senior data engineer**, Wed 13 Jan" in (await ada.says("plan data")).text


async def test_the_day_is_the_persons_own(stage: Stage) -> None:
    """Where it is tomorrow already, tomorrow is a day later."""
    ada = stage.person("ada")
    stage.clock.forward(hours=10)  # 19:00 UTC on Monday is Tuesday 08:00 in Auckland
    await ada.says("settings")
    await ada.presses("Change day", zone="Auckland", hour="4")
    assert "Wed 25 Nov 2026: tomorrow" in (await ada.says("plan backend tomorrow")).text


async def test_another_stack_is_not_asked(url: str, guarded: None) -> None:
    """Who prepares for PHP is asked of PHP before Ruby, unless they ask for it."""
    items = tuple(
        replace(
            bank.SINGLE, id=f"{topic}-{n}", hash=f"{topic}{n}", area="languages", topic=topic,
            level="mid",
        )
        for topic in ("php", "ruby")
        for n in range(12)
    )  # fmt: skip
    stage = Stage(url, bank.collection(items), seed=None)
    ada = stage.person("ada")
    await ada.says("plan mid php in 8 weeks")
    card = await ada.says("quiz 5 type:single")
    for _ in range(5):
        assert "PHP" in card.title
        await ada.presses(ada.letter("Both succeed"))
        card = await ada.presses(ada.card.buttons[0].label) if ada.card else card
    assert "Ruby" in (await ada.says("quiz ruby")).title
    await stage.close()

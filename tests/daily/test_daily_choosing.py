from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.features.daily import choosing, posting
from bot.features.daily.choosing import Candidate, Need, ordered
from bot.features.fitting import fits_a_post
from bot.store.community import Challenge, Daily, Hidden
from bot.store.protocol import Tx
from bot.store.rows import Asked
from bot.store.rules import PlaceRules
from questions.model import Code, Item, Proof, Ref, Type
from tests import bank
from tests.daily.setting import OTHER, PLACE, Here, collection, many
from tests.stage import Stage

DAY = date(2026, 11, 25)
A, B, C = (
    Candidate(name, "", area, "mid") for name, area in (("a", "sql"), ("b", "git"), ("c", "python"))
)


def past(name: str, day: date) -> Daily:
    """A daily that asked this question."""
    return Daily(
        id=f"d{day}",
        challenge="c",
        community="c",
        day=day,
        asked=Asked(ref=Ref("", name, "h"), type="single"),
        posted=datetime(2026, 1, 1, tzinfo=UTC),
    )


def names(found: list[Candidate]) -> list[str]:
    return [one.name for one in found]


def test_the_area_that_went_worst_comes_first() -> None:
    """What the community missed most is needed most, all else being equal."""
    need = Need({"sql": 0.2, "git": 0.8, "python": 0.5}, {"sql": 9, "git": 9, "python": 9})
    assert names(ordered((A, B, C), (), need, "mid", "k")) == ["b", "c", "a"]


def test_an_area_not_asked_for_long_comes_before_one_of_yesterday() -> None:
    """An area that rested a month is worth a whole share of misses."""
    need = Need({"sql": 0.5, "git": 0.5, "python": 0.5}, {"sql": 1, "git": 15, "python": 40})
    assert names(ordered((A, B, C), (), need, "mid", "k")) == ["c", "b", "a"]


def test_a_held_misconception_draws_its_question() -> None:
    """What many believe wrongly is asked."""
    held = replace(A, beliefs=frozenset({"x"}))
    need = Need(away={"sql": 5, "git": 5, "python": 5}, held={"x": 20})
    assert names(ordered((C, B, held), (), need, "mid", "k"))[0] == "a"


def test_neighbouring_levels_come_before_repeats_and_the_oldest_repeat_first() -> None:
    """Unasked of the level, then of another one, then what was asked longest ago."""
    senior = replace(C, level="senior")
    history = (past("a", DAY - timedelta(days=10)), past("b", DAY - timedelta(days=90)))
    found = ordered((A, B, senior), history, Need(), "mid", "k")
    assert names(found) == ["c", "b", "a"]


def test_ties_are_broken_by_the_key_alone() -> None:
    """The same key gives the same order, whatever order they came in; another key another one."""
    some = tuple(Candidate(f"q{n}", "", "sql", "mid") for n in range(30))
    one = ordered(some, (), Need(), "mid", "key")
    assert one == ordered(tuple(reversed(some)), (), Need(), "mid", "key")
    assert one != ordered(some, (), Need(), "mid", "other")


@pytest.mark.parametrize(
    ("changes", "fit"),
    [
        ({}, True),
        ({"prompt": "word " * 130}, False),
        ({"code": Code("x = 1\n" * 17, "python", "3.11")}, False),
        ({"code": Code("x" * 41, "python", "3.11")}, False),
        ({"code": Code("x" * 40, "python", "3.11")}, True),
        ({"prompt": "Look:\n\n```sql\n" + "y" * 41 + "\n```"}, False),
    ],
)
def test_what_a_phone_cannot_show_is_not_posted(changes: dict[str, object], *, fit: bool) -> None:
    """40 columns and 16 lines of code, 600 characters with the options."""
    assert fits_a_post(replace(bank.SINGLE, **changes)) is fit


async def test_no_question_comes_twice_within_a_year(here: Here) -> None:
    """45 days with 45 questions: each once; the level is the day's while there are any."""
    items = many(3)
    here.stage.questions = collection(items)
    here.stage.kit = bank.kit(here.stage.questions, here.stage.new_id)
    here.work = here.clockwork()
    await here.challenge()
    for day in range(24, 24 + len(items) + 10):
        await here.at(day, 9)
    dailies = sorted(await here.dailies(), key=lambda one: one.day)
    refs = [one.ref for one in dailies]
    assert len(set(refs[: len(items)])) == len(items)
    assert refs[len(items) :] == refs[:10]  # then what was asked longest ago
    levels = {item.id: item.level for item in items}
    first = [levels[ref.id] for ref in refs[:7] if ref]
    wanted = [here_level(one.day) for one in dailies[:7]]
    assert first == wanted


def here_level(day: date) -> str:
    return ("junior", "junior", "mid", "mid", "senior", "mid", "mid")[day.weekday()]


async def test_areas_take_turns(here: Here) -> None:
    """Of five areas none comes twice before each had its turn."""
    await here.challenge(levels=("mid",))
    for day in range(24, 34):
        await here.at(day, 9)
    dailies = sorted(await here.dailies(), key=lambda one: one.day)
    assert len({one.area for one in dailies[:5]}) == 5
    assert set(Counter(one.area for one in dailies).values()) == {2}


async def looked(
    here: Here, challenge: Challenge, day: date = DAY
) -> tuple[Item | None, Item | None]:
    """What is chosen for a day, and what its preview shows."""

    def work(tx: Tx) -> tuple[Item | None, Item | None]:
        kit = here.stage.kit
        return choosing.choose(tx, kit, challenge, day), choosing.sample(tx, kit, challenge, day)

    return await here.stage.store.look(here.origin(), work)


async def test_the_choice_is_the_same_every_time(here: Here) -> None:
    """Challenge, date, bank and history decide, nothing else; a preview shows something else."""
    challenge = await here.challenge()
    chosen, sample = await looked(here, challenge)
    assert (chosen, sample) == await looked(here, challenge)
    assert chosen is not None
    assert sample is not None
    assert (chosen.level, chosen.type) == (sample.level, sample.type)
    assert chosen.id != sample.id


async def test_a_preview_looks_as_the_post_will(here: Here) -> None:
    """The preview is a post with another question and no buttons."""
    challenge = await here.challenge()
    chosen, _ = await looked(here, challenge)
    card = await here.stage.store.look(
        here.origin(), lambda tx: posting.preview(tx, here.stage.kit, challenge, DAY)
    )
    assert card is not None
    assert chosen is not None
    assert card.title.startswith("Daily · Wed 25 Nov")
    assert card.rows == ()
    assert chosen.prompt not in card.text


async def test_what_an_admin_queued_comes_first_once(here: Here) -> None:
    """A queued question is asked next, whatever its level, and leaves the queue."""
    await here.challenge(queue=("linux-senior-2",))
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert daily.ref is not None
    assert daily.ref.id == "linux-senior-2"
    assert (await here.stored()).queue == ()


async def test_areas_types_and_the_rules_of_each_place_hold(here: Here) -> None:
    """Only areas of the challenge that every one of its places allows, nothing hidden."""

    def rules(tx: Tx) -> Reply:
        off = ("git", "python", "security", "databases")
        tx.save_place_rules(PlaceRules(place=OTHER, areas_off=off))
        for n in range(3):
            for level in ("junior", "mid", "senior"):
                item = f"linux-{level}-{n}"
                at = tx.origin.at
                tx.hide(Hidden(community=tx.community.id, owner="", item=item, why="x", at=at))
        return Reply()

    await here.stage.store.run(here.origin(), rules)
    await here.challenge(places=(PLACE, OTHER), areas=("linux", "git"))
    for day in (24, 25, 26):
        await here.at(day, 9)
    ids = {one.ref.id for one in await here.dailies() if one.ref}
    assert ids == {"linux-junior-3", "linux-mid-3", "linux-senior-3"}


async def test_without_a_question_the_day_is_left_out_and_said(here: Here) -> None:
    """Whoever scheduled it is told, and the channel hears it with the next one."""
    await here.challenge(areas=("caching",))
    await here.at(24, 9)
    (told,) = here.channel.new("direct")
    assert "There was no daily on Tue 24 Nov" in told.card.text
    await here.change(areas=())
    await here.at(25, 9)
    text = here.channel.new()[-1].card.text
    assert text.startswith("Yesterday's was left out: I had no question that fits here.")


async def test_an_open_daily_is_drawn_nowhere_else(here: Here) -> None:
    """Its question is not in anybody's quiz of this community before the reveal."""
    here.stage.questions = collection(many(1))
    here.stage.kit = bank.kit(here.stage.questions, here.stage.new_id)
    here.stage.door._kit = here.stage.kit
    here.work = here.clockwork()
    await here.challenge(areas=("git",))
    await here.at(24, 9)
    (daily,) = await here.dailies()
    asked = daily.ref
    assert asked is not None
    ada = here.stage.person("ada")
    await ada.says("git 3")
    token = ada.card.buttons[0].token if ada.card else ""
    quiz = token.split(":")[1].partition(".")[0]
    held = await here.stage.store.look(ada.origin(), lambda tx: tx.quiz(quiz))
    assert held is not None
    assert asked.id not in {one.ref.id for one in held.asked}


async def few(here: Here, each: int) -> None:
    """A bank of so many questions of each area and level, 15 for one, and a daily every day."""
    here.stage.questions = collection(many(each))
    here.stage.kit = bank.kit(here.stage.questions, here.stage.new_id)
    here.stage.door._kit = here.stage.kit
    here.work = here.clockwork()
    await here.challenge()
    here.stage.clock.at = datetime(2026, 11, 24, 8, 58, tzinfo=UTC)


async def test_no_question_of_a_running_game_is_asked(here: Here) -> None:
    """What a game asks and explains in a channel is no daily meanwhile, in the queue or not."""
    await few(here, 2)
    ada = here.stage.person("ada")
    await ada.says("together 15")
    (game,) = await here.stage.store.look(ada.origin(), lambda tx: tx.running_games())
    asked = {one.ref.id for one in game.asked}
    await here.change(queue=tuple(sorted(asked)))
    await here.work.tick()
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert len(asked) == 15
    assert daily.ref is not None
    assert daily.ref.id not in asked


async def test_questions_of_open_quizzes_come_last_but_for_repeats(here: Here) -> None:
    """What somebody is asked in a quiz is no daily while there is anything else."""
    await few(here, 2)
    ada = here.stage.person("ada")
    await ada.says("15")
    elsewhere = here.stage.person("ben", community="discord:g8")
    await elsewhere.says("15")
    quizzes = await here.stage.store.look(
        ada.origin(), lambda tx: tx.running_quizzes(tx.origin.at - timedelta(hours=1))
    )
    (quiz,) = quizzes
    late = await here.stage.store.look(
        ada.origin(), lambda tx: tx.running_quizzes(tx.origin.at + timedelta(hours=1))
    )
    assert late == ()
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert daily.ref is not None
    assert daily.ref.id not in {one.ref.id for one in quiz.asked}
    busy = frozenset({("", "a"), ("", "c")})
    repeat = (past("c", DAY - timedelta(days=9)),)
    found = ordered((A, B, C), (), Need(away={"git": 0, "sql": 30}), "mid", "k", busy)
    assert names(found)[0] == "b"
    assert names(ordered((A, C), repeat, Need(), "mid", "k", busy)) == ["a", "c"]


async def test_a_quiz_asks_something_else_than_the_daily(here: Here) -> None:
    """A question that became the daily after a quiz drew it is replaced, or left out and said."""
    await few(here, 1)
    ada = here.stage.person("ada")
    await ada.says("15")
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert daily.ref is not None
    for number in range(14):
        before = await here.stage.store.look(ada.origin(), lambda tx: tx.open_quiz())
        assert before is not None
        current = before.asked[before.at].ref
        assert number == 0 or current != daily.ref
        await ada.presses(ada.letter("Both succeed"))
        card = await ada.presses("Next" if number < 13 else "Finish")
        if number == 0:
            assert "1 question is kept back for now, so this quiz is shorter." in card.text
    assert card.view.startswith("end")


async def test_a_template_is_drawn_from_the_same_key(tmp_path: object) -> None:
    """A drawn question has numbers of the challenge's and the date's own."""
    from questions import areas  # noqa: PLC0415 - the real templates
    from questions.collection import Collection  # noqa: PLC0415

    stage = Stage(f"{tmp_path}/templates.db", Collection((), areas.load()))
    here = Here(stage)
    challenge = await here.challenge(types=("numeric",))
    chosen, _ = await looked(here, challenge)
    again, _ = await looked(here, challenge)
    assert chosen == again
    assert chosen is not None
    assert chosen.seed
    await here.at(25, 9)
    (daily,) = [one for one in await here.dailies() if one.asked]
    assert daily.ref is not None
    await stage.store.close()


def test_what_has_to_be_typed_is_rare_and_never_first() -> None:
    """The first daily of all is pressed, and four pressed ones follow each that was typed."""
    found = [Candidate(f"t{n}", "", "sql", "junior", typed=True) for n in range(9)] + [
        Candidate(f"p{n}", "", "sql", "junior") for n in range(9)
    ]
    history: list[Daily] = []
    kinds = []
    for n in range(12):
        one = ordered(found, history, Need(), "junior", f"k/{n}")[0]
        kinds.append(one.typed)
        asked = past(one.name, DAY + timedelta(days=n))
        kind: Type = "numeric" if one.typed else "single"
        history.append(replace(asked, asked=Asked(ref=Ref("", one.name, "h"), type=kind)))
    assert not kinds[0]
    assert any(kinds)
    assert all(not any(kinds[at + 1 : at + 5]) for at, typed in enumerate(kinds) if typed)


async def test_what_nobody_has_checked_is_never_a_daily(here: Here) -> None:
    """An imported question is no daily, not even as the first of the queue or as a preview."""
    loose = tuple(
        replace(item, proof=Proof("unproven")) if at else item for at, item in enumerate(many(1))
    )
    here.stage.questions = collection(loose)
    here.stage.kit = bank.kit(here.stage.questions, here.stage.new_id)
    challenge = await here.challenge()
    chosen, sample = await looked(here, replace(challenge, queue=(loose[1].id, loose[2].id)))
    assert chosen is not None
    assert chosen.id == loose[0].id
    assert sample is None

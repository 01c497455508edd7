"""Queries and patterns through the door: they are run, graded by their outcome, counted once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import msgspec
import pytest

from bot.chat.cards import Card
from bot.chat.events import Press
from bot.chat.tokens import make
from bot.grading.verdict import Verdict
from bot.store.rows import Answer
from bot.views import ran as views
from tests import bank, jailed_items
from tests.stage import Actor, Stage
from tests.walls import Open

BODY = jailed_items.QUERY
RIGHT = BODY.solution
STAR = BODY.must_fail[0].query


@pytest.fixture
def walls() -> Open:
    """What runs, in this process."""
    return Open()


@pytest.fixture
async def stage(url: str, guarded: None, walls: Open) -> AsyncIterator[Stage]:
    """An installation on each database, with a query and a pattern among its questions."""
    questions = bank.collection((*bank.ITEMS, *jailed_items.RUN))
    one = Stage(url, questions, inside=walls)
    yield one
    await one.close()


async def answers(person: Actor, kind: str, text: str) -> Card:
    """Begin a quiz of one question of this type, open its form and send it."""
    await person.says(f"type:{kind} 1")
    return await sends(person, text)


async def sends(person: Actor, text: str) -> Card:
    form = await person.form("Answer")
    return await person.sends(form.token, answer=text)


async def log(person: Actor) -> list[Verdict]:
    """What is recorded of a person's answers."""
    rows = await person.stage.store.look(person.origin(), lambda tx: tx.log())
    return [msgspec.json.decode(row.data, type=Answer).verdict for row in rows]


async def test_a_query_is_run_on_every_fixture_and_recorded(ada: Actor, walls: Open) -> None:
    """The verdict is made of what came out; the log keeps it and the query."""
    card = await answers(ada, "sql", RIGHT)
    assert card.view == "verdict"
    assert "Right" in card.text
    assert "on all 3 sets of rows" in card.text
    assert walls.ran == [RIGHT, *(one.query for one in BODY.must_fail), RIGHT.strip()]
    (verdict,) = await log(ada)
    assert (verdict.mark, verdict.hits) == ("right", 3)


async def test_a_wrong_query_sees_what_was_expected(ada: Actor) -> None:
    """The rows shown are laid side by side, and the known mistake is named."""
    card = await answers(ada, "sql", STAR)
    assert "yours     Rowing  1" in card.text
    assert "expected  Rowing  0" in card.text
    assert "count(\\*) counts the row" in card.text or "count(*) counts the row" in card.text
    (verdict,) = await log(ada)
    assert verdict.misconception == "count-star-of-outer-join"
    explained = await ada.presses("Explain")
    assert "**One that is right**" in explained.text
    assert STAR.split(",")[0] in explained.text
    back = await ada.presses("Back")
    assert "yours     Rowing  1" in back.text


async def test_hidden_data_is_never_told(ada: Actor) -> None:
    """Of a fixture that is not shown the verdict has its name, and none of its cells."""
    query = "select name, 2 * (name = 'Chess') from club order by name"
    card = await answers(ada, "sql", query + " limit 5")
    assert "on all 3" not in card.text
    assert "holds on the rows shown, but not here" in card.text
    for hidden in ("Dance", "Go", "di", "ed"):
        assert f" {hidden} " not in card.text


async def test_a_query_that_cannot_be_run_is_asked_again(ada: Actor) -> None:
    """A slip is no attempt: the form stays, nothing is recorded, the next try counts."""
    card = await answers(ada, "sql", "select nme from club")
    assert card.view == "nothing"
    assert ada.reply.errors == {
        "answer": "There is no column nme. Nothing is counted: change it and send it again."
    }
    assert await log(ada) == []
    assert "Right" in (await sends(ada, RIGHT)).text
    assert [one.mark for one in await log(ada)] == ["right"]


async def test_a_pattern_that_is_none_is_asked_again(ada: Actor) -> None:
    """The same of what Python cannot read."""
    await answers(ada, "regex", "[0-5")
    assert "Python cannot read this pattern" in ada.reply.errors["answer"]
    assert await log(ada) == []
    assert "on all 12 strings" in (await sends(ada, "[0-5][0-9]")).text


async def test_what_a_keyboard_did_is_said(ada: Actor, walls: Open) -> None:
    """Typographic marks become ASCII before the query is run."""
    curly = RIGHT.replace("'active'", "\u2018active\u2019").strip()
    card = await answers(ada, "sql", curly)
    assert walls.ran[-1] == RIGHT.strip()
    assert "typographic quotes were read as plain ones" in card.text


async def test_what_ran_too_long_counts_and_says_why(ada: Actor, walls: Open) -> None:
    """It was an answer that never ends."""
    walls.stopped = "time"
    card = await answers(ada, "sql", "with recursive a(x) as (select 1 union all select 1 from a)")
    assert "ran too long and was stopped" in card.text
    assert [one.mark for one in await log(ada)] == ["wrong"]


async def test_where_it_is_crowded_nothing_is_counted(ada: Actor, walls: Open) -> None:
    """The form stays open with what was typed, and sending it again is enough."""
    walls.crowded = "others"
    await answers(ada, "sql", RIGHT)
    assert ada.reply.errors == {
        "answer": "Others are running theirs, so yours is not counted. Press again."
    }
    walls.crowded = "own"
    await sends(ada, RIGHT)
    assert "Your last ones are still running" in ada.reply.errors["answer"]
    walls.crowded = ""
    assert "Right" in (await sends(ada, RIGHT)).text
    assert len(await log(ada)) == 1


async def test_runs_are_known_by_person_and_community(ada: Actor, walls: Open) -> None:
    """The jail is fair between them, so it is told whose a run is; our own are nobody's."""
    await answers(ada, "sql", RIGHT)
    origin = ada.origin()
    who = await ada.stage.store.look(origin, lambda tx: (tx.person.id, tx.community.id))
    assert walls.whose == {("", ""), who}


async def test_nobody_can_press_the_outcome_of_a_run(ada: Actor, stage: Stage) -> None:
    """Only a run of ours answers: the token of a job is no button, whatever comes with it."""
    await ada.says("type:sql 1")
    question = ada.token("Answer").removeprefix("!").split(":")
    good = json.dumps({"mine": [{"table": {"columns": ["a"], "rows": []}}], "expected": []})
    for verb in ("ran", "peeked"):
        for form in (False, True):
            token = make(verb, *question[1:], form=form)
            for key in ("", "e1#run-sql", "x#run-sql"):
                card = await ada.sends(token, key=key, answer=RIGHT, ran=good, crowded="")
                assert card.view == "mistake"
                assert "another version" in card.text
            assert await stage.door.form(ada.origin(), token) is None
    assert await log(ada) == []


async def test_values_of_a_person_are_not_those_of_a_runner(ada: Actor) -> None:
    """A form that brings an outcome with it is graded by what was really run."""
    await ada.says("type:sql 1")
    form = await ada.form("Answer")
    card = await ada.sends(form.token, answer=STAR, ran='{"mine":[],"expected":[]}', code=RIGHT)
    assert "Not right" in card.text


async def test_the_same_form_twice_counts_once(ada: Actor, walls: Open) -> None:
    """The same event again shows the kept verdict, and another of the same question too."""
    await ada.says("type:sql 1")
    token = (await ada.form("Answer")).token
    first = await ada.sends(token, key="k1", answer=STAR)
    again = await ada.sends(token, key="k1", answer=STAR)
    assert again.text == first.text
    other = await ada.sends(token, key="k2", answer=RIGHT)
    assert "Not right" in other.text
    assert [one.mark for one in await log(ada)] == ["wrong"]


async def test_two_forms_at_once_count_once(ada: Actor, stage: Stage, walls: Open) -> None:
    """Both are run, the first to come back is recorded and both see its verdict."""
    await ada.says("type:sql 1")
    token = (await ada.form("Answer")).token
    walls.gate = asyncio.Event()
    pressed = [
        asyncio.ensure_future(
            stage.door.handle(Press(ada.origin(f"k{n}"), token, {"answer": query}))
        )
        for n, query in enumerate((RIGHT, STAR, STAR))
    ]
    for _ in pressed:
        await asyncio.wait_for(walls.waiting.get(), 10)
    walls.gate.set()
    replies = await asyncio.gather(*pressed)
    assert len({one.cards[0].text for one in replies}) == 1
    assert len(await log(ada)) == 1


async def test_our_own_queries_are_run_once(stage: Stage, walls: Open) -> None:
    """What the solution and the known wrong ones give is kept by question."""
    for name in ("ada", "ben", "cem"):
        await answers(stage.person(name), "sql", "select name, 0 from club order by name")
    assert walls.ran.count(RIGHT) == 1
    assert walls.ran.count(STAR) == 1


async def test_the_hint_of_a_query_is_its_shape(ada: Actor) -> None:
    """Columns and number of rows on what is shown; it stays until the question is decided."""
    await ada.says("type:sql 1")
    card = await ada.presses("Hint")
    wanted = "Hint: on the rows shown it gives 2 rows with 2 columns: name, active."
    assert wanted in card.text
    assert wanted in (await ada.says("")).text
    card = await sends(ada, RIGHT)
    assert "Hint" not in card.text


async def test_the_hint_of_a_pattern_is_a_slip(ada: Actor) -> None:
    """It needs no run."""
    await ada.says("type:regex 1")
    assert "Hint: mind this slip. Two digits can also be" in (await ada.presses("Hint")).text


async def test_don_t_know_shows_the_solution(ada: Actor, walls: Open) -> None:
    """It is an answer, and nothing is run for it."""
    await ada.says("type:sql 1")
    card = await ada.presses("Don't know")
    assert "left join member m" in card.text
    assert walls.ran == []


async def test_nothing_of_the_key_can_be_exported_before_it_is_answered(ada: Actor) -> None:
    """What is kept of a run that did not count holds neither the solution nor hidden rows."""
    await answers(ada, "sql", "select nme from club")
    export = await ada.stage.store.look(ada.origin(), lambda tx: tx.export())
    assert "select nme from club" in str(export)
    for secret in ("left join", "Dance", "count-star"):
        assert secret not in str(export)


async def test_the_form_repeats_the_question_with_its_tables(ada: Actor) -> None:
    """Schema and shown rows stand above a field of several lines."""
    await ada.says("type:sql 1")
    form = await ada.form("Answer")
    assert "create table club(id integer primary key," in form.text
    assert "(1,'bo','left')" in form.text
    assert "Dance" not in form.text
    assert (form.fields[0].kind, form.fields[0].until) == ("long", ";")


async def test_at_most_one_typed_question_in_five(stage: Stage) -> None:
    """A query is typed: unless asked for, no more than one typed question comes in five."""
    typed = {"numeric", "short", "sql", "regex", "open"}
    for name in ("ada", "ben"):
        person = stage.person(name)
        await person.says("type:single 1")
        await person.presses("Don't know")
        await person.says("5")
        quiz = await stage.store.look(person.origin(), lambda tx: tx.open_quiz())
        assert quiz is not None
        assert sum(one.type in typed for one in quiz.asked) <= 1


async def test_the_jail_is_opened_by_the_first_run_and_closed_with_the_rest(
    stage: Stage, walls: Open
) -> None:
    """Whoever answers no such question has none."""
    await stage.runs.close()
    assert not walls.closed
    await answers(stage.person(), "sql", RIGHT)
    await stage.runs.close()
    assert walls.closed


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("no such table: clubs", "There is no table clubs."),
        ("no such function: MEDIAN", "There is no function MEDIAN."),
        ("ambiguous column name: id", "Which id? Several tables have it: write table.id."),
        ('near "form": syntax error', "SQLite does not understand it near form."),
        ("incomplete input", "It ends too early"),
        ("misuse of aggregate: count()", "count() cannot stand there"),
        ("misuse of window function rank()", "rank() cannot stand there"),
        ('unrecognized token: "\'a"', "is a quote missing?"),
        ("row value misused", "SQLite says: row value misused."),
        ("forbidden", "one SELECT"),
        ("crash", "brought down"),
    ],
)
def test_errors_are_sentences(error: str, said: str) -> None:
    """What SQLite means, said to somebody who learns it."""
    text = views.refused("sql", Verdict(mark="wrong", reason="refused", matched=error))
    assert said in text
    assert text.endswith("Nothing is counted: change it and send it again.")

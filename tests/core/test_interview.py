"""Interviews: three open questions of a role, resumable, reported, seen again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.replay import derive
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from tests import bank
from tests.stage import Actor, Stage

FULL = "It takes 900 requests per second, measured with wrk. The bottleneck was a lock in the pool."
PLACES = (
    ("databases", "isolation-levels"),
    ("concurrency", "locks-and-deadlocks"),
    ("sql", "joins"),
    ("caching", "http-caching"),
    ("frontend", "css-layout"),
    ("career", "presenting-your-work"),
    ("career", "difficulties"),
)
OPENS = tuple(
    replace(bank.OPEN, id=f"open-{n}", hash=f"open{n}", area=area, topic=topic)
    for n, (area, topic) in enumerate(PLACES)
)


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation whose bank has open questions of several areas."""
    one = Stage(url, bank.collection((*bank.many(12), *OPENS)))
    yield one
    await one.store.close()


async def log_of(actor: Actor) -> tuple[LogRow, ...]:
    return await actor.stage.store.look(actor.origin(), lambda tx: tx.log())


async def answer(actor: Actor, text: str = FULL, sure: str = "think") -> Card:
    return await actor.presses("Answer", answer=text, sure=sure)


async def held(actor: Actor, texts: tuple[str, ...] = (FULL,) * 3, sure: str = "think") -> Card:
    """An interview held to its end."""
    card = await actor.says("interview backend")
    for text in texts:
        await answer(actor, text, sure)
        card = await actor.presses("Pass")
    return card


async def test_an_interview_asks_three_questions_of_the_role(ada: Actor) -> None:
    """Two of the role's areas, no area twice, then one's own work; one at a time."""
    card = await ada.says("interview data")
    areas = []
    for number in range(1, 4):
        assert card.title.startswith(f"Interview · {number} of 3 · ")
        await answer(ada)
        areas.append((await log_of(ada))[-1].area)
        card = await ada.presses("Pass")
    assert len(set(areas)) == 3
    assert set(areas[:2]) <= {"databases", "sql", "caching"}
    assert areas[2] == "career"
    assert card.view == "interview-report"


async def test_the_follow_up_is_asked_once_kept_and_shown(ada: Actor) -> None:
    """After an answer comes the first of its ladder; what is said to it stands in the report."""
    await ada.says("interview backend")
    card = await answer(ada)
    assert card.view == "interview-follow"
    assert bank.OPEN.body.follow_ups[0] in card.text  # type: ignore[union-attr]  # it is open
    card = await ada.presses("Answer", answer="The lock, *again*")
    assert card.title.startswith("Interview · 2 of 3")
    for _ in range(2):
        card = await ada.presses("Don't know")
    assert card.view == "interview-report"
    looked = await ada.presses("Answer 1")
    assert "The lock, \\*again\\*" in looked.text
    assert [row.kind for row in await log_of(ada)] == ["answer", "follow", "answer", "answer"]


async def test_nothing_is_marked_before_the_end(ada: Actor) -> None:
    """Neither the next card nor an old button tells what was heard while it goes on."""
    await ada.says("interview backend")
    card = await answer(ada, "no idea, really")
    assert "✗" not in card.text
    assert "What I look for" not in card.text
    quiz = ada.token("Pass").split(":")[1].split(".")[0]
    for verb in ("spoken", "claim", "why", "more"):
        told = await ada.sends(f"{verb}:{quiz}.0:0:0")
        assert "What I look for" not in told.text, verb
        assert bank.OPEN.body.model_answer[:20] not in told.text, verb  # type: ignore[union-attr]


async def test_the_report_says_what_was_heard_and_how_sure_one_was(ada: Actor) -> None:
    """Covered, partly, not seen; sure and wrong; what to learn next."""
    await ada.says("interview backend")
    await answer(ada, FULL, "sure")
    await ada.presses("Pass")
    await answer(ada, "It was fast, I believe.", "sure")
    await ada.presses("Pass")
    card = await ada.presses("Don't know")
    assert card.text.startswith("**3 of 9 points heard**.")
    assert "you were sure\n✓ 3 points" in card.text
    assert "- Gives a number with a unit." in card.text
    assert "you did not know\n- 3 points not heard" in card.text
    assert "**Sure, and it was not so:** " in card.text
    assert "**Next to learn:** " in card.text
    assert [b.label for b in card.rows[0]] == ["Answer 1", "Answer 2", "Answer 3"]
    rows = [msgspec.json.decode(row.data, type=Answer) for row in await log_of(ada)]
    assert [one.sure for one in rows] == ["sure", "sure", ""]


async def test_an_interview_is_left_and_picked_up_again(ada: Actor) -> None:
    """It waits beside a quiz, for weeks, over a restart, at its question or its follow-up."""
    asked = await ada.says("interview backend")
    await ada.says("databases 1")
    await ada.presses("Don't know")
    again = await ada.says("interview")
    assert again.text.startswith("Here is your interview again.")
    assert again.title == asked.title
    await answer(ada)
    ada.stage.clock.forward(days=20)
    await ada.stage.restart()
    again = await ada.says("interview backend")
    assert again.view == "interview-follow"
    card = await ada.says("")
    assert card.view.startswith(("question-", "verdict"))  # the quiz knows nothing of it


async def test_one_interview_at_a_time(ada: Actor) -> None:
    """Another role asks first; ended by a press the old one keeps its answers, and once only."""
    await ada.says("interview backend")
    await answer(ada)
    card = await ada.says("interview frontend")
    assert card.view == "interview-waits"
    token = ada.token("End it, begin the new one")
    begun = await ada.sends(token)
    assert begun.title.startswith("Interview · 1 of 3")
    assert (await ada.sends(token)).text.startswith("Here is your interview again.")
    card = await ada.says("progress")
    assert "Interview of 23 Nov (Full-stack developer): waits at question 1 of 3." in card.text
    assert "Interview of 23 Nov (Backend developer): 3 of 3 points." in card.text


async def test_progress_shows_the_last_interview_again(ada: Actor) -> None:
    """The line counts the points; its button leads to the same report."""
    report = await held(ada)
    card = await ada.says("progress")
    assert "Interview of 23 Nov (Backend developer): 9 of 9 points." in card.text
    again = await ada.presses("See the interview")
    assert again.text == report.text


async def test_a_claim_is_kept_apart_from_the_score(ada: Actor) -> None:
    """A claim of "I did say that" is logged once a point and shown as yours; no caches move."""
    await held(ada, ("It is quick, as we all know it is.", FULL, FULL))
    before = await ada.stage.store.look(ada.origin(), lambda tx: tx.person)
    await ada.presses("Answer 1")
    token = ada.token("I did say 2")
    card = await ada.sends(token)
    assert "(yours: you say you said it)" in card.text
    await ada.sends(token)
    claims = [row for row in await log_of(ada) if row.kind == "claim"]
    assert [(row.step, row.counted, row.points) for row in claims] == [(1, False, 0)]
    report = await ada.presses("Back to the report")
    assert report.text.startswith("**6 of 9 points heard**.")
    assert "Yours: 1 point you say you said" in report.text

    def check(tx: Tx) -> None:
        derived = derive(tx.log())
        assert (tx.person.answers, tx.person.ability) == (derived.answers, derived.ability)
        assert (tx.person.streak, tx.person.ability) == (before.streak, before.ability)

    await ada.stage.store.look(ada.origin(), check)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("back end", "Backend developer"),
        ("devop", "DevOps engineer"),
        ("SRE", "Platform or reliability engineer"),
        ("data engineer", "Data engineer"),
        ("platfrom senior", "Platform or reliability engineer"),
    ],
)
async def test_a_role_is_known_by_many_names(ada: Actor, said: str, title: str) -> None:
    """Aliases and slips of the fingers find the role."""
    assert (await ada.says(f"interview {said}")).text.startswith(f"{title}: 3 open questions")


async def test_an_unknown_role_gets_the_nearest_three(ada: Actor) -> None:
    """They stand on buttons, and one press begins; the menu of all is beside them."""
    card = await ada.says("interview databse admin")
    assert len(card.rows[0]) == 3
    assert "Data engineer" in [button.label for button in card.rows[0]]
    assert (await ada.presses("Data engineer")).view == "interview-question"
    ben = ada.stage.person("ben")
    card = await ben.says("interview **pizza**")
    assert 'no role "\\*\\*pizza\\*\\*"' in card.text
    menu = await ben.presses("All roles")
    assert menu.select is not None
    begun = await ben.sends(menu.select.token, value=menu.select.choices[1].value)
    assert begun.view == "interview-question"


async def test_a_role_with_too_few_questions_says_so(ada: Actor) -> None:
    """Other areas fill in before a second story of one's own, in one line."""
    card = await ada.says("interview security")
    assert "2 come from other areas" in card.text


async def test_no_open_question_at_all_is_said(url: str, guarded: None) -> None:
    """A bank without open questions has no interviews, and no dead end."""
    bare = Stage(url, bank.collection(bank.many(5)))
    card = await bare.person("ada").says("interview backend")
    await bare.store.close()
    assert card.view == "mistake"
    assert "I have no open questions here" in card.text


async def test_a_second_interview_asks_others_first(ada: Actor) -> None:
    """What was never asked comes before what was."""
    await held(ada)
    first = {row.ref.id for row in await log_of(ada) if row.ref}
    await held(ada)
    second = {row.ref.id for row in await log_of(ada) if row.ref} - first
    assert len(second) == 3


async def test_wrong_inputs_are_answered_kindly(ada: Actor) -> None:
    """An empty answer keeps the form; sent twice it counts once; an old form says so."""
    await ada.says("interview backend")
    token = ada.token("Answer")
    await ada.sends(token, answer="   ", sure="sure")
    assert ada.reply.errors == {"answer": "Type an answer, or close this form."}
    await ada.sends(token, answer=FULL, sure="nonsense")
    again = await ada.sends(token, answer="another", sure="sure")
    assert again.view == "interview-follow"
    form = await ada.stage.door.form(ada.origin(), token)
    assert form is not None
    assert form.view == "form-interview-late"
    rows = await log_of(ada)
    assert [msgspec.json.decode(row.data, type=Answer).sure for row in rows] == ["think"]
    for bad in ("interview-say:nowhere.0:0", "interview-on:x.9", "claim:q1.0:0:77"):
        assert (await ada.sends(bad)).view == "mistake"


async def test_nobody_elses_interview_can_be_entered(ada: Actor) -> None:
    """A pressed token of another's interview is refused and tells nothing."""
    await held(ada)
    token = ada.token("Answer 1")
    ben = ada.stage.person("ben")
    assert (await ben.sends(token)).view == "mistake"
    assert await log_of(ben) == ()


async def test_stop_reports_what_was_answered(ada: Actor) -> None:
    """An interview stopped early counts the questions that were answered."""
    await ada.says("interview backend")
    await answer(ada)
    card = await ada.presses("Stop here")
    assert "**3 of 3 points heard**. Stopped after 1 of 3." in card.text
    await ada.says("interview backend")
    card = await ada.presses("Stop here")
    assert card.text.startswith("No answer this time.")


async def test_the_ladder_goes_on_under_a_quiz_verdict(ada: Actor) -> None:
    """⋯ of an open answer has the follow-up, one rung after the other, and I did say that."""
    await ada.says("career type:open 1")
    await ada.presses("Answer", answer="It was measured with wrk.")
    await ada.presses("⋯")
    form = await ada.form("Ask me the follow-up")
    assert form.text == "What breaks next?"
    card = await ada.presses("Ask me the follow-up", answer="The pool.")
    assert card.view == "spoken"
    assert "**Then:** What breaks next?\nThe pool." in card.text
    assert (await ada.form("Ask me the follow-up")).text == "How would you double it?"
    await ada.presses("Ask me the follow-up", answer="A second pool.")
    await ada.presses("I did say 1")
    card = await ada.presses("Back")
    assert card.view == "verdict"
    card = await ada.presses("Explain")
    assert "(yours: you say you said it)" in card.text
    assert [row.kind for row in await log_of(ada)] == ["answer", "follow", "follow", "claim"]


async def test_a_lost_question_shortens_the_interview(ada: Actor) -> None:
    """What the bank has lost meanwhile is left out, and the report still comes."""
    await ada.says("interview backend")
    await answer(ada)
    kept = next(row.ref.id for row in await log_of(ada) if row.ref)
    ada.stage.questions = bank.collection(tuple(one for one in OPENS if one.id == kept))
    ada.stage.kit = bank.kit(ada.stage.questions, ada.stage.new_id)
    await ada.stage.restart()
    card = await ada.presses("Pass")
    assert card.view == "interview-report"
    assert card.text.startswith("**3 of 3 points heard**.")

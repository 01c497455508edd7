from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from bot.chat.cards import Card
from bot.replay import derive
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from tests import bank
from tests.stage import Actor, Stage


async def log_of(actor: Actor) -> tuple[LogRow, ...]:
    return await actor.stage.store.look(actor.origin(), lambda tx: tx.log())


def marks(rows: tuple[LogRow, ...]) -> list[str]:
    answers = [msgspec.json.decode(row.data, type=Answer) for row in rows if row.kind == "answer"]
    return [answer.verdict.mark for answer in answers]


async def test_the_first_quiz_begins_at_once_and_is_press_only(ada: Actor) -> None:
    """A new person is welcomed by a question, and no question of the first five is typed."""
    card = await ada.says("")
    assert card.text.startswith("I am Sparring.")
    assert card.title.startswith("1 of 5")
    seen = []
    for _ in range(5):
        seen.append(card.view)
        await ada.presses("Don't know")
        card = await ada.presses("Next" if len(seen) < 5 else "Finish")
    assert not {view for view in seen if view in ("question-short", "question-numeric")}
    assert card.view == "end"


async def test_a_right_answer_is_said_recorded_and_counted(ada: Actor) -> None:
    """The verdict names the key, the source, how it was checked and when it comes back."""
    await ada.says("type:single 1")
    card = await ada.presses(ada.letter("Both succeed"))
    assert card.tone == "good"
    assert "**✓ Right:**" in card.text
    assert "Checked: two readers, Nov 2026 · Back tomorrow" in card.text
    assert [link.label for link in card.links] == ["PostgreSQL documentation, 13.2.2"]
    (row,) = await log_of(ada)
    assert (row.right, row.points, row.area) == (True, 2, "databases")
    board = await ada.says("leaderboard")
    assert "Ada" in board.text
    assert "rank 1 of 1 with 2 points" in board.text


async def test_a_wrong_answer_says_why_not_and_the_rest_is_one_press_away(ada: Actor) -> None:
    """The verdict has the chosen option's why; the others stand behind a button."""
    await ada.says("type:single 1")
    chosen = ada.letter("deadlock")
    card = await ada.presses(chosen)
    assert f"**✗ Not right:** {chosen}" in card.text
    assert "Neither waits for the other" in card.text
    others = next(b.label for b in card.buttons if b.label.startswith("Why not"))
    assert chosen not in others.removeprefix("Why not ").split(", ")
    full = await ada.presses(others)
    assert "SERIALIZABLE would do that" in full.text


async def test_a_verdict_fits_600_characters(ada: Actor) -> None:
    """Nothing of a verdict is longer than a phone's screen."""
    for kind in ("single", "output", "numeric", "short"):
        await ada.says(f"type:{kind} 1")
        card = await ada.presses("Don't know")
        assert len(card.text) <= 640, kind


@pytest.mark.parametrize(
    ("kind", "answers", "mark"),
    [
        ("numeric", {"answer": "50"}, "right"),
        ("numeric", {"answer": "40 workers"}, "wrong"),
        ("short", {"answer": "git reflog"}, "right"),
        ("short", {"answer": "git log"}, "wrong"),
        (
            "open",
            {
                "answer": "420 requests per second, measured with a load test; "
                "the bottleneck was the disk."
            },
            "right",
        ),
    ],
)
async def test_typed_answers_go_through_a_form(
    ada: Actor, kind: str, answers: dict[str, str], mark: str
) -> None:
    """A typed question opens a form that repeats it, and what is sent is graded."""
    await ada.says(f"type:{kind} 1")
    form = await ada.form("Answer")
    assert bank.BY_TYPE[kind].prompt.split("\n")[0][:40] in form.text  # type: ignore[index]  # kinds of the table
    await ada.sends(form.token, **answers)
    assert marks(await log_of(ada)) == [mark]


async def test_an_empty_form_stays_open(ada: Actor) -> None:
    """Nothing typed is an error beside the field, and nothing is recorded."""
    await ada.says("type:short 1")
    form = await ada.form("Answer")
    await ada.sends(form.token, answer="   ")
    assert ada.reply.errors == {"answer": "Type an answer, or close this form."}
    assert await log_of(ada) == ()


async def test_words_where_a_number_is_wanted_count_nothing(ada: Actor) -> None:
    """A text without a number is an error beside the field, and the question stays open."""
    await ada.says("type:numeric 1")
    form = await ada.form("Answer")
    await ada.sends(form.token, answer="many")
    assert "I found no number" in ada.reply.errors["answer"]
    await ada.sends(form.token, answer="50")
    assert marks(await log_of(ada)) == ["right"]


async def test_a_direct_conversation_offers_no_channel(stage: Stage) -> None:
    """Where nobody else reads, a question cannot be asked in the channel."""
    alone = stage.person("zoe", community="")
    await alone.says("type:single 1")
    await alone.presses("Don't know")
    card = await alone.presses("⋯")
    assert "Ask the channel" not in [button.label for button in card.buttons]


async def test_letters_of_a_multi_toggle_until_they_are_sent(ada: Actor) -> None:
    """Toggling is no answer; Send is, and only the exact set is right."""
    await ada.says("type:multi 1")
    first, second = ada.letter("A link from"), ada.letter("plain HTTP")
    wrong = ada.letter("posted from")
    for letter in (first, wrong, second, wrong):
        card = await ada.presses(letter)
    assert f"[x] {first})" in card.text
    assert f"[ ] {wrong})" in card.text
    assert await log_of(ada) == ()
    await ada.presses("Send")
    assert marks(await log_of(ada)) == ["right"]


async def test_steps_are_pressed_in_sequence_and_can_be_taken_back(ada: Actor) -> None:
    """An order is built press by press; Undo takes one back; Send comes when it is full."""
    await ada.says("type:order 1")
    add, write = ada.letter("Add the column"), ada.letter("Write both")
    copy, read = ada.letter("Copy"), ada.letter("Read")
    await ada.presses(copy)
    card = await ada.presses("Undo")
    assert "Press the steps" in card.text
    for letter in (add, write, copy, read):
        card = await ada.presses(letter)
    assert f"So far: {add} > {write} > {copy} > {read}" in card.text
    await ada.presses("Send")
    assert marks(await log_of(ada)) == ["right"]


async def test_sides_are_joined_one_left_at_a_time(ada: Actor) -> None:
    """A match asks for each left side in turn; part of the pairs gives part of the credit."""
    await ada.says("type:match 1")
    rights = [ada.letter("not executable"), ada.letter("No such"), ada.letter("SIGSEGV")]
    for letter in rights:
        card = await ada.presses(letter)
    assert "All joined" in card.text
    card = await ada.presses("Send")
    assert "Partly** (2 of 3)" in card.text


async def test_a_case_shows_the_consequence_before_the_next_step(ada: Actor) -> None:
    """Each step of a case is one message; what a decision leads to stands above the next."""
    await ada.says("type:case 1")
    card = await ada.presses(ada.letter("The database is slow"))
    assert "Its CPU is idle." in card.text
    assert "Step 2 of 2" in card.text
    card = await ada.presses(ada.letter("Roll back"))
    assert "Partly** (1 of 2)" in card.text
    assert marks(await log_of(ada)) == ["partly"]


async def test_one_hint_is_derived_and_a_second_is_not_offered(ada: Actor) -> None:
    """A hint never names the key and is given once."""
    for kind in ("single", "numeric", "short", "order", "match", "case", "open"):
        await ada.says(f"type:{kind} 1")
        card = await ada.presses("Hint")
        assert "Hint: " in card.text
        assert "Hint" not in [button.label for button in card.buttons]
        hint = card.text.rpartition("Hint: ")[2]
        assert "50" not in hint
        assert "reflog" not in hint
        await ada.presses("Don't know")
        await ada.presses("Finish")


async def test_dont_know_is_an_answer_and_a_skip_is_none(ada: Actor) -> None:
    """Don't know counts as an answer and a day; a skip leaves no trace in the log."""
    await ada.says("type:single 1")
    await ada.presses("⋯")
    card = await ada.presses("Skip")
    assert card.view == "end"
    assert await log_of(ada) == ()
    await ada.says("type:output 1")
    card = await ada.presses("Don't know")
    assert "**The answer:**" in card.text
    assert marks(await log_of(ada)) == ["unknown"]


async def test_the_first_answer_counts(ada: Actor) -> None:
    """A second press on a decided question shows the stored verdict and records nothing."""
    await ada.says("type:single 1")
    right, wrong = ada.token(ada.letter("Both succeed")), ada.token(ada.letter("deadlock"))
    await ada.sends(right)
    card = await ada.sends(wrong)
    assert "✓ Right" in card.text
    assert len(await log_of(ada)) == 1


async def test_the_same_event_twice_gives_the_kept_reply(ada: Actor) -> None:
    """An event delivered again answers as it did the first time, whatever has happened since."""
    await ada.says("type:single 1")
    token = ada.token(ada.letter("Both succeed"))
    first = await ada.sends(token, key="once")
    await ada.presses("Finish")
    assert await ada.sends(token, key="once") == first
    assert len(await log_of(ada)) == 1


async def test_a_button_outlives_the_process(ada: Actor, stage: Stage) -> None:
    """A press on a card from before a restart goes on where it was."""
    await ada.says("type:single 1")
    token = ada.token(ada.letter("Both succeed"))
    await stage.restart()
    card = await ada.sends(token)
    assert "✓ Right" in card.text


async def test_a_strangers_press_is_refused_privately(ada: Actor, stage: Stage) -> None:
    """Nobody answers for somebody else."""
    await ada.says("type:single 1")
    eve = stage.person("eve")
    card = await eve.sends(ada.token("A"))
    assert (card.view, card.to) == ("mistake", "private")
    assert "somebody else's quiz" in card.text
    assert await log_of(ada) == ()


async def test_another_community_cannot_reach_a_quiz(ada: Actor, stage: Stage) -> None:
    """A token from one community leads nowhere in another."""
    await ada.says("type:single 1")
    eve = stage.person("eve", community="discord:g8")
    card = await eve.sends(ada.token("A"))
    assert card.view == "mistake"


@pytest.mark.parametrize(
    "token", ["", "nonsense", "pick:nowhere.0:0:A", "pick:q1.99:0:A", "x" * 200]
)
async def test_a_foreign_token_gets_a_sentence(ada: Actor, token: str) -> None:
    """A button of another version says how to begin afresh."""
    card = await ada.sends(token)
    assert card.view == "mistake"
    assert "/quiz" in card.text


async def test_quiz_resumes_and_words_replace(ada: Actor) -> None:
    """Bare /quiz shows the open question again; words close it, keep its answers and say so."""
    first = await ada.says("type:single+output 2")
    again = await ada.says("")
    assert "Here is your open quiz again" in again.text
    assert again.title == first.title
    await ada.presses("Don't know")
    card = await ada.says("git")
    assert "Your open quiz is closed, its 1 answer kept." in card.text
    assert len(await log_of(ada)) == 1


async def test_an_old_quiz_is_not_resumed(ada: Actor, stage: Stage) -> None:
    """After twelve hours bare /quiz begins afresh."""
    await ada.says("type:single 1")
    stage.clock.forward(hours=13)
    card = await ada.says("")
    assert "Here is your open quiz again" not in card.text
    assert card.title.startswith("1 of")


async def test_nothing_comes_twice_within_twelve_hours(ada: Actor, stage: Stage) -> None:
    """A question that was shown is not shown again for twelve hours; what is left says so."""
    await ada.says("databases type:single 1")
    await ada.presses("Don't know")
    await ada.presses("Finish")
    card = await ada.says("databases type:single 1")
    assert card.view == "nothing-left"
    assert "You have seen all 1 single questions in" in card.text
    stage.clock.forward(days=2)
    card = await ada.says("databases type:single 1")
    assert "Why this: you missed it last time" in card.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pizza", "I have nothing on pizza"),
        ("sql 99", "99 questions? I take 1 to 20"),
        ("type:riddle", "There is no type riddle. There are: single"),
        (
            "lorem " * 700,
            "I have nothing on lorem lorem lorem lorem lorem lorem lorem lorem lorem lorem. ",
        ),
    ],
)
async def test_a_wrong_word_says_what_to_do(ada: Actor, line: str, said: str) -> None:
    """What is not understood is asked back privately, and no quiz begins."""
    card = await ada.says(line)
    assert (card.view, card.to) == ("mistake", "private")
    assert said in card.text


async def test_an_unknown_command_names_those_that_exist(ada: Actor, stage: Stage) -> None:
    """A command that does not exist lists the ones that do."""
    from bot.chat.events import Command  # noqa: PLC0415 - one use

    reply = await stage.door.handle(Command(ada.origin(), "dance"))
    assert "I do not know `dance`" in reply.cards[0].text
    assert "`leaderboard`" in reply.cards[0].text


async def test_several_guesses_are_joined_by_or(ada: Actor) -> None:
    """What I may have meant reads as a question between them."""
    card = await ada.says("quiz nosuch")
    assert re.search(r"Did you mean (`[^`]+`, )*`[^`]+` or `[^`]+`\?", card.text)


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Name a command. I know: `quiz`"), ("\x1b[31mred\x07", "I do not know `[31mred`. I")],
)
async def test_a_command_that_is_no_word_is_answered(
    ada: Actor, stage: Stage, name: str, said: str
) -> None:
    """A bare `/` lists what there is, and control characters are not said back."""
    from bot.chat.events import Command  # noqa: PLC0415 - one use

    reply = await stage.door.handle(Command(ada.origin(), name))
    assert reply.cards[0].text.startswith(said)


async def test_an_empty_bank_is_said(tmp_path: Path) -> None:
    """Without questions the bot says so and whom it concerns."""
    stage = Stage(tmp_path / "empty.db", bank.collection(()))
    card = await stage.person().says("")
    assert "My question bank is empty" in card.text
    await stage.store.close()


async def test_stop_shows_the_score_so_far(ada: Actor) -> None:
    """Stop ends the quiz; the answers given count."""
    await ada.says("type:single+output 2")
    await ada.presses("Don't know")
    await ada.presses("⋯")
    card = await ada.presses("Stop the quiz")
    assert card.title == "Stopped here"
    assert "**0 of 1.**" in card.text


async def test_a_report_is_kept_once_with_its_reason(stage: Stage) -> None:
    """In a direct conversation it needs a reason, thanks, and is one row of the person's log."""
    ada = stage.person("ada", community="")
    await ada.says("type:single 1")
    await ada.presses("⋯")
    form = await ada.form("Report")
    await ada.sends(form.token, reason="")
    assert "reason" in ada.reply.errors
    for _ in range(2):
        card = await ada.sends(form.token, reason="The key is wrong")
    assert card.text.startswith("Thank you.")
    assert [row.kind for row in await log_of(ada)] == ["report"]


async def test_a_question_can_be_asked_in_the_channel(ada: Actor, stage: Stage) -> None:
    """A shared question is everybody's: each answers once and sees their own verdict alone."""
    await ada.says("type:single 1")
    await ada.presses(ada.letter("Both succeed"))
    await ada.presses("⋯")
    shared = await ada.presses("Ask the channel")
    assert shared.to == "place"
    assert "Hint" not in [button.label for button in shared.buttons]
    own = await ada.sends(shared.buttons[0].token)
    assert "You asked this one" in own.text
    ben = stage.person("ben")
    ben.card = shared
    verdict = await ben.presses(ben.letter("deadlock"))
    assert (verdict.to, verdict.tone) == ("private", "bad")
    again = await ben.presses(ben.letter("Both succeed"))
    assert "your first answer counts" in again.text
    assert again.tone == "bad"
    assert marks(await log_of(ben)) == ["wrong"]


async def test_the_end_card_asks_each_setting_once(ada: Actor) -> None:
    """The end card asks for day, level and reminder; what was answered is not asked again."""
    await ada.says("type:single 1")
    await ada.presses("Don't know")
    card = await ada.presses("Finish")
    assert "Your day ends 04:00, UTC" in card.text
    card = await ada.presses("Senior")
    assert "From the next quiz on: mostly senior questions." in card.text
    assert "Senior" not in [button.label for button in card.buttons]
    card = await ada.presses("No reminder")
    assert "I will not remind you." in card.text
    card = await ada.presses("The day is right")
    assert "Make it yours" not in card.text


async def test_everything_cached_follows_from_the_log(ada: Actor, stage: Stage) -> None:
    """Answers, streak, ability, memories and scores are what folding the log gives."""
    for day in range(9):
        for kind in ("single", "multi", "output", "case"):
            card: Card = await ada.says(f"type:{kind} 1")
            if card.view == f"question-{kind}":
                await ada.presses("Don't know")
                await ada.presses("Finish")
        stage.clock.forward(days=1 + day % 2)

    def compare(tx: Tx) -> None:
        derived = derive(tx.log())
        person = tx.person
        assert derived.answers == person.answers > 9
        assert derived.streak == person.streak
        assert derived.ability == person.ability
        kept = tx.memories([one.id for one in bank.ITEMS])
        for (_, item), memory in derived.memories.items():
            assert (kept[item].due, kept[item].stability) == (memory.due, memory.stability)
        board = tx.board("all", "all", 10)
        gain = derived.gains[tx.community.id, "all", "all"]
        assert board.own is None or board.own.points == gain.points

    await stage.store.look(ada.origin(), compare)

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.terminal.app import PERSON
from adapters.terminal.post import Poster
from bot.chat.cards import Card
from bot.chat.posts import Post
from bot.cli.play import _chat
from bot.cli.room import Room
from bot.cli.standing import standing
from storage import open_store
from storage.engine import Database
from tests import bank
from tests.adapters.terminal.playing import Terminal
from tests.stage import Stage


async def posted(terminal: Terminal) -> str:
    """Set a daily up and post the first."""
    await terminal.says("/challenge", "Post the first now")
    return await terminal.settles()


async def of_type(stage: Stage, kind: str) -> Terminal:
    """A terminal where nothing is asked but one question of a type, at every level."""
    one = next(item for item in bank.ITEMS if item.type == kind)
    items = tuple(replace(one, id=f"{n}", hash=f"{n}", level=level)
                  for n, level in enumerate(("junior", "mid", "senior")))  # fmt: skip
    stage.questions = bank.collection(items)
    stage.kit = bank.kit(stage.questions, stage.new_id, None)
    await stage.restart()
    return Terminal(stage, company=False)


async def answered(terminal: Terminal) -> int:
    """How many answers of whoever plays are kept."""
    rows = await terminal.stage.store.look(terminal.origin(PERSON), lambda tx: tx.log())
    return sum(row.kind == "answer" for row in rows)


@pytest.mark.parametrize("how", ["", "y", "Yes", "lock in", "Lock in B"])
async def test_a_letter_chooses_and_enter_locks_in(terminal: Terminal, how: str) -> None:
    """Another letter changes it; nothing counts before Enter or `y`; then it counts once."""
    await posted(terminal)
    assert "You chose A." in await terminal.says("a")
    assert "You chose B." in await terminal.says("b")
    assert await answered(terminal) == 0
    assert "Answer for all: Tue 09:00" in await terminal.says(how)
    assert await answered(terminal) == 1
    await terminal.says("", "c", "y")
    assert await answered(terminal) == 1


async def test_what_is_no_letter_gets_a_sentence(terminal: Terminal) -> None:
    """Whatever is typed where a letter is wanted says what would be read."""
    await posted(terminal)
    assert "Type one of A to D, or the words on a button." in await terminal.says("e")
    assert "Type one of A to D" in await terminal.says("what is this")
    assert "Choose one of those shown." in await terminal.says("a b")
    await terminal.says("a")
    assert "Type one of A to D" in await terminal.says("maybe")
    assert "You chose A." in await terminal.says("/daily", "a")
    assert await answered(terminal) == 0


async def test_a_daily_takes_no_letters_from_a_question(terminal: Terminal) -> None:
    """An open question keeps the letters; `/daily` has its own, and names the quiz afterwards."""
    await terminal.says("/quiz type:single")
    assert "keeps the letters: /daily answers this one." in await posted(terminal)
    assert "Daily ·" not in await terminal.says("a")  # a verdict of the quiz
    assert await answered(terminal) == 1
    await terminal.says("next", "/daily")
    assert "You chose C." in await terminal.says("c")
    said = await terminal.says("")
    assert "Your quiz goes on where it was: /quiz shows its question." in said
    assert await answered(terminal) == 2


@pytest.mark.parametrize(("kind", "right"), [("numeric", "50"), ("short", "git reflog")])
async def test_a_typed_daily_is_typed(stage: Stage, kind: str, right: str) -> None:
    """The line is the answer, with Enter and nothing more."""
    terminal = await of_type(stage, kind)
    assert "Type your answer." in await posted(terminal)
    assert await terminal.says("") == ""
    assert "✓ Right" in await terminal.says(right)
    assert await answered(terminal) == 1


async def test_what_is_no_number_is_asked_again(stage: Stage) -> None:
    """A daily that wants a number says so, and nothing is counted."""
    terminal = await of_type(stage, "numeric")
    await posted(terminal)
    said = await terminal.says("many")
    assert "I found no number in that, so nothing is counted. Type a number." in said
    assert await answered(terminal) == 0


async def test_several_letters_fill_the_boxes_of_a_game(stage: Stage) -> None:
    """`a c` ticks the boxes behind Choose; letters that are none get a sentence."""
    terminal = await of_type(stage, "multi")
    await terminal.says("/quiz together 2")
    assert "Type the letters that hold, such as `a c`." in await terminal.settles()
    said = await terminal.says("a z")
    assert "Type the letters that hold, such as `a c`, of A to D." in said
    assert "A, C are in" in await terminal.says("a c")
    assert "You chose A, C, and your first answer counts." in await terminal.says("b")
    assert await answered(terminal) == 1


async def test_several_letters_choose_in_a_daily(stage: Stage) -> None:
    """Where a daily asks for several, `a c` chooses both at once."""
    terminal = await of_type(stage, "multi")
    await terminal.says("/challenge", "Change...")
    terminal.lines = ["2, 3"]
    await terminal.says("Kinds")
    await terminal.says("/challenge", "Post the first now")
    await terminal.settles()
    assert "You chose A, C." in await terminal.says("a c")
    assert "You chose B, D." in await terminal.says("b d")
    await terminal.says("y")
    assert await answered(terminal) == 1


async def test_a_game_goes_before_everything(terminal: Terminal) -> None:
    """Its time runs: it has the letters, and at its end the open question is named."""
    await terminal.says("/quiz type:single", "/together 2")
    await terminal.settles()
    assert "A is in" in await terminal.says("a")
    assert await terminal.says("") == ""  # Enter presses nothing while a question runs
    await terminal.goes_on()
    said = await terminal.says("b")
    assert "This question is over. The next one comes by itself." in said
    assert "/quiz shows its question" in await terminal.plays()
    assert await answered(terminal) == 1
    assert "Here is your open quiz again" in await terminal.says("/quiz")


async def test_a_question_that_was_decided_goes_on_after_a_game(terminal: Terminal) -> None:
    """The verdict that a game covered is left by Enter, or by Next."""
    await terminal.says("/quiz type:single 2", "a", "/together 1")
    await terminal.settles()
    await terminal.plays()
    assert "2 of 2" in await terminal.says("")


async def test_each_state_of_a_game_is_printed_once(terminal: Terminal) -> None:
    """Questions, splits and the end once each, explanations indented; a question is not repeated.

    A split stands right below its question: its text is printed once.
    """
    await terminal.says("/together 3")
    await terminal.settles()
    await terminal.plays()
    lines = [line for line in terminal.printed.split("\n") if " of 3 ·" in line]
    assert [line.lstrip()[0] for line in lines] == ["1", "1", "2", "2", "3", "3"]
    assert [one.view for one in terminal.overheard] == [
        *["game-question", "game-split", "game-explained"] * 3,
        "game-over",
    ]
    assert terminal.printed.count("\nPostgreSQL, REPEATABLE READ.") == 3
    assert terminal.printed.count("\n    # here, in the thread\n") == 3
    assert terminal.printed.count("\nGame over") == 1


async def test_a_reveal_is_printed_and_a_count_is_not(terminal: Terminal) -> None:
    """The post is printed as posted and as revealed; how many have answered is no news."""
    await posted(terminal)
    await terminal.says("a", "y")
    printed = ""
    while "· closed" not in printed:
        printed += await terminal.goes_on()
    assert printed.count("Daily · Mon 23 Nov") == 1
    assert printed.count("Daily · Tue 24 Nov") == 1
    assert printed.count("\n    # here, in the thread\n    Mon 23 Nov: the answer\n") == 1
    assert "You chose D." in await terminal.says("d")  # of today's


async def test_the_same_post_is_printed_once(terminal: Terminal) -> None:
    """The outbox may deliver twice."""
    console = terminal.chat._console
    poster = Poster(console, terminal.chat.overhear, now=terminal.stage.clock)
    card = Card(view="daily-lost", title="Lost", text="It could not be posted.")
    post = Post(dedupe="one", where="direct", target=PERSON, card=card)
    first = await poster.send(post, first=True)
    assert await poster.send(post) == first
    assert terminal.printed.count("@ you\nLost\n") == 1


async def test_a_post_leaves_a_form_alone(terminal: Terminal) -> None:
    """A daily that comes while a form is filled is printed, and takes none of its lines."""
    await terminal.says("/challenge", "Start tomorrow", "Change...")
    terminal.stage.clock.forward(days=1)
    terminal.lines = ["25:00", "Berlin", "10:30"]
    printed = await terminal.says("Time")
    assert "Daily · Tue 24 Nov" in printed
    assert "I need a time such as 18:00. Or /back to leave." in printed
    assert "Posted Monday to Friday at 10:30, Berlin" in printed
    assert "You chose B." in await terminal.says("b")


async def test_the_buttons_of_posts_can_be_pressed(terminal: Terminal) -> None:
    """Words of a post and of its thread do what they say, also while a question is open."""
    await terminal.says("/together 1")
    await terminal.settles()
    await terminal.says("a")
    await terminal.plays()
    await terminal.says("/quiz type:single")
    assert "You: rank 1 of 1" in await terminal.says("My answers")
    assert "A game of 1 question begins" in await terminal.says("Play again")


async def test_a_game_survives_the_end_of_a_process(stage: Stage, terminal: Terminal) -> None:
    """Who leaves in the middle finds the rest of the game, and its scores, at the next start."""
    await terminal.says("/together 3")
    question = await terminal.settles()
    stage.clock.forward(seconds=5)
    await terminal.says(question.partition(") Both succeed")[0][-1])
    terminal.lines = ["/exit"]
    await terminal.chat.listen()
    await stage.restart()
    stage.clock.forward(seconds=100)
    again = Terminal(stage, company=False)
    printed = await again.plays() if await again.settles() else ""
    assert "2 of 3 ·" in printed
    assert "Game over" in printed
    rows = await again.stage.store.look(again.origin(PERSON), lambda tx: tx.log())
    got = next(row.points for row in rows if row.kind == "answer")
    assert got > 0
    assert re.search(rf"^   1  You +{got}$", printed, re.MULTILINE)


async def test_a_running_game_is_shown_at_the_next_start(stage: Stage, terminal: Terminal) -> None:
    """Within its time its question stands there again and takes a letter; later it does not.

    The open daily is taken up for those who have not answered it, and not printed.
    """
    await posted(terminal)
    await terminal.says("/together 3")
    await terminal.settles()
    await stage.restart()
    cards = await standing(stage.store, stage.kit, stage.clock)
    assert [card.view for card in cards] == ["daily", "game-question"]
    again = Terminal(stage, company=False)
    await again.says("/quiz")
    begun = again.out.tell()
    again.chat.resume(cards[1])
    assert "\n# here\n1 of 3 · " in again.since(begun)
    assert "A is in" in await again.says("a")
    stage.clock.forward(seconds=100)
    later = await standing(stage.store, stage.kit, stage.clock)
    assert [card.view for card in later] == ["daily"]


async def test_leaving_ends_everything(tmp_path: Path) -> None:
    """After the room is closed no task of it runs, in the middle of a game too."""
    stage = Stage(tmp_path / "unused.db", bank.collection(bank.many()))
    await stage.store.close()
    store = open_store(f"sqlite:///{tmp_path / 'room.db'}", clock=stage.clock, ids=stage.new_id)
    assert isinstance(store, Database)
    room = Room(store, stage.questions, stage.door, piped=False, alone=False)
    before = asyncio.all_tasks()
    async with room.open(_chat(room, tmp_path, "UTC")):
        assert asyncio.all_tasks() - before
    assert asyncio.all_tasks() == before
    await store.close()

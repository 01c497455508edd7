"""What a typed line means on a card: letters, pairs, words of buttons, answers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from adapters.terminal import reading
from bot.chat.cards import Card
from bot.views import question
from questions.model import Match, Order
from tests import bank
from tests.core.test_quiz import log_of, marks
from tests.drivers.terminal import TerminalDriver
from tests.sampling.asked import asking as asked_of
from tests.sampling.asked import reader
from tests.stage import Actor, Stage


def asked(kind: str, picked: tuple[int, ...] = ()) -> Card:
    """The card of a question of this type after some presses."""
    base = asked_of(bank.BY_TYPE[kind])  # type: ignore[index]  # a type of the table
    one = replace(base.asked, picked=picked)
    quiz = replace(base.quiz, asked=(one,) * 5)
    return question.card(reader("terminal"), replace(base, quiz=quiz))


def pressed(card: Card, line: str) -> list[str]:
    """The verbs and letters by which a line answers; nothing where it is not understood."""
    steps = reading.answer(card, line)
    if isinstance(steps, reading.Unread):
        return []
    return [step.token.replace("q7f3k9.1:0", "").replace("::", " ").rstrip(":") for step in steps]


@pytest.mark.parametrize(
    ("line", "letter"), [("a", "A"), (" B ", "B"), ("A)", "A"), ("(c)", "C"), ("2", "B")]
)
def test_one_letter_is_read_however_it_is_written(line: str, letter: str) -> None:
    """A letter or its number, with or without a bracket."""
    assert pressed(asked("single"), line) == [f"pick {letter}"]


@pytest.mark.parametrize("line", ["ac", "a b", "e", "0", "9", "a really long answer", "\u00b2"])
def test_what_is_no_letter_shown_presses_nothing(line: str) -> None:
    """Two letters, a letter that is not there and prose are asked back."""
    assert pressed(asked("single"), line) == []


@pytest.mark.parametrize("line", ["b a c d", "b-a-c-d", "bacd", "2 1 3 4", "B, A, C, D"])
def test_an_order_is_read_however_it_is_written(line: str) -> None:
    """Letters or numbers in their sequence, then Send."""
    assert pressed(asked("order"), line) == ["add B", "add A", "add C", "add D", "send"]


def test_a_whole_order_begins_anew() -> None:
    """All steps typed again take back what was pressed before."""
    steps = pressed(asked("order", (0,)), "b a c d")
    assert steps[-5:] == ["add B", "add A", "add C", "add D", "send"]
    assert "undo" in steps[:-5]


@pytest.mark.parametrize("line", ["1c 2a 3b", "1 c, 2 a, 3 b", "3b 1c 2a", "1)C 2)A 3)B", "c a b"])
def test_pairs_are_read_however_they_are_written(line: str) -> None:
    """Left sides by number in any order, or the right ones in the order of the left."""
    assert pressed(asked("match"), line) == ["add C", "add A", "add B", "send"]


@pytest.mark.parametrize(
    "line", ["1c 3a", "1c 1a 2b", "2c 3a", "1c 2a 3b 4d", "1c 2a 3z", "0a 1b 2c"]
)
def test_pairs_with_a_hole_are_asked_back(line: str) -> None:
    """A left side that is missing or named twice is never filled by the next one."""
    assert pressed(asked("match"), line) == []


def test_pairs_typed_again_begin_anew() -> None:
    """Pairs by number take back what was joined before, also when all were joined."""
    for picked in ((1,), (0, 1, 2)):
        steps = pressed(asked("match", picked), "1c 2a 3b")
        assert steps[-4:] == ["add C", "add A", "add B", "send"]
        assert "undo" in steps[:-4]


def test_letters_of_a_multi_are_the_whole_answer() -> None:
    """What is typed holds; what was toggled and is not typed is taken out."""
    assert pressed(asked("multi"), "a c") == ["toggle A", "toggle C", "send"]
    on = asked("multi", (0,))
    letter = next(button.label for button in on.buttons if button.style == "primary")
    assert pressed(on, letter) == ["send"]


def test_a_beginning_of_a_button_is_no_press_on_a_typed_question() -> None:
    """Only the whole words of a button press it where anything may be an answer."""
    typed = asked("short")
    assert reading.press(typed, "hin") is None
    assert reading.press(typed, "Hint") is not None
    assert reading.press(asked("single"), "hin") is not None


def test_the_samples_have_what_is_typed_here() -> None:
    """Four steps and three pairs."""
    order, match = bank.ORDER.body, bank.MATCH.body
    assert isinstance(order, Order)
    assert isinstance(match, Match)
    assert (len(order.steps), len(match.pairs)) == (4, 3)


@pytest.mark.parametrize(
    ("line", "given"), [("/etc/passwd", 1), ("/proc", 1), ("/progres", 0), ("/quizz", 0)]
)
async def test_a_path_answers_a_typed_question(stage: Stage, line: str, given: int) -> None:
    """A line with a slash that is no command, nor nearly one, is the answer."""
    driver = TerminalDriver(stage)
    await driver.command("you", "/quiz type:short 1")
    screen = await driver.command("you", line)
    assert ("I do not know" in screen.title + screen.text) == (not given)
    you = Actor(stage, "you", "terminal:here")
    you.origin = lambda key="": driver._chat._origin()  # type: ignore[method-assign]  # the terminal's
    assert len(marks(await log_of(you))) == given


async def test_a_question_stays_open_behind_other_cards(stage: Stage) -> None:
    """After /help and /settings a line still answers the question that was asked."""
    driver = TerminalDriver(stage)
    await driver.command("you", "/quiz type:single+output 2")
    for line in ("/help", "/settings", "/pizza"):
        await driver.command("you", line)
    assert "Right" in (await driver.command("you", "a")).text
    assert "word on a button" in (await driver.command("you", "b")).title


async def test_the_buttons_of_a_question_stay_behind_other_cards(stage: Stage) -> None:
    """Its words can be pressed after another card was shown."""
    driver = TerminalDriver(stage)
    await driver.command("you", "/quiz type:single 1")
    await driver.command("you", "/progress")
    assert "The answer:" in (await driver.command("you", "don't know")).text

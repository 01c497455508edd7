from __future__ import annotations

import io

import pytest
from rich.console import Console

from adapters.terminal import filling, reading, render
from adapters.terminal.desk import Desk
from adapters.terminal.post import news
from adapters.terminal.reading import Step, Unread
from bot.chat.cards import Button, Card, Choice, Field, Form
from bot.chat.tokens import make

TYPED = Button("Answer", make("daily-type", "d1", form=True), "primary")
MEANT = Button("That is my answer", make("daily-final", "d1"))
CHOOSE = Button("Choose", make("game-choose", "g1", 0, form=True), "primary")
OPTIONS = "Which?\n\nA) one\nB) two\nC) three"


def daily(view: str = "daily", name: str = "d1") -> Card:
    """A daily that asks for one of three letters."""
    letters = tuple(Button(one, make("daily-pick", name, one)) for one in "ABC")
    return Card(view=view, title=name, text=OPTIONS, rows=(letters,))


def chosen(letter: str) -> Card:
    """What a press on it chose."""
    lock = Button(f"Lock in {letter}", make("daily-lock", "d1", letter), "primary")
    change = Button("Change", make("daily-show", "d1"))
    return Card(view="daily-chosen", rows=((lock, change),))


def question(view: str = "question-single") -> Card:
    """An open question of a quiz."""
    letters = tuple(Button(one, make("pick", "q1.0", 0, one)) for one in "ABCD")
    return Card(view=view, rows=(letters, (Button("Don't know", make("unknown", "q1.0", 0)),)))


def game(view: str = "game-question") -> Card:
    """A question of a game, or what comes after it."""
    stop = (Button("Stop the game", make("game-stop", "g1", passing=True)),)
    letters = tuple(Button(one, make("game-pick", "g1", 0, one, passing=True)) for one in "ABC")
    return Card(
        view=view, text=OPTIONS, rows=(letters, stop) if view == "game-question" else (stop,)
    )


def verdict(view: str = "verdict") -> Card:
    """The end of a question."""
    return Card(view=view, rows=((Button("Next", make("next", "q1.0", 1)),),))


@pytest.mark.parametrize("line", ["50", "git log", "a", "That is"])
def test_an_answer_button_takes_the_line(line: str) -> None:
    """Whatever the verb, what is behind Answer is typed; other buttons want their whole words."""
    card = Card(view="daily-close", rows=((TYPED, MEANT),))
    assert reading.press(card, line) is None
    assert reading.answer(card, line) == (Step(TYPED.token, line),)
    assert reading.press(card, "that is my answer") == MEANT


@pytest.mark.parametrize(
    ("line", "letters"),
    [("a c", ("A", "C")), ("ca", ("A", "C")), ("1,3", ("A", "C")), ("B", ("B",))],
)
def test_letters_fill_the_boxes_behind_choose(line: str, letters: tuple[str, ...]) -> None:
    """Letters and numbers in any order; the boxes stand in the order of the letters."""
    card = Card(view="game-question", text=OPTIONS, rows=((CHOOSE,),))
    assert reading.answer(card, line) == (Step(CHOOSE.token, letters=letters),)
    boxes = tuple(Choice(f"{one}) ...", f"value-{one}") for one in "ABC")
    field = Field(id="picks", label="Which", kind="checkboxes", choices=boxes)
    form = Form(view="form-game", token=CHOOSE.token, title="1 of 3", fields=(field,))
    assert filling.ticked(form, letters) == {"picks": tuple(f"value-{one}" for one in letters)}


@pytest.mark.parametrize(
    ("card", "line", "said"),
    [
        (Card(view="game-question", text=OPTIONS, rows=((CHOOSE,),)), "d", "of A to C."),
        (daily(), "d", "Type one of A to C, or the words on a button."),
        (chosen("B"), "hm", "Press Enter to lock in B, or type Change."),
        (game("game-split"), "a", "This question is over. The next one comes by itself."),
        (verdict(), "a", "Type a word on a button, /quiz for new questions, or /help."),
        (Card(view="mistake"), "a", "There is no open question. Type /quiz to begin, or /help."),
    ],
)
def test_what_means_nothing_gets_a_sentence(card: Card, line: str, said: str) -> None:
    """The sentence says what would be read."""
    read = reading.answer(card, line)
    assert isinstance(read, Unread)
    assert said in read.why


def test_letters_belong_to_one_question() -> None:
    """An open question keeps them from a daily; a game takes them; the ends name what waits."""
    desk = Desk()
    assert desk.show(question()) == ""
    assert "/daily answers this one" in desk.overhear(daily())
    assert desk.asked == question()
    assert desk.overhear(game()) == ""
    assert desk.asked == game()
    assert "/daily answers this one" in desk.overhear(daily())
    assert desk.overhear(game("game-split")) == ""
    assert desk.overhear(game()) == ""
    assert (
        desk.overhear(game("game-over"))
        == "Your quiz goes on where it was: /quiz shows its question."
    )
    assert desk.overhear(game("game-over")) == ""


def test_a_daily_that_a_game_covered_is_named() -> None:
    """Also one that covered a quiz itself."""
    desk = Desk()
    desk.show(question())
    desk.show(daily("daily-asked"))
    desk.show(chosen("B"))
    desk.overhear(game())
    assert desk.enter() is None
    said = desk.overhear(game("game-over"))
    assert said.splitlines() == [
        "Your quiz goes on where it was: /quiz shows its question.",
        "The daily is still open: /daily shows it.",
    ]


def test_the_reveal_closes_its_own_daily_alone() -> None:
    """Yesterday's reveal leaves today's open."""
    desk = Desk()
    desk.overhear(daily())
    desk.overhear(daily("daily-closed", "d0"))
    assert desk.open == daily()
    desk.overhear(daily("daily-closed"))
    assert desk.open is None


def test_the_menu_of_a_question_leaves_it_open() -> None:
    """Behind the three dots the letters still answer."""
    desk = Desk()
    desk.show(question())
    desk.show(Card(view="question-more", rows=((Button("Skip", make("skip", "q1.0", 0)),),)))
    assert desk.button("a") == question().buttons[0]


def test_enter_goes_on_where_something_ended() -> None:
    """After a verdict, also below another card, and never over an open question."""
    desk = Desk()
    assert desk.enter() is None
    desk.show(question())
    assert desk.enter() is None
    desk.show(verdict())
    desk.show(Card(view="leaderboard", rows=((Button("Month", make("board", "month")),),)))
    assert desk.enter() == verdict().buttons[0]
    desk.overhear(daily())
    assert desk.enter() is None
    desk.show(chosen("C"))
    assert desk.enter() == chosen("C").buttons[0]


def test_words_of_a_question_in_ones_own_words_are_its_answer() -> None:
    """The beginning of a label elsewhere on the screen does not press it."""
    desk = Desk()
    desk.show(
        Card(view="question-short", rows=((Button("Answer", make("type", "q1.0", 0, form=True)),),))
    )
    desk.show(Card(view="leaderboard", rows=((Button("All time", make("board", "all")),),)))
    assert desk.button("all") is None
    assert desk.button("all time") is not None


def test_a_split_repeats_no_question_and_breaks_no_program() -> None:
    """What stands right above is left out, a program as a whole or not at all."""
    before = Card(view="game-question", text="Look:\n\n```\na\n\nb\n```\n\nWhat?\n\nA) one")
    after = Card(view="game-split", text="Look:\n\n```\na\n\nb\n```\n\nWhat?\n\n100 % · A) one")
    assert news(before, after).text == "100 % · A) one"
    other = Card(view="game-split", text="Look:\n\n```\na\n\nc\n```\n\nWhat?")
    assert news(before, other).text == "```\na\n\nc\n```\n\nWhat?"
    assert news(None, after) == after
    closed = Card(view="daily-closed", text=after.text)
    assert news(before, closed) == closed


def test_no_button_is_broken() -> None:
    """A row of buttons goes on in the next line between two of them, and nothing is cut."""
    out = io.StringIO()
    labels = ("Week before", "This channel", "Hide me", "Show in channel")
    row = tuple(Button(label, make("board", "week")) for label in labels)
    console = Console(file=out, width=48, highlight=False)
    console.print(render.card(Card(view="leaderboard", title="This week", rows=(row,))))
    assert out.getvalue().splitlines() == [
        "",
        "This week",
        "[Week before] [This channel] [Hide me]",
        "[Show in channel]",
    ]


def test_a_thread_stands_to_the_right() -> None:
    """Every line of it, programs too, and none is filled up."""
    out = io.StringIO()
    console = Console(file=out, width=30, highlight=False)
    card = Card(
        view="daily-split", title="Why", text="It is so since the day it began.\n\n```\nx\n```"
    )
    console.print(render.post("# here, in the thread", card, indent=4))
    lines = out.getvalue().splitlines()
    assert lines[1:3] == ["    # here, in the thread", "    Why"]
    assert all(line.startswith("    ") for line in lines if line)
    assert max(map(len, lines)) <= 30

from __future__ import annotations

import pytest
from msgspec.structs import replace

from adapters.terminal.app import PERSON
from bot.cli.company import PEOPLE, Known
from bot.cli.keys import key
from bot.features.game import timing
from bot.store.rows import LogRow
from questions.model import LEVELS, Item
from tests import bank
from tests.adapters.terminal.playing import Terminal
from tests.stage import Stage

NAMES = tuple(somebody.name for somebody in PEOPLE)
ROUNDS, QUESTIONS = 10, 20
NEAR = 0.07  # two standard errors of a share of 200


def person(name: str) -> str:
    """The external id of a simulated person."""
    return f"terminal:{name.partition(' ')[0].casefold()}"


async def answers(terminal: Terminal, who: str) -> list[LogRow]:
    """The answers of somebody, in their order."""
    rows = await terminal.stage.store.look(terminal.origin(who), lambda tx: tx.log())
    return [row for row in rows if row.kind == "answer"]


async def reopened(stage: Stage, *items: Item) -> Terminal:
    """A terminal with questions of its own, each at every level."""
    levels = (replace(one, level=level, id=f"{one.id}-{level}", hash=f"{one.hash}-{level}")
              for one in items for level in LEVELS)  # fmt: skip
    stage.questions = bank.collection(tuple(levels))
    stage.kit = bank.kit(stage.questions, stage.new_id, None)
    await stage.restart()
    return Terminal(stage)


async def post_daily(terminal: Terminal) -> str:
    """Set a daily up and post the first; gives what the channel shows."""
    await terminal.says("/challenge", "Post the first now")
    return await terminal.settles()


async def test_each_is_right_about_as_often_as_their_skill(stage: Stage) -> None:
    """Over 200 questions of games everybody's share is within seven points of the skill."""
    terminal = Terminal(stage)
    for _ in range(ROUNDS):
        await terminal.says(f"/together {QUESTIONS}")
        await terminal.settles()
        await terminal.plays()
    for somebody in PEOPLE:
        rows = await answers(terminal, person(somebody.name))
        assert len(rows) == ROUNDS * QUESTIONS
        assert abs(sum(row.right for row in rows) / len(rows) - somebody.skill) < NEAR


async def test_nobody_is_hasty_and_nobody_late(stage: Stage) -> None:
    """Everybody takes from 3 s to 85 % of a question's time, so that nobody loses points."""
    terminal = Terminal(stage)
    await terminal.says("/together 5")
    await terminal.settles()
    printed = await terminal.plays()
    assert printed.count("Ada (simulated)") == 2  # the standings after three, and the last
    for name in NAMES:
        points = [row.points for row in await answers(terminal, person(name))]
        assert len(points) == 5
        assert min(points) >= 0
        assert max(points) <= 9  # ten are for who does not think at all


@pytest.mark.parametrize("item", [bank.MULTI, bank.NUMERIC, bank.SHORT], ids=lambda one: one.type)
async def test_each_type_is_answered_in_its_way(stage: Stage, item: Item) -> None:
    """Boxes are ticked and answers typed; some are right, and all who know nothing say so."""
    terminal = await reopened(stage, item)
    if item.type == "multi":
        for _ in range(3):
            await terminal.says("/together 3")
            await terminal.settles()
            await terminal.plays()
    else:
        await post_daily(terminal)
        for _ in range(5):
            await terminal.people_answer()
            posts = len(terminal.overheard)
            while "daily" not in [card.view for card in terminal.overheard[posts:]]:
                await terminal.goes_on()
    rows = [row for name in NAMES for row in await answers(terminal, person(name))]
    assert {row.right for row in rows} == {True, False}
    assert len(rows) == (27 if item.type == "multi" else 15)


async def test_three_dailies_in_a_row_are_answered(stage: Stage) -> None:
    """Day after day everybody answers once, and the reveal counts them."""
    terminal = Terminal(stage)
    await post_daily(terminal)
    for day in range(3):
        await terminal.people_answer()
        printed = ""
        while "3 answered" not in printed:
            printed += await terminal.goes_on()
        assert printed.count("· closed") == 1, day
        for name in NAMES:
            assert len(await answers(terminal, person(name))) == day + 1


async def test_what_others_answer_is_not_mine(stage: Stage) -> None:
    """The board names them as simulated; whoever plays has answered nothing, and still may."""
    terminal = Terminal(stage)
    await post_daily(terminal)
    await terminal.people_answer()
    board = await terminal.says("/leaderboard")
    given = {name: await answers(terminal, person(name)) for name in NAMES}
    right = [name for name, rows in given.items() if any(row.right for row in rows)]
    assert right
    assert all((name in board) == (name in right) for name in NAMES)  # no wrong answer has a name
    assert "You have no points here yet" in board
    assert await answers(terminal, PERSON) == []
    assert "You chose A." in await terminal.says("a")


async def test_nobody_answers_what_is_over(stage: Stage) -> None:
    """Who is still thinking when a question ends keeps out of it."""
    terminal = Terminal(stage)
    await terminal.says("/together 1")
    await terminal.settles()
    terminal.company.saw(terminal.overheard[-1])  # once more: nobody thinks twice about it
    assert len(terminal.company._thinking) == len(PEOPLE)
    thinking = await terminal.thoughts()
    while terminal.overheard[-1].view == "game-question":
        await terminal.goes_on()
    for one in thinking:
        await terminal.ends(one)
    assert "Nobody played." in await terminal.goes_on()
    assert [await answers(terminal, person(name)) for name in NAMES] == [[], [], []]


async def test_what_is_known_of_a_question_ends_with_it(stage: Stage) -> None:
    """The right letters and the time while it is open, nothing afterwards or of anything else."""
    terminal = Terminal(stage, company=False)
    known = key(stage.store, stage.questions, stage.clock)
    await post_daily(terminal)
    await terminal.says("/together 2")
    await terminal.settles()
    daily, game = (card for card in terminal.overheard if card.view in ("daily", "game-question"))
    for card in (daily, game):
        right = card.text.partition(") Both succeed")[0][-1]
        found = await known(card.buttons[0].token)
        assert found == Known(frozenset(right), "", timing.whole(bank.SINGLE).total_seconds())
    await terminal.goes_on()
    assert terminal.overheard[-1].view == "game-explained"
    assert await known(game.buttons[0].token) is None
    assert await known("nothing") is None
    posts = len(terminal.overheard)
    while "daily-closed" not in [card.view for card in terminal.overheard[posts:]]:
        await terminal.goes_on()
    assert await known(daily.buttons[0].token) is None


async def test_a_stopped_game_is_over_for_all(stage: Stage) -> None:
    """Nothing is pressed after Stop the game."""
    terminal = Terminal(stage)
    await terminal.says("/together 3")
    await terminal.settles()
    thinking = await terminal.thoughts()
    assert "Stopped." in await terminal.says("Stop the game")
    for one in thinking:
        await terminal.ends(one)
    assert "You stopped the game." in await terminal.settles()
    assert [await answers(terminal, person(name)) for name in NAMES] == [[], [], []]


async def test_who_leaves_takes_everybody_along(stage: Stage) -> None:
    """Nobody thinks on after the end of the conversation."""
    terminal = Terminal(stage)
    await terminal.says("/together 3")
    await terminal.settles()
    thinking = await terminal.thoughts()
    await terminal.company.leave()
    assert all(one.who.cancelled() for one in thinking)
    assert not terminal.thinks

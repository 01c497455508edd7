"""Three days of a community, played the same on every face."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.features.game import timing
from questions.model import Item
from tests import bank
from tests.parity.channel import ADMIN, Town

RIGHT, WRONG = "Both succeed", "detected deadlock"
LACKING = "lacking"  # a step that is a platform's own
HELD = ("A link from", "plain HTTP")  # of the question where several hold


async def begin(town: Town) -> None:
    """An admin types /challenge: what is lacking, the proposal, a preview, the first post."""
    town.face.allow(write=False)
    await town.says(ADMIN, "/challenge", LACKING)
    if town.face.platform != "terminal":  # where nothing can be lacking
        refused = await town.presses(ADMIN, "Post the first now", LACKING)
        assert town.face.posts() == 0, refused
    town.face.allow(write=True)
    await town.says(ADMIN, "/challenge")
    await town.presses(ADMIN, "Preview for me")
    await town.presses(ADMIN, "Post the first now")


async def locks_in(town: Town, person: str, post: int, words: str) -> None:
    """Press what says so, and lock it in."""
    letter = town.letter(post, words)
    await town.presses_on(person, post, letter)
    await town.presses(person, f"Lock in {letter}")


async def monday(town: Town) -> None:
    """Five people answer the first daily, one of them twice; the count follows."""
    await town.after(seconds=20)
    right, wrong = town.letter(0, RIGHT), town.letter(0, WRONG)
    await town.presses_on("Ada", 0, right)
    await town.presses("Ada", "Change")
    await town.presses("Ada", wrong)
    await town.presses("Ada", "Change")
    await town.presses("Ada", right)
    await town.presses("Ada", f"Lock in {right}")
    await locks_in(town, "Ben", 0, WRONG)
    await town.presses_again("Ben")
    await town.presses_on("Cem", 0, "Don't know")
    await town.presses("Cem", "Lock in")
    await locks_in(town, "Dan", 0, RIGHT)
    await town.perhaps_restart()
    await town.presses_on("Dan", 0, wrong, "Dan: a second time")
    await town.presses_again("Ben")
    await locks_in(town, "Eve", 0, RIGHT)
    await town.says("Eve", "/daily")
    await town.presses_on(ADMIN, 0, wrong)
    await town.after(minutes=15)


async def tuesday(town: Town) -> None:
    """The next daily reveals the first; who looks back, who comes late, and the board."""
    await town.at(24, "09:00")
    await town.after(seconds=20)
    await town.presses_again(ADMIN)
    await town.presses_on(ADMIN, 0, "Try it, no points")
    await town.presses(ADMIN, _tried(town), "late")
    await town.presses_on("Ada", 0, "My answer")
    await town.presses_on("Ben", 1, "Why, yesterday")
    await locks_in(town, "Ada", 1, RIGHT)
    await locks_in(town, "Dan", 1, WRONG)
    await town.says("Ada", "/leaderboard today")
    await town.presses("Ada", "Show in channel")
    await town.after(minutes=1)


def _tried(town: Town) -> str:
    """The letter of what is right on the closed first post."""
    for line in town.face.post(0).text.split("\n"):
        if line.strip().startswith("✓ "):
            return line.strip()[2]
    raise AssertionError(town.face.post(0))


async def games(town: Town) -> None:
    """A game of four questions with a late press and its standings; another one is stopped."""
    await town.says("Ben", "/together 4")
    post = town.face.posts()
    for number in range(4):
        await question(town, post, number)
    await town.after(seconds=30)
    await town.presses_on("Ada", post, "My answers")
    await town.says("Cem", "/leaderboard")
    await town.presses("Cem", "Show in channel")
    await town.says("Ben", "/together 3")
    await opens(town, 0)
    post = town.face.posts() - 1
    await town.presses_on("Cem", post, "Stop the game")
    await town.presses_on("Ben", post, "Stop the game")
    await town.after(seconds=30)


async def opens(town: Town, number: int) -> datetime:
    """Let time pass until a question stands; gives that second."""
    for _ in range(200):
        await town.after(seconds=1)
        game = await town.game()
        assert game.state == "open"
        if game.at == number and game.opened is not None:
            return game.opened.replace(microsecond=0)
    raise AssertionError(game)


async def question(town: Town, post: int, number: int) -> None:
    """Cem is hasty and wrong, Ada quick, Ben slower; on the first one Dan comes too late."""
    opened = await opens(town, number)
    game = await town.game()
    item = town.stage.questions.get(game.asked[number].ref.id)
    assert item is not None
    town.set(opened + timedelta(seconds=1))
    await picks(town, "Cem", post, item, right=False)
    town.set(opened + timedelta(seconds=4))
    await picks(town, "Ada", post, item, right=True)
    if number == 1:
        await town.perhaps_restart()
    town.set(opened + timedelta(seconds=9))
    await picks(town, "Ben", post, item, right=number % 2 == 0)
    if number == 0:
        town.set(opened + timing.whole(item) + timedelta(seconds=2))
        await picks(town, "Dan", post, item, right=True)


async def picks(town: Town, person: str, post: int, item: Item, *, right: bool) -> None:
    """Answer the question of a game."""
    if item.id == bank.MULTI.id:
        words = HELD if right else HELD[:1]
        letters = tuple(sorted(town.letter(post, one) for one in words))
        await town.chooses(person, letters, post)
    else:
        await town.presses_on(person, post, town.letter(post, RIGHT if right else WRONG))


async def wednesday(town: Town) -> None:
    """A daily that is typed: right, nearly, not known."""
    await town.at(25, "09:00")
    await town.after(seconds=20)
    post = town.face.posts() - 1
    await town.types("Ada", "git reflog", post)
    await town.types("Ben", "git log", post)
    await town.presses_on("Cem", post, "Don't know")
    await town.presses("Cem", "Lock in")
    await town.at(26, "09:00")
    await town.after(seconds=20)


async def three_days(town: Town) -> None:
    """All of it."""
    await begin(town)
    await monday(town)
    await tuesday(town)
    await games(town)
    await wednesday(town)

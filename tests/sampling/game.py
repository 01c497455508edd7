"""Samples of the views of games."""

from __future__ import annotations

import random
from datetime import timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.posts import Message
from bot.chat.say import Reader
from bot.features.game import timing
from bot.features.quiz import issuing
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.store.community import Game
from bot.store.rows import Answer
from bot.store.scores import Rank
from bot.views import game, game_private
from questions.model import Item
from questions.words import parse_quiz
from tests import bank
from tests.sampling.asked import AREAS, NOW

ASKED = (bank.OUTPUT, bank.MULTI, bank.SINGLE)
PLAYERS = tuple(
    Rank(rank, f"p{at}", name, points)
    for at, (rank, name, points) in enumerate(
        ((1, "Ada", 28), (2, "Ben", 24), (2, "", 24), (4, "Constantin Alexander Maximilian", 9),
         (5, "Eve", 0), (6, "Finn", -3))
    )
)  # fmt: skip
PAUSE = timedelta(seconds=10)


def asked(n: int) -> game.Round:
    """The question at this place of a game of three."""
    rng = random.Random("sample")
    one = Game(
        id="g7f3k9q2xz01ab",
        community="c1",
        place="discord:3",
        starter="p1",
        starter_name="Ada",
        title="Databases",
        words="databases",
        asked=tuple(issuing.asked(item, "shared", rng) for item in ASKED),
        at=n,
        opened=NOW,
        ends=NOW,
        message=Message("discord", "3/4", NOW),
        started=NOW,
    )
    return game.Round(one, n, ASKED[n], AREAS, timing.whole(ASKED[n]))


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    single, multi = asked(2), asked(1)
    answers = game.Split({0: 11, 1: 4, 2: 3}, 18, 11)
    over = single.game
    said = parse_quiz("databases", AREAS)
    return {
        "game-question": game.question(here, asked(0)),
        "game-question-single": game.question(here, single),
        "game-question-multi": game.question(here, multi),
        "game-split": game.split(here, single, answers, PLAYERS, PAUSE),
        "game-split-nobody": game.split(here, asked(0), game.Split({}, 0, 0), (), PAUSE),
        "game-split-multi": game.split(
            here, multi, game.Split({0: 9, 1: 5, 3: 1}, 9, 4), (), PAUSE
        ),
        "game-over": game.over(here, over, PLAYERS, "done", ""),
        "game-over-stopped": game.over(here, over, PLAYERS, "stopped", "Ben"),
        "game-over-silent": game.over(here, over, (), "silent", ""),
        "game-explained": game.explained(here, single, answers),
        "game-starting": game_private.starting(here, said, 7, 10),
        "game-running": game_private.running(here, over),
        "game-unshown": game_private.unshown(here, over, "I may not send messages there."),
        "game-stopped": game_private.stopped(here),
        **_whispers(here),
    }


def _whispers(here: Reader) -> dict[str, Card]:
    took = timedelta(seconds=4.2)
    own = (
        _own(asked(0), bank.OUTPUT, (0,), 9),
        _own(asked(1), bank.MULTI, (0, 2), 0),
        game_private.Own(asked(2), None, 0),
    )
    return {
        "game-taken": game_private.taken(here, "C", took, new=False, young=0),
        "game-taken-first": game_private.taken(here, "A, C", took, new=True, young=0),
        "game-taken-young": game_private.taken(here, "C", took, new=False, young=3),
        "game-mine": game_private.mine(here, own, PLAYERS[3], 6, hidden=True),
    }


def _own(one: game.Round, item: Item, picks: tuple[int, ...], points: int) -> game_private.Own:
    response = Response(picks=picks)
    answer = Answer(response=response, verdict=grade(item, response), issued=NOW)
    return game_private.Own(replace(one), answer, points)


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    return {"form-game": game_private.form(here, asked(1))}

"""Samples of the boards."""

from __future__ import annotations

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.store.scores import Board, Rank
from bot.views import leaderboard
from bot.views.leaderboard import View

NAMES = (("Ada", 43), ("Ben", 36), ("Cem", 36), ("Eve", 20), ("Finn", 18))


def board(points: int = 16) -> Board:
    """Five people and one who looks at them from the ninth place."""
    ranks = tuple(
        Rank(1 + sum(other > mine for _, other in NAMES), f"p{n}", name, mine, mine // 2)
        for n, (name, mine) in enumerate(NAMES, 2)
    )
    return Board(ranks, Rank(9, "p1", "You", points), Rank(8, "p8", "Gül", 20, 2), 31)


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    week = View(title="This week · to Sun 29 Nov, Berlin", offered=True)
    last = View(back=1, here=True, offered=True, title="Last week · to Sun 22 Nov, Berlin")
    return {
        "leaderboard": leaderboard.card(here, board(), week, hidden=False),
        "leaderboard-hidden": leaderboard.card(here, board(), last, hidden=True),
        "leaderboard-public": leaderboard.public(here, board(), week.title),
        "leaderboard-winners": leaderboard.winners(
            here,
            Board(board().top[:3], None, None, 31),
            "Week of 16 Nov",
        ),
        "leaderboard-refused": leaderboard.refused(
            here, "discord:7/3", "I am not in that channel any more."
        ),
        "leaderboard-alone": leaderboard.alone(here),
    }


def forms(here: Reader) -> dict[str, Form]:
    """Boards have no forms."""
    del here
    return {}

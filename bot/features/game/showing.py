"""What a game shows: one post that is edited, explanations in its thread, and when it goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from bot.chat.cards import Card
from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.chat.tokens import make
from bot.features.feature import Kit
from bot.features.game import timing
from bot.features.quiz.issuing import find
from bot.store.community import Game
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, LogRow
from bot.views import game as views
from questions.model import Item

WAITED = timedelta(minutes=30)  # after which the first question is not shown any more
GIVEN_UP = timedelta(minutes=60)  # after which a game whose question never came is over


def due_id(game_id: str) -> str:
    """The name of what a game waits for among due work."""
    return f"game.{game_id}"


def instance(game: Game, n: int) -> str:
    """Under which the log keeps the answers to question `n`."""
    return f"{game.id}.{n}"


def item_of(tx: Tx, kit: Kit, game: Game, n: int) -> Item | None:
    """A question as it was chosen at the start."""
    return find(tx, kit.bank(tx.community.id), game.asked[n])


def public(tx: Tx) -> Reader:
    """Everybody in the place."""
    return Reader(zone=tx.community.zone, platform=tx.origin.platform)


def round_of(tx: Tx, kit: Kit, game: Game, n: int) -> views.Round | None:
    """What the views need of a question; None where nothing has it any more."""
    item = item_of(tx, kit, game, n)
    areas = kit.bank(tx.community.id).areas
    return views.Round(game, n, item, areas, timing.whole(item)) if item else None


def ask(tx: Tx, kit: Kit, game: Game) -> None:
    """Show the question at which the game stands; its time begins once the platform has it."""
    asked = round_of(tx, kit, game, game.at)
    if asked is None:
        raise LookupError(game.asked[game.at].ref)  # kept at the start, for ever
    edit(tx, game, str(game.at), views.question(public(tx), asked), answers=True)
    wake(tx, game, tx.origin.at + GIVEN_UP)


def edit(tx: Tx, game: Game, name: str, card: Card, *, answers: bool = False) -> None:
    """Put the game's one post into the outbox, or a new look of it.

    The game is told when the platform had it, or that its message is gone; with `answers` a
    question's time begins then.
    """
    tx.post(
        Post(
            dedupe=f"game.{game.id}.{name}",
            where="place",
            target=game.place,
            card=card,
            edits=game.message,
            back=make("game-shown", game.id, *((game.at,) if answers else ())),
            community=tx.origin.community,
            until=None if game.message else game.started + WAITED,
        )
    )


def explain(tx: Tx, game: Game, asked: views.Round, split: views.Split) -> None:
    """Say in the thread what is right and why."""
    if game.message is None:
        return
    card = views.explained(public(tx), asked, split)
    name = f"game.{game.id}.{asked.n}.why"
    tx.post(Post(dedupe=name, where="thread", target=game.place, card=card, under=game.message))


def split(rows: Iterable[LogRow]) -> views.Split:
    """How often each option was taken, by authored index, and how many were right."""
    taken: dict[int, int] = {}
    people = right = 0
    for row in rows:
        people += 1
        right += row.right
        for pick in msgspec.json.decode(row.data, type=Answer).response.picks:
            taken[pick] = taken.get(pick, 0) + 1
    return views.Split(taken, people, right)


def wake(tx: Tx, game: Game, at: datetime, *, about: str = "") -> None:
    """Look at the game again at this time of ours; `about` names a look beside the one planned."""
    tx.schedule(
        Due(
            id=due_id(game.id) + (f".{about}" if about else ""),
            kind="game",
            at=at,
            community=game.community,
            within=tx.origin.community,
            place=game.place,
        )
    )

"""A press in a game with 1,000 games running, against the same press where it is the only one."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bench.measure import ROUNDS, Arm, Row, alone, micros, ratio, rounds, run, show
from bench.postgres import serving
from bench.presses import written
from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Origin, Press
from bot.chat.tokens import make
from bot.features.game.choosing import playable
from bot.features.quiz import issuing
from bot.store.community import Game
from bot.store.protocol import Tx
from questions.model import Choice, Item
from tests.stage import Stage

GAMES = 1000
PRESSES = 60  # in a round
LIMIT = 1.1
OPENED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Arcade:
    """A database with this many games running, each in a community of its own."""

    def __init__(self, url: str | Path, games: int) -> None:
        self.stage = Stage(url, written())
        self._games = games
        self._ids = [f"game{number}" for number in range(games)]
        self._keys = count()
        self._rng = random.Random(1)
        bank = self.stage.questions
        every = (item for area in bank.areas.areas for item in bank.items(area.slug))
        self._items = [one for one in every if one.type == "single" and playable(one)]

    async def open(self, people: int) -> None:
        """Start the games, and know everybody who will press."""
        for number in range(self._games):
            await self.stage.store.run(self._origin("starter", number), self._starting(number))
        for number in range(people):
            who = self._origin(f"p{number}", -1)
            await self.stage.store.run(who, lambda _tx: reply(Card(view="known")))

    def press(self, number: int) -> Press:
        """The first press of person `number`, in the next game."""
        game = number % self._games
        token = make("game-pick", self._ids[game], 0, self._rng.choice("ABC"), passing=True)
        return Press(self._origin(f"p{number}", game), token)

    def _origin(self, who: str, game: int) -> Origin:
        return Origin(
            person=f"discord:{who}",
            place=f"discord:c{game}",
            community=f"discord:g{game}",
            at=OPENED + timedelta(seconds=5),
            key=f"bench/{next(self._keys)}",
            name=who,
        )

    def _starting(self, number: int) -> Callable[[Tx], Reply]:
        item: Item = self._items[number % len(self._items)]
        assert isinstance(item.body, Choice)

        def work(tx: Tx) -> Reply:
            game = Game(
                id=self._ids[number],
                community=tx.community.id,
                place=tx.origin.place,
                starter=tx.person.id,
                asked=(issuing.asked(item, "shared", self._rng),) * 10,
                opened=OPENED,
                ends=OPENED + timedelta(seconds=60),
                started=OPENED,
            )
            tx.keep(item)
            tx.save_game(game)
            return reply(Card(view="running"))

        return work

    def arm(self, presses: Iterator[Press]) -> Arm:
        """Rounds of presses, each answered before the next."""

        async def once() -> None:
            said = await self.stage.door.handle(next(presses))
            assert said.cards[0].view == "game-taken", said

        return alone(once, PRESSES)


async def measured(name: str, few_url: str | Path, many_url: str | Path) -> None:
    """Both side by side on one database."""
    few, many = Arcade(few_url, 1), Arcade(many_url, GAMES)
    people = PRESSES * (ROUNDS + 1)
    await asyncio.gather(few.open(people), many.open(people))
    arms = {
        "one game": few.arm(map(few.press, range(people))),
        f"{GAMES} games": many.arm(map(many.press, range(people))),
    }
    times = await rounds(arms)
    goal = f"one press with {GAMES:,} games running against one game, {name}"
    show(Row(goal, ratio(times, f"{GAMES} games", "one game"), LIMIT, note=micros(times)))
    await few.stage.store.close()
    await many.stage.store.close()


async def main() -> None:
    """On SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        await measured("SQLite", Path(folder) / "few.db", Path(folder) / "many.db")
    with serving() as few, serving() as many:
        await measured("PostgreSQL", few, many)


if __name__ == "__main__":
    run(main)

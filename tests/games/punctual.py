"""How exactly questions end: a real process with its alarm, real time, many games at once.

The games begin one after another, so that each end falls among the others' work.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import clockwork_of, new_id
from bot.chat.events import Command, Origin
from bot.chat.posts import Message, Post
from bot.door import Door
from bot.due import Alarm
from bot.features.game import timing
from bot.features.table import features
from storage import open_store
from tests import bank
from tests.games.channel import questions
from tests.games.victim import nothing

LATEST = timedelta(milliseconds=250)


def now() -> datetime:
    """The machine's clock: this is the one place among the tests that measures by it."""
    return datetime.now(UTC)


class Board:
    """Keeps when each question came and when its split did."""

    def __init__(self, games: int) -> None:
        self._games = games
        self.over = asyncio.Event()
        self.shown: dict[str, datetime] = {}
        self.late: list[timedelta] = []

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Note the moment."""
        at = now()
        if post.card.view == "game-question":
            self.shown[post.target] = at
        elif post.card.view == "game-split":
            self.late.append(at - self.shown[post.target] - timing.whole(bank.SINGLE))
            if len(self.late) == self._games:
                self.over.set()
        return Message("discord", post.target, at)


async def measure(games: int) -> list[timedelta]:
    """Play that many games of one question that nobody answers; how late each end was shown."""
    board = Board(games)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'games.db'}", clock=now, ids=new_id)
        kit = bank.kit(questions(1), new_id, seed=None)
        door = Door(store, features(), kit, runners={"lacks": nothing})
        alarm = Alarm(("discord",))
        store.watch(alarm.ring)
        work = asyncio.create_task(clockwork_of(store, kit, {"discord": board}, now).run(alarm))
        for number in range(games):
            who = Origin(
                person=f"discord:p{number}",
                place=f"discord:c{number}",
                community=f"discord:g{number}",
                at=now(),
                key=f"start/{number}",
            )
            await door.handle(Command(who, "together", {}))
        await board.over.wait()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await store.close()
    return sorted(board.late)


def main(games: str = "20") -> int:
    """Print the median and the latest end; 1 if one came more than 250 ms after its time."""
    late = asyncio.run(measure(int(games)))
    early = sum(one < timedelta() for one in late)
    middle, last = (one.total_seconds() * 1000 for one in (late[len(late) // 2], late[-1]))
    print(
        f"{len(late)} ends of questions in a real process: {middle:.0f} ms after their time in the "
        f"median, {last:.0f} ms at the latest, {early} too early"
    )
    return int(last > LATEST.total_seconds() * 1000 or early > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

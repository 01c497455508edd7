"""The process that is killed: door, clockwork and fifty people in a channel that outlives it.

Its clock stands while people press and then jumps to what is due next, so that the end of a life
alone decides what is lost. What the platform has shown stands in a file.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from bot.app import clockwork_of, new_id
from bot.chat.cards import Card, Job
from bot.chat.events import Command, Origin, Press, Value
from bot.chat.posts import Message, Post
from bot.chat.tokens import parse
from bot.door import Door
from bot.features.table import features
from storage import open_store
from tests import bank
from tests.games.script import PEOPLE, QUESTIONS, line

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AHEAD = timedelta(minutes=7)  # of the platform's clock
TICK = timedelta(seconds=30)  # to the next look where nothing earlier is known to be due
BY_ID = {item.id: item for item in QUESTIONS}


class Shown(Struct):
    """One thing that the platform was sent."""

    post: Post
    at: datetime


class Platform:
    """Shows what it is sent and remembers it in a file, whoever dies.

    A new message that is sent twice is shown once; an edit is made again. At the send of this
    number it hangs: the process is killed after the platform has taken it.
    """

    def __init__(self, file: Path, halt: int) -> None:
        self._file = file
        self._halt = halt
        lines = file.read_bytes().splitlines() if file.exists() else []
        self.shown = [msgspec.json.decode(one, type=Shown) for one in lines]
        self.at = self.shown[-1].at - AHEAD + timedelta(seconds=1) if lines else START

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Take a post."""
        known = next((one for one in self.shown if one.post.dedupe == post.dedupe), None)
        if known is None or post.edits:
            known = Shown(post, self.at + AHEAD)
            self.shown.append(known)
            with self._file.open("ab") as file:
                file.write(msgspec.json.encode(known) + b"\n")
        told(f"sent {len(self.shown)} {post.dedupe}")
        if len(self.shown) == self._halt:
            await asyncio.Event().wait()
        return Message("discord", post.edits.id if post.edits else post.dedupe, known.at)

    @property
    def newest(self) -> Shown:
        """What stands in the channel."""
        return next(one for one in reversed(self.shown) if one.post.where == "place")


def told(words: str) -> None:
    """One line to whoever watches, in one write: it is out when this returns."""
    os.write(1, f"{words}\n".encode())


class Crowd:
    """The people of the script, at one door."""

    def __init__(self, door: Door, platform: Platform) -> None:
        self._door = door
        self._platform = platform

    def origin(self, who: str, at: datetime, key: str) -> Origin:
        """The facts of an event of this person."""
        return Origin(
            person=f"discord:{who}",
            place="discord:c1",
            community="discord:g1",
            at=at,
            key=key,
            name=who,
        )

    async def start(self) -> None:
        """Ask for the game; in a later life it is the same event again."""
        at = self._platform.at + AHEAD
        await self._door.handle(Command(self.origin("p00", at, "start"), "together", {}))

    async def press(self, shown: Shown) -> None:
        """Everybody presses what stands there, until it is in."""
        await asyncio.gather(*(self._press(who, shown) for who in PEOPLE))

    async def _press(self, who: str, shown: Shown) -> None:
        card = shown.post.card
        read = parse(card.buttons[0].token)
        assert read is not None
        number = int(read.part(1))
        wanted = line(who, BY_ID[self._asked(card)])
        if wanted is None:
            return
        letter = next(row[0] for row in card.text.split("\n") if row[1:] == f") {wanted.words}")
        token = next(button.token for button in card.buttons if button.label == letter)
        event = self.origin(who, shown.at + wanted.after, f"press/{number}/{who}")
        said = (await self._door.handle(Press(event, token))).cards[0].text
        if " is in, " in said or "first answer counts" in said:
            told(f"acked {number} {who}")
        elif "Press again" not in said:
            told(f"lost {number} {who} {said}")

    @staticmethod
    def _asked(card: Card) -> str:
        """The questions differ in their names alone, which stand in the prompt of this test."""
        return next(word for word in card.text.split() if word.startswith("game-"))


async def nothing(job: Job) -> Mapping[str, Value]:
    """The channel lacks nothing that a game needs."""
    return {**job.payload, "lacks": ()}


async def main(url: str, file: str, halt: str) -> None:
    """Until the game is over, or killed."""
    platform = Platform(Path(file), int(halt))
    store = open_store(url, clock=lambda: platform.at, ids=new_id)
    kit = bank.kit(bank.collection(QUESTIONS), new_id, seed=None)
    work = clockwork_of(store, kit, {"discord": platform}, lambda: platform.at)
    crowd = Crowd(Door(store, features(), kit, runners={"lacks": nothing}), platform)
    await crowd.start()
    pressed = 0
    while True:
        await work.tick()
        card = platform.newest.post.card if platform.shown else None
        if card and card.view == "game-over":
            break
        if card and card.view == "game-question" and pressed != len(platform.shown):
            pressed = len(platform.shown)
            await crowd.press(platform.newest)
            continue
        coming = await store.next_due(("discord",))
        tick = platform.at + TICK
        platform.at = min(tick, max(platform.at, coming)) if coming else tick
    await store.close()
    told("over")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

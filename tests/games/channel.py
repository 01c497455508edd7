"""A channel to play in: a platform with a clock of its own, and people who press there."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.events import Origin, Press
from bot.chat.posts import Message, Post, Refused
from bot.due import Clockwork
from questions.collection import Collection
from questions.model import Item
from tests import bank
from tests.stage import Actor, Stage

PLACE = "discord:g7/c3"


def items(number: int, kind: Item = bank.SINGLE) -> tuple[Item, ...]:
    """That many questions that differ in their names alone."""
    return tuple(replace(kind, id=f"game-{n:02d}", hash=f"game{n:02d}") for n in range(number))


def questions(number: int, kind: Item = bank.SINGLE) -> Collection:
    """A bank of them."""
    return bank.collection(items(number, kind))


class Channel:
    """What stands in a channel; its platform's clock may be ahead of ours."""

    def __init__(self, stage: Stage, *, ahead: timedelta = timedelta(), tells: bool = True) -> None:
        self.stage = stage
        self.ahead = ahead
        self.tells = tells  # whether it says when a message was sent or changed
        self.refuses = False
        self.posts: list[Post] = []
        self.looks: list[Card] = []
        self.thread: list[Card] = []

    @property
    def card(self) -> Card:
        """The game's message as it stands now."""
        return self.looks[-1]

    def now(self) -> datetime:
        """The platform's time."""
        return self.stage.clock() + self.ahead

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Show a post, or refuse it."""
        if self.refuses:
            raise Refused("I may not write there")
        self.posts.append(post)
        (self.thread if post.where == "thread" else self.looks).append(post.card)
        name = post.edits.id if post.edits else f"m{len(self.posts)}"
        return Message("discord", name, self.now() if self.tells else None)


class Player(Actor):
    """Somebody in that channel; `admin` is what the payload says of them."""

    def __init__(self, game: Playing, name: str, *, admin: bool | None = False) -> None:
        super().__init__(game.stage, name, "discord:g7")
        self.channel = game.channel
        self.admin = admin

    def origin(self, key: str = "") -> Origin:
        """The facts of the next event, at the platform's time."""
        return replace(super().origin(key), at=self.channel.now(), admin=self.admin)

    async def answers(self, words: str, *, after: float = 0.0) -> Card:
        """Press the letter under which these words stand, so many seconds from now."""
        self.card = self.channel.card
        pressed = replace(self.origin(), at=self.channel.now() + timedelta(seconds=after))
        return await self.at(pressed, self.letter(words))

    async def at(self, origin: Origin, label: str) -> Card:
        """Press a button of the channel's message as this event."""
        self.card = self.channel.card
        return self._seen(await self.stage.door.handle(Press(origin, self.token(label))))

    async def touches(self, label: str) -> Card:
        """Press a button of the channel's message."""
        return await self.at(self.origin(), label)


class Playing:
    """A stage with a channel, its clockwork, and people by name."""

    def __init__(self, stage: Stage, channel: Channel | None = None) -> None:
        self.stage = stage
        self.channel = channel or Channel(stage)
        self.work: Clockwork = stage.clockwork({"discord": self.channel})

    def player(self, name: str, *, admin: bool | None = False) -> Player:
        """Somebody here."""
        return Player(self, name, admin=admin)

    async def restart(self) -> None:
        """A new process; the platform is as it was."""
        await self.stage.restart()
        self.work = self.stage.clockwork({"discord": self.channel})

    async def forward(self, seconds: float = 0.0) -> Card:
        """Let time pass and do what is due; gives the game's message as it is then."""
        self.stage.clock.forward(seconds=seconds)
        await self.work.tick()
        await self.work.tick()  # what the first one put into the outbox
        return self.channel.card

    async def begins(self, who: Player, words: str = "") -> Card:
        """Start a game and show its first question."""
        await who.says(f"together {words}".strip())
        return await self.forward()

    async def ends(self) -> Card:
        """Let the open question's time run out; gives its split."""
        return await self.forward(90)

    async def follows(self) -> Card:
        """Let the pause pass; gives the next question, or the end."""
        return await self.forward(10)

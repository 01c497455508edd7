"""A stage for the core: a real store, a door, people who type and press, a clock that is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.app import Runs, clockwork_of, finder, runners, walls
from bot.chat.cards import Card, Form, Reply
from bot.chat.events import Command, Origin, Press, Value
from bot.chat.posts import Message, Post
from bot.chat.rights import Rights
from bot.chat.tokens import wants_form
from bot.door import Door
from bot.due import Clockwork
from bot.features.table import features
from bot.runs import Walls
from bot.store.protocol import Store
from questions.collection import Collection
from storage import open_store
from tests import bank
from tests.stores import laid

PATIENT = 10.0  # seconds for a form: a loaded machine is no fault of the core
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday


class Clock:
    """The time, until it is set forward."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> None:
        """Let time pass."""
        self.at += timedelta(**delta)


class Stage:
    """One installation; `person()` gives somebody who can act on it."""

    def __init__(
        self,
        url: str | Path,
        questions: Collection | None = None,
        *,
        seed: str | None = "fixed",
        zone: str = "UTC",
        inside: Callable[[], tuple[Walls, type[Exception]]] = walls,
    ) -> None:
        self.inside = inside
        self.rights: dict[str, Rights] = {}
        self.url = str(url) if "://" in str(url) else f"sqlite:///{laid(Path(url))}"
        self.clock = Clock()
        self.questions = questions or bank.collection()
        self.new_id = bank.ids()
        self.kit = bank.kit(self.questions, self.new_id, seed)
        self.zone = zone
        self.keys = count(1)
        self.open()

    def open(self) -> None:
        """Open the store and the door; again after `restart`."""
        self.store: Store = open_store(self.url, clock=self.clock, ids=self.new_id, zone=self.zone)
        self.runs = Runs(self.inside)
        self.door = Door(
            self.store,
            features(),
            self.kit,
            rights=self.rights,
            runners=runners(self.rights, self.runs, finder(self.store, self.questions)),
            patience=PATIENT,
        )

    async def restart(self) -> None:
        """A new process on the same database."""
        await self.close()
        self.open()

    async def close(self) -> None:
        """End what runs."""
        await self.runs.close()
        await self.store.close()

    def person(
        self,
        name: str = "ada",
        *,
        community: str = "discord:g7",
        admin: bool | None = None,
        place: str = "c3",
    ) -> Actor:
        """Somebody in a place of a community; '' is a direct conversation."""
        return Actor(self, name, community, admin=admin, place=place)

    def clockwork(self, posters: Mapping[str, object] | None = None) -> Clockwork:
        """Due work on this stage."""
        return clockwork_of(self.store, self.kit, posters or {}, self.clock, self.rights)  # type: ignore[arg-type]  # posters of tests have the one method


class Channel:
    """A platform that keeps what is posted: each message as it looks now, and every post."""

    def __init__(self, clock: Clock, *answers: Exception) -> None:
        self._clock = clock
        self.answers = list(answers)  # what it says first instead of taking a post
        self.posts: list[Post] = []
        self.messages: dict[str, Card] = {}
        self._ids: dict[str, str] = {}

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Keep a post; the same one twice is one message."""
        if self.answers:
            raise self.answers.pop(0)
        self.posts.append(post)
        platform = post.target.partition(":")[0]
        known = post.edits.id if post.edits else self._ids.get(post.dedupe)
        name = known or f"m{len(self._ids) + 1}"
        self._ids.setdefault(post.dedupe, name)
        self.messages[name] = post.card
        return Message(platform, name, self._clock())

    def last(self, view: str = "") -> Card:
        """The newest post whose view begins with this."""
        return next(p.card for p in reversed(self.posts) if p.card.view.startswith(view))


class Actor:
    """A person: types commands, presses buttons by their words, fills forms."""

    def __init__(
        self,
        stage: Stage,
        name: str,
        community: str,
        *,
        admin: bool | None = None,
        place: str = "c3",
        since: datetime | None = None,
    ) -> None:
        self.stage = stage
        self.name = name
        self.community = community
        self.admin = admin
        self.place = f"{community}/{place}" if community else f"discord:dm-{name}"
        self.since = since
        self.card: Card | None = None
        self.reply = Reply()

    def origin(self, key: str = "") -> Origin:
        """The facts of this person's next event."""
        return Origin(
            person=f"discord:{self.name}",
            place=self.place,
            community=self.community,
            private=not self.community,
            at=self.stage.clock(),
            key=key or f"e{next(self.stage.keys)}",
            name=self.name.capitalize(),
            admin=self.admin,
            since=self.since,
        )

    async def says(self, line: str) -> Card:
        """Type a command without its slash; gives the card that came."""
        name, args = self.stage.door.table.read(line)
        return self._seen(await self.stage.door.handle(Command(self.origin(), name, args)))

    async def presses(self, label: str, *, key: str = "", **values: Value) -> Card:
        """Press the button with this label on the newest card."""
        return await self.sends(self.token(label), key=key, **values)

    async def sends(self, token: str, *, key: str = "", **values: Value) -> Card:
        """Press a token, or send its form with these values."""
        press = Press(self.origin(key), token, values)
        return self._seen(await self.stage.door.handle(press))

    async def form(self, label: str) -> Form:
        """The form behind a button."""
        token = self.token(label)
        assert wants_form(token)
        form = await self.stage.door.form(self.origin(), token)
        assert form is not None
        return form

    def token(self, label: str) -> str:
        """The token of a button of the newest card."""
        assert self.card is not None
        found = [button.token for button in self.card.buttons if button.label == label]
        assert found, (label, [button.label for button in self.card.buttons])
        return found[0]

    def letter(self, words: str) -> str:
        """The letter under which these words stand on the newest card."""
        assert self.card is not None
        for line in self.card.text.split("\n"):
            bare = line.removeprefix("[ ] ").removeprefix("[x] ")
            if bare[1:3] == ") " and words in bare:
                return bare[0]
        raise AssertionError((words, self.card.text))

    def _seen(self, reply: Reply) -> Card:
        self.reply = reply
        if not reply.cards:
            return Card(view="nothing")
        if reply.cards[0].to == "replace" or self.card is None:
            self.card = reply.cards[0]
        return reply.cards[0]

"""A community with a daily challenge: its bank, its channel, and a platform that keeps posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Reply
from bot.chat.events import Origin
from bot.chat.posts import Message, Post, Refused
from bot.due import Clockwork
from bot.features.daily import posting
from bot.store.community import Challenge, Daily, Posting
from bot.store.protocol import Tx
from questions.collection import Collection
from questions.model import LEVELS, Item
from tests import bank
from tests.stage import Actor, Stage

COMMUNITY = "discord:g7"
PLACE = f"{COMMUNITY}/c3"  # where the actors of a stage are
OTHER = f"{COMMUNITY}/c4"
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
AREAS = ("databases", "python", "git", "security", "linux")


def many(each: int = 4) -> tuple[Item, ...]:
    """So many press-only questions of each of five areas and each level."""
    return tuple(
        replace(
            bank.SINGLE,
            id=f"{area}-{level}-{n}",
            hash=f"hash-{area}-{level}-{n}",
            area=area,
            level=level,
            prompt=f"Question {n} on {area}, {level}?",
        )
        for area in AREAS
        for level in LEVELS
        for n in range(each)
    )


def collection(items: tuple[Item, ...] | None = None) -> Collection:
    """A bank of these questions."""
    return bank.collection(items or many())


class Channel:
    """A poster that keeps what it was sent; each message has a name of its own.

    `answers` are raised in turn before anything is kept, `refuses` are places that take nothing.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.posts: list[Post] = []
        self.answers: list[Exception] = []
        self.refuses: set[str] = set()
        self.shown: dict[str, Card] = {}  # by message
        self.counted: Counter[str] = Counter()

    async def send(self, post: Post, *, first: bool = False) -> Message:
        if self.answers:
            raise self.answers.pop(0)
        if post.target in self.refuses:
            raise Refused("I was removed from that channel", gone=True)
        self.counted[post.dedupe] += 1
        self.posts.append(post)
        name = post.edits.id if post.edits else f"m{len(self.posts)}"
        self.shown[name] = post.card
        return Message("discord", name, self.clock())

    def new(self, where: str = "place", target: str = "") -> list[Post]:
        """New messages of a kind, in the order in which they were sent."""
        found = [one for one in self.posts if one.where == where and one.edits is None]
        return [one for one in found if target in ("", one.target)]

    def edits(self) -> list[Post]:
        """Edits, in their order."""
        return [one for one in self.posts if one.edits is not None]


class Here:
    """A stage with one challenge and its clockwork."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.channel = Channel(stage.clock)
        self.work = self.clockwork()
        self.number = 0

    def clockwork(self) -> Clockwork:
        """Another process on the same database and platform."""
        return self.stage.clockwork({"discord": self.channel})

    def origin(self, **facts: object) -> Origin:
        """The facts of something the admin does."""
        self.number += 1
        said = {
            "person": "discord:boss",
            "place": PLACE,
            "community": COMMUNITY,
            "at": self.stage.clock(),
            "key": f"admin{self.number}",
            "admin": True,
        }
        return Origin(**(said | facts))  # type: ignore[arg-type]  # facts replace what it says

    async def challenge(self, **facts: object) -> Challenge:
        """Save a challenge of 09:00 UTC, every day, as changed, and plan its next daily."""
        known = {
            "id": "ch1",
            "community": "",
            "places": (PLACE,),
            "weekdays": EVERY_DAY,
            "by": "discord:boss",
            "since": self.stage.clock(),
        } | facts

        def work(tx: Tx) -> Reply:
            made = Challenge(**(known | {"community": tx.community.id}))  # type: ignore[arg-type]
            tx.save_challenge(made)
            posting.rescheduled(tx, made)
            return Reply()

        await self.stage.store.run(self.origin(), work)
        return await self.stored(str(known["id"]))

    async def change(self, name: str = "ch1", **facts: object) -> datetime | None:
        """Change it as an admin does; gives when the next one comes."""
        found: list[datetime | None] = []

        def work(tx: Tx) -> Reply:
            held = tx.challenge(name, lock=True)
            assert held is not None
            changed = replace(held, **facts)
            tx.save_challenge(changed)
            found.append(posting.rescheduled(tx, changed))
            return Reply()

        await self.stage.store.run(self.origin(), work)
        return found[-1]

    async def post_now(self, name: str = "ch1") -> Daily | None:
        """What `/challenge` does for Post now."""
        found: list[Daily | None] = []

        def work(tx: Tx) -> Reply:
            held = tx.challenge(name, lock=True)
            assert held is not None
            found.append(posting.post_now(tx, self.stage.kit, held))
            return Reply()

        await self.stage.store.run(self.origin(), work)
        return found[-1]

    async def stored(self, name: str = "ch1") -> Challenge:
        found = await self.stage.store.look(self.origin(), lambda tx: tx.challenge(name))
        assert found is not None
        return found

    async def dailies(self) -> tuple[Daily, ...]:
        """The ledger, the newest first."""
        since = datetime(2000, 1, 1, tzinfo=UTC).date()
        return await self.stage.store.look(self.origin(), lambda tx: tx.dailies(since))

    async def postings(self, daily: Daily) -> tuple[Posting, ...]:
        return await self.stage.store.look(self.origin(), lambda tx: tx.postings(daily.id))

    async def at(self, day: int, hour: int, minute: int = 0, second: int = 1) -> None:
        """Let it be this time of November 2026 (31 is 1 December), and do what is due."""
        midnight = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day - 1)
        self.stage.clock.at = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
        await self.work.tick()
        await self.work.tick()

    def sees(self, actor: Actor) -> Card:
        """Let somebody look at the newest post of the channel."""
        newest = self.channel.new(target=PLACE)[-1]
        actor.card = newest.card
        return newest.card


async def answers(here: Here, actor: Actor, words: str = "Both succeed") -> Card:
    """Press the option with these words on the newest post and lock it in."""
    here.sees(actor)
    letter = actor.letter(words)
    await actor.presses(letter)
    return await actor.presses(f"Lock in {letter}")

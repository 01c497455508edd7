"""The store as the core sees it; `storage` fulfils these protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.chat.posts import Message, Post
from bot.learning.items import Params
from bot.store.candidates import Candidates
from bot.store.rows import Community, Due, LogRow, Member, Memory, Outgoing, Person, Quiz
from bot.store.scores import Board, DayCount, Gain
from bot.store.shared import Shared
from questions.model import Item, Ref

T = TypeVar("T")


# What an answer makes of its question, and whether that is suspect now; None: it tells nothing.
Fold = Callable[[Params | None, LogRow], tuple[Params, bool] | None]


class Busy(Exception):
    """The queue was full for longer than the deadline; nothing has begun."""


class Down(Exception):
    """The database cannot take it now; nothing was saved, and the text says what to do."""


class Unsure(Exception):
    """The connection died while it committed: the same event again finds out whether it holds."""


class Tx(Shared, Protocol):
    """One transaction, bound to the event's person and community.

    What `person`, `community`, `member` and `quiz` (the one named to `Store.run`) hold is read in
    one round trip; what is saved is gathered and written in one at the end. A read after a save in
    the same transaction sees the old state, except of `quiz`, `person` and `member`. Where the
    origin's person is '', the work is the bot's own: `person` is nobody and never saved.
    """

    origin: Origin
    person: Person
    community: Community
    member: Member

    def quiz(self, quiz_id: str) -> Quiz | None:
        """A quiz of this community or of this person, whoever it belongs to."""

    def open_quiz(self) -> Quiz | None:
        """The newest open quiz of this person in this community."""

    def item(self, ref: Ref) -> Item | None:
        """A question as it was asked, kept by its hash."""

    def answer_of(self, instance: str) -> LogRow | None:
        """The newest answer of this person to this asked question, or their report of it."""

    def correction_of(self, instance: str) -> LogRow | None:
        """The newest correction of this person's answer to this asked question."""

    def memory(self, item: str, owner: str = "") -> Memory | None:
        """What the person retains of this question; the current question's costs no read."""

    def memories(self, items: Collection[str], owner: str = "") -> Mapping[str, Memory]:
        """Those of these questions of the bank, or of a community, that were shown, by id."""

    def candidates(self, refs: Collection[Ref], since: datetime) -> Candidates:
        """What is known of these questions, those shown since then among the met: one read."""

    def calibrated(self, ref: Ref) -> Params | None:
        """What answers have made of this question, None where it was never asked."""

    def suspects(self, limit: int) -> tuple[tuple[Ref, Params], ...]:
        """Questions of the bank and this community whose answers contradict their keys."""

    def due(self, before: datetime, areas: Collection[str], limit: int) -> tuple[Memory, ...]:
        """Questions due before then, the longest overdue first; no areas: of all areas."""

    def due_count(self, before: datetime) -> int:
        """How many questions are due."""

    def next_due(self, after: datetime) -> datetime | None:
        """When the next question comes back, then or later."""

    def days(self, since: date) -> tuple[DayCount, ...]:
        """Counted answers of the person since this local date, by date and area."""

    def board(self, scope: str, period: str, limit: int) -> Board:
        """The board of this community; people who opted out are left out."""

    def log(self, after: int = 0, limit: int = 1_000_000) -> tuple[LogRow, ...]:
        """The person's own log in the order of seq."""

    def export(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table with a person column that is this person's, as JSON values."""

    def save_person(self, person: Person) -> None: ...
    def save_community(self, community: Community) -> None: ...
    def save_member(self, member: Member) -> None: ...
    def save_quiz(self, quiz: Quiz) -> None: ...
    def keep(self, item: Item) -> None:
        """Keep a question by its hash, so that it can be shown for ever."""

    def remember(self, memory: Memory) -> None: ...
    def append(self, row: LogRow) -> None:
        """Append to the person's log; the store gives seq and chain and moves the person's head."""

    def gain(self, gain: Gain) -> None: ...
    def post(self, post: Post) -> None:
        """Put a post into the outbox; a post with a known dedupe id is not put there again."""

    def schedule(self, due: Due) -> None: ...
    def unschedule(self, due_id: str) -> None: ...
    def forget(self) -> None:
        """Delete every row of the person (at commit, for good: also from the write-ahead log)."""


class Store(Protocol):
    """A database."""

    async def run(self, origin: Origin, work: Callable[[Tx], Reply], *, quiz: str = "") -> Reply:
        """Run `work` in one transaction and keep its reply under `origin.key`.

        A key that was seen before gives the kept reply, and `work` is not called. Durable when it
        returns. Raises Busy when the work could not begin within 2 s; what `work` raises rolls
        everything back and is raised here.
        """

    async def look(self, origin: Origin, work: Callable[[Tx], T], *, quiz: str = "") -> T:
        """Run `work` on what is stored; saving anything in it is an error."""

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[Due, ...]:
        """Due rows that nobody else holds, held until `now + lease`."""

    async def next_due(self, platforms: Collection[str] = ()) -> datetime | None:
        """The earliest time of any due row, or post waiting for these, that nobody holds."""

    def watch(self, wake: Callable[[], None]) -> None:
        """Call this, from any thread, after each commit that wrote due work or posts."""

    async def claim_outbox(
        self, platform: str, now: datetime, limit: int, lease: timedelta
    ) -> tuple[Outgoing, ...]:
        """Posts to be sent, oldest first, one target's in order, held until `now + lease`."""

    async def sent(self, outgoing_id: str, message: Message) -> None:
        """Record that a post became this message."""

    async def unsent(
        self, outgoing_id: str, again: datetime | None, why: str, *, counts: bool = True
    ) -> None:
        """Record a failed attempt; None gives it up for good.

        Where a platform only asked for patience it does not count among `tries`.
        """

    async def calibrate(self, fold: Fold, limit: int) -> int:
        """Fold the next answers into what is believed of their questions; how many.

        In the order in which they were committed, each once; one process at a time does it.
        """

    async def sweep(self, before: datetime) -> int:
        """Delete kept replies and finished posts older than that (25 h at least); how many."""

    async def close(self) -> None:
        """Finish what has begun, checkpoint, release the lock."""

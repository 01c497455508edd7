"""The values that belong to a community: its settings, challenges, games and what it keeps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bot.chat.posts import Message
from bot.grading.verdict import Response
from bot.store.rows import Asked
from questions.model import Item, Level, Ref, Type

DailyState = Literal["open", "closed", "withdrawn", "skipped"]
PostingState = Literal["waiting", "posted", "lost"]
GameState = Literal["open", "done", "stopped"]
ProposalState = Literal["waiting", "accepted", "declined"]
AppealState = Literal["open", "upheld", "declined"]
PRESSED: tuple[Type, ...] = ("single", "output", "multi")  # answered by pressing letters
DAILY_TYPES: tuple[Type, ...] = ("single", "output", "numeric", "short")
GAME_TYPES: tuple[Type, ...] = PRESSED
WORKDAYS = (0, 1, 2, 3, 4)
LADDER: tuple[Level, ...] = ("junior", "junior", "mid", "mid", "senior", "mid", "mid")


class Challenge(Struct, frozen=True, kw_only=True):
    """A daily challenge: when, where and what it asks.

    `at` is "09:00" in `zone`, `weekdays` from Monday 0, `levels` one for each weekday. `reveal` is
    "next" (the moment the next one is posted), a time of the same day ("17:00") or hours after the
    post ("+24"). `places` are external ids, `lost` those that refused a post: told once, not tried
    again until an admin chooses them anew. `queue` are ids of questions to ask first.
    """

    id: str
    community: str
    at: str = "09:00"
    zone: str = "UTC"
    weekdays: tuple[int, ...] = WORKDAYS
    areas: tuple[str, ...] = ()
    levels: tuple[Level, ...] = LADDER
    types: tuple[Type, ...] = DAILY_TYPES
    reveal: str = "next"
    places: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    paused: bool = False
    ended: bool = False
    skips: tuple[date, ...] = ()
    queue: tuple[str, ...] = ()
    by: str  # external id of whoever changed it last and is told what goes wrong, '' for nobody
    since: datetime


class Daily(Struct, frozen=True, kw_only=True):
    """The one question of a challenge on one local date; unique by (challenge, day).

    Its answers are rows of the log under the instance `id`. `asked` is None where the day was
    skipped: `why` is "late" where the bot was not running, "empty" where no question fitted. Of a
    withdrawn one `why` is the admin's reason. `answered` and `right` are counted when it closes.
    `ahead` is how far the platform's clock is ahead of ours, in seconds; `edits` counts the times
    its posts were drawn anew.
    """

    id: str
    challenge: str
    community: str
    day: date
    state: DailyState = "open"
    asked: Asked | None = None
    area: str = ""
    posted: datetime
    reveal: datetime | None = None  # None: with the next one
    answered: int = 0
    right: int = 0
    why: str = ""
    ahead: float = 0.0
    edits: int = 0

    @property
    def ref(self) -> Ref | None:
        """The question, None where there is none."""
        return self.asked.ref if self.asked else None


class Posting(Struct, frozen=True, kw_only=True):
    """The ledger: a daily in one place; unique by (challenge, place, day).

    `shown` is the number of answers that the post shows now.
    """

    challenge: str
    place: str
    day: date
    daily: str
    community: str
    state: PostingState = "waiting"
    message: Message | None = None
    shown: int = 0


class Game(Struct, frozen=True, kw_only=True):
    """A game in a place; one is open there at a time.

    Question n has its answers in the log under the instance `id.n`. `opened` is the platform's
    time at which the question could be read, None until then; `ends` is ours. `silent` counts
    questions in a row that nobody answered. `ahead` is how far the platform's clock is ahead of
    ours, in seconds. `players` have answered one of the last two questions, `words` are what was
    asked for.
    """

    id: str
    community: str
    place: str
    starter: str  # person id
    starter_name: str = ""
    state: GameState = "open"
    title: str = ""
    words: str = ""
    asked: tuple[Asked, ...] = ()
    at: int = 0
    closed: bool = False  # question `at` is over, its split is shown
    opened: datetime | None = None
    ends: datetime | None = None
    ahead: float = 0.0
    silent: int = 0
    players: int = 0
    message: Message | None = None
    started: datetime


class Report(Struct, frozen=True, kw_only=True):
    """What a person says is wrong with a question; one for each person and question."""

    person: str
    community: str
    ref: Ref
    reason: str
    at: datetime
    reviewed: bool = False


class Hidden(Struct, frozen=True, kw_only=True):
    """A question that is not drawn in this community: reported by three, or withdrawn."""

    community: str
    owner: str
    item: str
    why: str
    by: str = ""  # person id of the admin, '' where reports did it
    at: datetime


class Proposal(Struct, frozen=True, kw_only=True):
    """A question that a person proposes; drawn in this community alone, once accepted."""

    id: str
    community: str
    person: str
    external: str
    at: datetime
    state: ProposalState = "waiting"
    item: Item
    why: str = ""


class Audit(Struct, frozen=True, kw_only=True):
    """One thing that an admin, or the bot itself (person ''), did in a community."""

    community: str
    person: str
    name: str = ""
    at: datetime
    what: str  # a word that views turn into a sentence
    about: str = ""
    id: int = 0  # given by the store


class Total(Struct, frozen=True):
    """A kept score summed over people: how many have it, their answers and right ones."""

    scope: str
    people: int
    answers: int
    right: int


class Appeal(Struct, frozen=True, kw_only=True):
    """A person says that an answer of theirs was right; one for each answer.

    `instance` is what was asked, as the log has it. `form` is the answer's normal form: all
    answers of one form to a question are decided together. `late` once the person was told that
    nobody has decided.
    """

    id: str
    community: str
    person: str
    external: str
    instance: str
    ref: Ref
    response: Response
    form: str
    reason: str = ""
    at: datetime
    state: AppealState = "open"
    why: str = ""
    late: bool = False


class Alias(Struct, frozen=True, kw_only=True):
    """An answer that this community accepts besides those of the question's author."""

    community: str
    ref: Ref
    form: str
    text: str = ""  # what was typed; '' where something was chosen
    by: str = ""  # person id of the admin, '' where the operator did it
    at: datetime


class Refusal(Struct, frozen=True):
    """An answer to a question that did not count as right when it was given."""

    person: str
    external: str
    data: bytes

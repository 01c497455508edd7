"""The values that cross the storage line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.days import ROLLOVER
from bot.grading.verdict import Response, Verdict
from bot.learning.items import Params
from bot.learning.memory import Felt
from bot.learning.state import Ability
from bot.store.rules import Rules
from bot.streaks import Change, Span, Streak
from questions.model import Level, Ref, Type

Kind = Literal[
    "answer",
    "draft",
    "correction",
    "zone",
    "rest",
    "freeze",
    "ease",
    "link",
    "unlink",
    "report",
    "claim",  # "I did say that": a point of an open answer, kept apart from its score
    "follow",  # what was said to a follow-up question, for practice
]
QuizKind = Literal["quiz", "interview"]
QuizState = Literal["open", "waiting", "done", "stopped", "replaced"]  # interviews are waiting
Sure = Literal["", "sure", "think", "guess"]
DueKind = Literal[
    "reminder",
    "daily",
    "reveal",
    "refresh",
    "game",
    "repair",
    "winners",
    "digest",
    "appeal",
    "regrade",
]


class News(Struct, frozen=True):
    """What has changed for a person since they were here: told once."""

    about: str  # the question, in a line
    points: int  # more than before


class Plan(Struct, frozen=True):
    """What somebody prepares for: a role, a level and the date of the interview."""

    role: str
    level: Level
    on: date
    since: date


class Settings(Struct, frozen=True, kw_only=True):
    """What a person has chosen; '' and None mean: as the community has it."""

    zone: str = ""
    day_start: int = ROLLOVER
    rest: tuple[int, ...] | None = None  # weekdays, Monday is 0
    away: tuple[Span, ...] = ()  # vacations, the next one first
    level: Level | Literal[""] = ""
    remind_at: str = ""  # "18:00" in the person's zone; '' is never
    asked: tuple[str, ...] = ()  # what the end card has asked and need not ask again
    interviews: tuple[str, ...] = ()  # ids of the last ones, the newest first
    plan: Plan | None = None
    blind: bool = False  # options are hidden until asked for
    ease: bool = False  # Hard and Easy stand under a right answer
    news: tuple[News, ...] = ()  # not chosen: it waits here until the next card tells it


class Person(Struct, frozen=True, kw_only=True):
    """One person across communities.

    `head` is the hash of the newest log row, `seq` its number: the chain of this person.
    """

    id: str
    external: str
    settings: Settings = Settings()
    ability: Ability = Ability()
    streak: Streak = Streak()
    answers: int = 0
    seq: int = 0
    head: str = ""
    since: datetime


class Community(Struct, frozen=True, kw_only=True):
    """The wall between tenants; direct messages have the personal one, whose id is '@' + person."""

    id: str
    external: str = ""
    zone: str = "UTC"
    rest: tuple[int, ...] = ()
    level: str = ""
    rules: Rules = Rules()

    @property
    def personal(self) -> bool:
        """Whether it has no board and no other people."""
        return self.id.startswith("@")


class Member(Struct, frozen=True, kw_only=True):
    """A person in a community: the name shown on its boards, and whether it is shown at all."""

    name: str = ""
    hidden: bool = False
    told: bool = False  # "You will be on the board" has been said
    chosen: bool = False  # the name was chosen here; else it follows the platform's


class Asked(Struct, frozen=True, kw_only=True):
    """One question of a quiz.

    `order` maps what is shown to what was authored: for choices, steps and right sides, one
    permutation for each step of a case, one else. `picked` are authored indices chosen so far
    (toggled, sequenced, joined, or one for each decided step of a case). `turn` counts follow-ups.
    """

    ref: Ref
    type: Type
    why: str = "new"  # the reason of the pick, a word that views turn into a sentence
    order: tuple[tuple[int, ...], ...] = ()
    issued: datetime | None = None
    step: int = 0
    turn: int = 0
    picked: tuple[int, ...] = ()
    hint: bool = False
    hinted: str = ""  # the hint itself, where it took a run to know it
    verdict: Verdict | None = None
    response: Response | None = None
    comes_back: datetime | None = None
    sure: Sure = ""  # how sure the person said to be; asked in interviews only
    params: Params | None = None  # of the question when it was drawn; None: those of its level
    blind: bool = False  # its options are hidden still
    felt: Felt = ""  # how a right answer felt, as the person said
    claimed: tuple[int, ...] = ()  # points of the rubric that the person says were said
    followed: tuple[str, ...] = ()  # what was said to its follow-ups so far, '' where passed
    changes: tuple[Change, ...] = ()  # what answering it changed of the person's streak


class Quiz(Struct, frozen=True, kw_only=True):
    """A run of questions, or an interview (its `words` are the role, it waits beside a quiz).

    `person` is '' where anybody may answer (a question shared in a place). `at` is the index of
    the question that is asked now, equal to `len(asked)` when all are done.
    """

    id: str
    person: str
    community: str
    place: str
    state: QuizState = "open"
    title: str = ""
    words: str = ""
    asked: tuple[Asked, ...] = ()
    at: int = 0
    started: datetime
    touched: datetime
    onboarding: bool = False
    kind: QuizKind = "quiz"


class LogRow(Struct, frozen=True, kw_only=True):
    """One fact from which a person's state is derived; never changed.

    Unique by (instance, person, step, turn). `data` is JSON of an `Answer` or of what `kind` needs.
    `corrects` is the seq of the row this one corrects.
    """

    kind: Kind
    instance: str
    step: int = 0
    turn: int = 0
    person: str
    external: str
    community: str
    at: datetime
    ours: bool
    day: date
    ref: Ref | None = None
    area: str = ""
    right: bool = False
    points: int = 0
    counted: bool = True  # whether it counts for boards and statistics (a close answer does not)
    data: bytes = b"{}"
    corrects: int = 0
    seq: int = 0  # given by the store: 1, 2, 3 ... for each person
    chain: str = ""  # given by the store: sha256 of the previous row's chain and this row

    def mended(self, by: LogRow | None) -> LogRow:
        """The row as it counts, with its newest correction standing in its place."""
        return replace(self, right=by.right, points=by.points, data=by.data) if by else self


class Answer(Struct, frozen=True, kw_only=True):
    """What the log keeps of an answer, enough to fold it again without grading."""

    response: Response
    verdict: Verdict
    order: tuple[tuple[int, ...], ...] = ()
    issued: datetime
    hint: bool = False
    level: str = ""
    topic: str = ""
    type: str = ""
    guess: float = 0.0  # chance of a right answer without knowledge, used by the filter
    difficulty: float = 0.0  # the item's difficulty, of rows that have no `params`
    params: Params | None = None  # what the filter took the question for
    recall: float = 0.0  # how surely this very question was still remembered
    skill: float = 0.0  # what it believed of the person in this topic before: mean and variance
    skill_var: float = 0.0  # 0 in rows that do not say
    hasty: bool = False  # faster than anybody reads: it counts as a day and tells nothing
    periods: tuple[str, ...] = ()  # of the community's boards, in its zone of that moment
    scopes: tuple[str, ...] = ("all",)  # of its boards: all, and a challenge's channel
    rest: tuple[int, ...] = ()  # rest days that were in force
    zone: str = ""  # in force, with the hour at which days began; '' before there was a ledger
    start: int = 0
    notes: tuple[Change, ...] = ()  # what was said of the date it counts for
    streak: int = 0  # days of the run that this answer's day lengthened; 0 on a rest day
    sure: Sure = ""  # as the person said, in an interview
    void: bool = False  # of a withdrawn question: full points, and it tells nothing of the person
    shared: bool = False  # to a daily or a game: it uses up no practice (rows before say nothing)
    unsettled: bool = False  # appealed: it tells nothing of the person until that is decided

    @property
    def telling(self) -> bool:
        """Whether it tells anything of what the person knows."""
        return not (self.void or self.unsettled or self.hasty)


UNNAMED = "?"  # of a wrong answer that betrays no misconception


class Memory(Struct, frozen=True, kw_only=True):
    """What a person retains of one question; kept by (person, owner, item).

    `due` is None while it was shown but never answered. Stability in days, difficulty 1 to 10
    (FSRS-6). `missed` is the misconception of a last answer that was wrong, UNNAMED where it had
    none, '' after a right one; `recalls` counts the right ones since.
    """

    item: str
    area: str
    topic: str
    shown: datetime
    due: datetime | None = None
    last: datetime | None = None
    last_day: date | None = None  # the local date of `last`: stability changes once a day
    stability: float = 0.0
    difficulty: float = 0.0
    reps: int = 0
    lapses: int = 0
    missed: str = ""
    recalls: int = 0
    owner: str = ""


class Due(Struct, frozen=True, kw_only=True):
    """Work that has a time; `id` is its own for ever, a new time replaces the old one.

    It is done in the name of the person with the external id `external` ('': nobody's, the bot's
    own work), in the community with the external id `within` ('': the person's own affairs).
    """

    id: str
    kind: DueKind
    at: datetime
    person: str = ""
    external: str = ""
    within: str = ""
    community: str = ""
    place: str = ""
    data: bytes = b"{}"


class Outgoing(Struct, frozen=True, kw_only=True):
    """A claimed outbox row; `tries` counts the earlier attempts."""

    id: str
    post: bytes  # JSON of a bot.chat.posts.Post
    platform: str
    tries: int = 0

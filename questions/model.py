"""What a question is: frozen values that the loader builds and the graders read."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

Level = Literal["junior", "mid", "senior"]
Type = Literal[
    "single",
    "multi",
    "output",
    "numeric",
    "short",
    "order",
    "match",
    "sql",
    "regex",
    "open",
    "case",
]
LEVELS: tuple[Level, ...] = ("junior", "mid", "senior")
TYPES: tuple[Type, ...] = (
    "single",
    "multi",
    "output",
    "numeric",
    "short",
    "order",
    "match",
    "sql",
    "regex",
    "open",
    "case",
)

UNPROVEN: Final = (
    "unproven"  # the kind of proof of a question that was imported and that nobody checked
)


class Source(Struct, frozen=True):
    """Where the statement can be read: a title, a section in it and an https address."""

    title: str
    section: str
    url: str


class Proof(Struct, frozen=True):
    """How the key was established; `kind` as in docs/authors.md."""

    kind: str
    code: str = ""
    readers: tuple[str, ...] = ()
    date: str = ""
    section: str = ""
    note: str = ""


class Option(Struct, frozen=True):
    """One choice of a single, multi, output or case question."""

    text: str
    right: bool
    why: str
    misconception: str = ""


class Choice(Struct, frozen=True, tag=True):
    """single and output have one right option, multi (`many`) at least one."""

    options: tuple[Option, ...]
    many: bool = False


class KnownWrong(Struct, frozen=True):
    """A number that a named misconception leads to."""

    value: str
    why: str
    misconception: str = ""


class Number(Struct, frozen=True, tag=True):
    """A typed number; `answer` and `tolerance` (absolute) are decimal strings."""

    answer: str
    tolerance: str
    unit: str
    known_wrong: tuple[KnownWrong, ...]


class NearMiss(Struct, frozen=True):
    """Wrong answers that deserve an explanation of their own."""

    answers: tuple[str, ...]
    why: str
    misconception: str = ""


class Short(Struct, frozen=True, tag=True):
    """A typed word or command; `answers[0]` is the one that is shown."""

    answers: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]


class Pitfall(Struct, frozen=True):
    """Why the steps with these 1-based numbers may not change places."""

    swap: tuple[int, int]
    why: str
    misconception: str = ""


class Order(Struct, frozen=True, tag=True):
    """Steps in their right order; `constraints` are 1-based (before, after) pairs."""

    steps: tuple[str, ...]
    constraints: tuple[tuple[int, int], ...]
    pitfalls: tuple[Pitfall, ...]


class Pair(Struct, frozen=True):
    """A left side and the right side that belongs to it."""

    left: str
    right: str


class Match(Struct, frozen=True, tag=True):
    """Pairs to be joined, and right sides that belong to none."""

    pairs: tuple[Pair, ...]
    extra_right: tuple[str, ...]


class Fixture(Struct, frozen=True):
    """Rows (SQL script) on which queries are run; the first fixture of an item is shown."""

    name: str
    rows: str


class MustFail(Struct, frozen=True):
    """A wrong query or pattern that at least one fixture or string must unmask."""

    query: str
    why: str
    misconception: str


class Sql(Struct, frozen=True, tag=True):
    """A query to write; compared as lists when `ordered`, else as multisets of rows."""

    schema: str
    fixtures: tuple[Fixture, ...]
    ordered: bool
    solution: str
    must_fail: tuple[MustFail, ...]
    dialect: str = "sqlite"


class Regex(Struct, frozen=True, tag=True):
    """A pattern to write, used with Python's `re.fullmatch`."""

    accept: tuple[str, ...]
    reject: tuple[str, ...]
    solution: str
    must_fail: tuple[MustFail, ...]


class Point(Struct, frozen=True):
    """One thing a good open answer says; a said misconception vetoes the point."""

    point: str
    weight: int
    phrasings: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()


class Open(Struct, frozen=True, tag=True):
    """A prompt an interviewer would say, with the rubric by which an answer is read.

    A `story` asks for one's own work: it has no wrong facts, and nobody foresees its words.
    """

    rubric: tuple[Point, ...]
    red_flags: tuple[str, ...]
    model_answer: str
    follow_ups: tuple[str, ...]
    story: bool = False


class Step(Struct, frozen=True):
    """One decision of a case; a wrong option's `why` is the consequence."""

    ask: str
    options: tuple[Option, ...]


class Case(Struct, frozen=True, tag=True):
    """An incident in several steps, each with one right option."""

    steps: tuple[Step, ...]


Body = Choice | Number | Short | Order | Match | Sql | Regex | Open | Case


class Code(Struct, frozen=True):
    """A program that stands below the prompt."""

    text: str
    language: str
    version: str = ""


class Ref(Struct, frozen=True):
    """Names a question for ever: owner ('' the bank), id, content hash, seed ('' not drawn)."""

    owner: str
    id: str
    hash: str
    seed: str = ""


class Item(Struct, frozen=True):
    """A question of the bank, or one draw of a template (`seed` set, `id` the template's)."""

    id: str
    area: str
    topic: str
    level: Level
    type: Type
    prompt: str
    body: Body
    explain: str
    sources: tuple[Source, ...]
    proof: Proof
    hash: str = ""
    code: Code | None = None
    hints: tuple[str, ...] = ()
    fixed_order: bool = False
    minutes: int = 0
    retired: bool = False
    replaced_by: str = ""
    reviewed: str = ""
    owner: str = ""
    seed: str = ""

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen; nothing where there are several steps or something to type."""
        return self.body.options if isinstance(self.body, Choice) else ()

    @property
    def ref(self) -> Ref:
        """The reference that rows of the log keep."""
        return Ref(self.owner, self.id, self.hash, self.seed)

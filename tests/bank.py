"""A small bank of our own for tests: one question of each type, never changing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count

from msgspec.structs import replace

from bot.features.feature import Kit
from bot.features.table import features
from questions import areas
from questions.areas import Areas
from questions.collection import Collection
from questions.model import (
    LEVELS,
    Body,
    Case,
    Choice,
    Code,
    Item,
    KnownWrong,
    Level,
    Match,
    NearMiss,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Pitfall,
    Point,
    Proof,
    Short,
    Source,
    Step,
    Type,
)

SOURCE = Source(
    "PostgreSQL documentation", "13.2.2", "https://www.postgresql.org/docs/current/mvcc.html"
)


def option(text: str, why: str, misconception: str = "") -> Option:
    return Option(text, not misconception, why, misconception)


def item(
    kind: Type, area: str, topic: str, level: Level, prompt: str, body: Body, explain: str
) -> Item:
    return Item(
        id=f"sample-{kind}",
        area=area,
        topic=topic,
        level=level,
        type=kind,
        prompt=prompt,
        body=body,
        explain=explain,
        sources=(SOURCE,),
        proof=Proof("read", readers=("writer", "second reader"), date="2026-11-22"),
        hash=f"hash-{kind}",
        code=Code("stock = [1, 2]\nprint(stock * 2)", "python", "3.11")
        if kind == "output"
        else None,
    )


SINGLE = item(
    "single",
    "databases",
    "isolation-levels",
    "senior",
    "PostgreSQL, REPEATABLE READ. Table redemption(coupon_id, user_id) has no unique\n"
    "constraint. Two transactions each count the redemptions of one coupon, see 0, insert\n"
    "one row, and commit. What happens?",
    Choice(
        (
            option(
                "Both succeed: the coupon is redeemed twice.",
                "Each works on its own snapshot and they write different rows.",
            ),
            option(
                "The second COMMIT fails with a serialization error.",
                "SERIALIZABLE would do that; here no row was changed by both.",
                "repeatable-read-is-serializable",
            ),
            option(
                "One is rolled back after a detected deadlock.",
                "Neither waits for the other, so there is no cycle.",
                "races-end-in-deadlock",
            ),
            option(
                "The second INSERT waits and then sees the first row.",
                "INSERTs of different rows do not wait for one another.",
                "count-locks-the-rows",
            ),
        )
    ),
    "Check-then-insert is safe only if the two collide: UNIQUE on coupon_id, FOR UPDATE on the\n"
    "coupon's row, or SERIALIZABLE with retries.",
)
MULTI = item(
    "multi",
    "security",
    "cookies-and-sessions",
    "mid",
    "A cookie has `Secure; HttpOnly; SameSite=Lax`. Choose every statement that holds.",
    Choice(
        (
            option("A link from another site sends it.", "Lax allows safe navigation."),
            option("It is never sent over plain HTTP.", "That is what Secure means."),
            option(
                "A script of the page reads it.",
                "HttpOnly hides it from scripts.",
                "httponly-means-https-only",
            ),
            option(
                "A form posted from another site sends it.",
                "Lax withholds it from cross-site POSTs.",
                "lax-means-off",
            ),
        ),
        many=True,
    ),
    "The attributes answer different questions: who reads it, over what, who causes it.",
)
OUTPUT = item(
    "output",
    "python",
    "collections-and-slicing",
    "junior",
    "What does this program print?",
    Choice(
        (
            option("[1, 2, 1, 2]", "A list times two is the list twice."),
            option("[2, 4]", "That would be numpy.", "list-times-is-elementwise"),
            option("[[1, 2], [1, 2]]", "The list is not nested.", "list-times-nests"),
        )
    ),
    "The operator repeats the sequence; it never computes with the elements.",
)
NUMERIC = item(
    "numeric",
    "system-design",
    "capacity-and-queues",
    "mid",
    "160 jobs arrive per second, each keeps a worker busy for 250 ms. How many workers\n"
    "keep the utilisation at or below 80 %?",
    Number(
        "50",
        "0",
        "workers",
        (
            KnownWrong("40", "40 are busy on average; with 40 there is no slack.", "plans-for-100"),
            KnownWrong("32", "The load is divided by 0.8, not multiplied.", "multiplies"),
        ),
    ),
    "Little's law: 160/s x 0.25 s = 40 busy workers; 40 / 0.8 = 50.",
)
SHORT = item(
    "short",
    "git",
    "undo-and-recovery",
    "junior",
    "You dropped a commit by `git reset --hard HEAD~1`. Which git command lists where HEAD\n"
    "has been?",
    Short(
        ("git reflog", "reflog", "git log -g"),
        (NearMiss(("git log",), "git log walks back from branches and tags.", "log-shows-all"),),
    ),
    "The reflog is the local diary of what HEAD pointed to.",
)
ORDER = item(
    "order",
    "databases",
    "schema-migrations",
    "senior",
    "`users.mail` becomes `users.email` without downtime. Put the steps in order.",
    Order(
        ("Add the column.", "Write both columns.", "Copy the old values.", "Read the new one."),
        ((1, 2), (2, 3), (3, 4)),
        (Pitfall((2, 3), "Rows written after the copy would have no email.", "copy-first"),),
    ),
    "Expand, migrate, contract: both shapes live together until nothing reads the old one.",
)
MATCH = item(
    "match",
    "linux",
    "processes-and-signals",
    "junior",
    "Match every exit status with what happened.",
    Match(
        (
            Pair("126", "Found, but not executable."),
            Pair("127", "No such command."),
            Pair("137", "Killed by SIGKILL."),
        ),
        ("Killed by SIGSEGV.",),
    ),
    "The shell reports 128 + n for a process that signal n ended.",
)
CASE = item(
    "case",
    "observability",
    "incident-diagnosis",
    "senior",
    "p99 jumps from 300 ms to 30 s. The pool is exhausted, the sessions are idle in\n"
    "transaction. A release asks a tax service during checkout.",
    Case(
        (
            Step(
                "What explains it?",
                (
                    option("Transactions wait for the tax service.", "They hold connections."),
                    option("The database is slow.", "Its CPU is idle.", "slow-is-the-database"),
                    option("Sessions block one another.", "None waits for a lock.", "locks-first"),
                ),
            ),
            Step(
                "What first?",
                (
                    option("Roll back the release.", "Reversible within minutes."),
                    option("Raise the pool size.", "More sessions sit idle.", "bigger-pool"),
                    option("Restart the database.", "Minutes later it is back.", "restart-cures"),
                ),
            ),
        )
    ),
    "Never hold a scarce resource across a call whose duration you do not control.",
)
OPEN = item(
    "open",
    "career",
    "presenting-your-work",
    "mid",
    '"You say your service takes a lot of load. How much, and how do you know?"',
    Open(
        (
            Point("Gives a number with a unit.", 2, ("requests per second", "jobs per second")),
            Point("Says how it was measured.", 2, ("measured with", "a load test")),
            Point("Names the bottleneck.", 1, ("the bottleneck was", "the limit was")),
        ),
        ("Only adjectives, no number.",),
        "It takes 420 requests per second at p99 180 ms, measured with a load test for 15 "
        "minutes; the bottleneck was one INSERT per item.",
        ("What breaks next?", "How would you double it?"),
    ),
    "Interviewers ask for numbers to hear whether you measured.",
)
ITEMS = (SINGLE, MULTI, OUTPUT, NUMERIC, SHORT, ORDER, MATCH, CASE, OPEN)
BY_TYPE = {one.type: one for one in ITEMS}
NAMED = {"repeatable-read-is-serializable": "You take REPEATABLE READ for SERIALIZABLE."}
COMMANDS = frozenset(spec.name for one in features() for spec in one.commands)


def many(number: int = 60) -> tuple[Item, ...]:
    """As many questions to press as wanted, over areas and levels, each with its own id."""
    places = (("databases", "isolation-levels"), ("security", "cookies-and-sessions"))
    return tuple(
        replace(
            SINGLE,
            id=f"many-{n}",
            hash=f"many{n}",
            area=places[n % 2][0],
            topic=places[n % 2][1],
            level=LEVELS[n % 3],
        )
        for n in range(number)
    )


def collection(items: tuple[Item, ...] = ITEMS) -> Collection:
    """These questions with the real areas, and no templates."""
    return Untemplated(items, known_areas(), NAMED)


@cache
def known_areas() -> Areas:
    """The real areas, read once: it takes longer than a test's stage."""
    return areas.load()


class Untemplated(Collection):
    """A collection that draws only what it was given."""

    def templates(self, area: str, topic: str = "") -> tuple[tuple[str, Level], ...]:
        """None: what is asked in these tests is written here."""
        return ()


def ids(prefix: str = "q") -> Callable[[], str]:
    """Ids in order: q1, q2, q3 ..."""
    numbers: Iterator[int] = count(1)
    return lambda: f"{prefix}{next(numbers)}"


def kit(
    questions: Collection | None = None,
    new_id: Callable[[], str] | None = None,
    seed: str | None = "fixed",
) -> Kit:
    """A kit whose draws are the same every time; with no seed they follow the event key."""
    held = questions or collection()
    return Kit(
        bank=lambda _community: held,
        rng=lambda key: random.Random(seed if seed is not None else key),
        new_id=new_id or ids(),
        words=COMMANDS,
    )

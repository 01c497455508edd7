"""Samples of questions that are run: verdicts on a query and a pattern, what they explain."""

from __future__ import annotations

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.grading.grade import grade
from bot.grading.regex import Matches, Tried
from bot.grading.sql import Outcome, Ran, Row, Table
from bot.grading.verdict import Response, Verdict
from bot.views import explained, verdict
from tests import jailed_items
from tests.sampling.asked import NOW, answered

COLUMNS = ("name", "active")
HOSTILE = "<!here> ```@everyone https://evil.example"


def outcome(*rows: Row, columns: tuple[str, ...] = COLUMNS) -> Outcome:
    """A table of these rows."""
    return Outcome(Table(columns, rows))


EXPECTED = (
    outcome(("Chess", 2), ("Rowing", 0)),
    outcome(("Dance", 0)),
    outcome(("Go", 1)),
)
COUNTED_STAR = (
    outcome(("Chess", 2), ("Rowing", 1)),
    outcome(("Dance", 1)),
    outcome(("Go", 1)),
)
COUNTED_ALL = (
    outcome(("Chess", 3), ("Rowing", 0)),
    outcome(("Dance", 0)),
    outcome(("Go", 2)),
)


def queried(*mine: Outcome, text: str = "select 1") -> Verdict:
    """The verdict on a query with these outcomes."""
    ran = Ran(mine, EXPECTED, (COUNTED_STAR, COUNTED_ALL))
    return grade(jailed_items.SQL, Response(text=text), ran=ran)


def matched(*found: bool) -> Verdict:
    """The verdict on a pattern that took these strings."""
    every_digit = (True,) * 4 + (True, *(False,) * 7)
    every_script = (True,) * 4 + (*(False,) * 7, True)
    wrong = (Matches(every_digit), Matches(every_script))
    return grade(jailed_items.REGEX, Response(text="[0-9]{2}"), ran=Tried(Matches(found), wrong))


def cards(here: Reader) -> dict[str, Card]:
    """A verdict of each way in which an answer that is run may end."""
    query = "select name, count(*) from club"
    wide = tuple((f"{HOSTILE} {n}", None, "x" * 60, n / 3, n) for n in range(12))
    told = {
        "sql-right": queried(*EXPECTED, text="select \u2018x\u2019"),
        "sql-shown": queried(*COUNTED_STAR),
        "sql-hidden": queried(EXPECTED[0], EXPECTED[1], COUNTED_ALL[2]),
        "sql-columns": queried(
            outcome(*wide, columns=("a", HOSTILE, "c", "d", "e")), *EXPECTED[1:]
        ),
        "sql-order": queried(outcome(("Rowing", 0), ("Chess", 2)), *EXPECTED[1:]),
        "sql-stopped": queried(*(Outcome(stopped="time"),) * 3),
    }
    found = {
        f"verdict-{name}": verdict.card(
            here, answered(jailed_items.SQL, Response(text=query), outcome), NOW
        )
        for name, outcome in told.items()
    }
    wrong = matched(*(True,) * 5, *(False,) * 7)
    takes_more = matched(*(True,) * 4, *(False,) * 5, True, False, False)
    pattern = Response(text="[0-9]{2}")
    return found | {
        "verdict-sql-unknown": verdict.card(
            here, answered(jailed_items.SQL, Response(), Verdict(mark="unknown")), NOW
        ),
        "verdict-regex": verdict.card(here, answered(jailed_items.REGEX, pattern, wrong), NOW),
        "verdict-regex-class": verdict.card(
            here, answered(jailed_items.REGEX, pattern, takes_more), NOW
        ),
        "explained-sql": explained.card(
            here, answered(jailed_items.SQL, Response(text=query), told["sql-shown"])
        ),
    }


def forms(_here: Reader) -> dict[str, Form]:
    """None of its own: a typed question's form stands with the others."""
    return {}

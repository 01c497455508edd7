"""Proofs of a query: it runs on every fixture, and each wrong query differs on one of them."""

from __future__ import annotations

import msgspec

from questions.model import Item, Sql
from questions.proofs.outcome import Outcome, failed, passed
from questions.proofs.python import script
from questions.proofs.runtimes import Runtimes

_HARNESS = """
import json, sqlite3, sys
from collections import Counter
given = json.load(sys.stdin)
def rows(fixture, query):
    base = sqlite3.connect(":memory:")
    base.executescript(given["schema"] + "\\n;" + fixture)
    base.execute("pragma query_only = 1")
    found = base.execute(query).fetchall()
    return found if given["ordered"] else Counter(found)
def differs(query):
    for fixture, want in zip(given["fixtures"], wanted):
        try:
            if rows(fixture, query) != want:
                return True
        except sqlite3.Error:
            return True
    return False
wanted = [rows(fixture, given["solution"]) for fixture in given["fixtures"]]
passing = [number for number, query in enumerate(given["wrong"]) if not differs(query)]
print(json.dumps([any(wanted), passing]))
"""


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run all queries of the item; the wrong ones are its mutants."""
    if not isinstance(item.body, Sql):
        return failed("proof 'sqlite' is for items of type sql")
    body = item.body
    given = {
        "schema": body.schema,
        "fixtures": [fixture.rows for fixture in body.fixtures],
        "ordered": body.ordered,
        "solution": body.solution,
        "wrong": [wrong.query for wrong in body.must_fail],
    }
    ran = script(runtimes, _HARNESS, given)
    if ran.status != 0:
        return failed(f"the solution does not run: {ran.reason}", "solution")
    any_row, passing = msgspec.json.decode(ran.out, type=tuple[bool, list[int]])
    if not any_row:
        return failed(
            "the solution gives no row on any fixture: add rows that it finds", "fixtures"
        )
    for number in passing:
        name = body.must_fail[number].misconception
        text = f"the wrong query '{name}' passes: add a fixture that unmasks it"
        return failed(text, "must_fail", number, "query")
    return passed("sqlite")

"""Proofs of a pattern: it takes what it should, and each wrong pattern errs on a string."""

from __future__ import annotations

import msgspec

from questions.model import Item, Regex
from questions.proofs.outcome import Outcome, failed, passed
from questions.proofs.python import script
from questions.proofs.runtimes import Runtimes

_HARNESS = """
import json, re, sys
given = json.load(sys.stdin)
def errors(text):
    pattern = re.compile(text)
    return [s for s in given["accept"] if not pattern.fullmatch(s)] + [
        s for s in given["reject"] if pattern.fullmatch(s)]
def passes(text):
    try:
        return not errors(text)
    except re.error:
        return False
passing = [number for number, text in enumerate(given["wrong"]) if passes(text)]
print(json.dumps([errors(given["solution"]), passing]))
"""


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Try all patterns of the item with `re.fullmatch`; the wrong ones are its mutants."""
    if not isinstance(item.body, Regex):
        return failed("proof 'regex' is for items of type regex")
    body = item.body
    given = {
        "accept": body.accept,
        "reject": body.reject,
        "solution": body.solution,
        "wrong": [wrong.query for wrong in body.must_fail],
    }
    ran = script(runtimes, _HARNESS, given)
    if ran.status != 0:
        return failed(f"the solution is no usable pattern: {ran.reason}", "solution")
    errors, passing = msgspec.json.decode(ran.out, type=tuple[list[str], list[int]])
    if errors:
        return failed(f"the solution is wrong on {', '.join(map(repr, errors[:3]))}", "solution")
    for number in passing:
        name = body.must_fail[number].misconception
        text = f"the wrong pattern '{name}' passes: add a string that unmasks it"
        return failed(text, "must_fail", number, "query")
    return passed("python")

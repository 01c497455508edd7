"""Proofs in Python: the code derives the answer and compares it with KEY and WRONG."""

from __future__ import annotations

import msgspec

from questions.model import Item
from questions.proofs.coded import each
from questions.proofs.mutants import Variant
from questions.proofs.outcome import Outcome
from questions.proofs.runtimes import Ran, Runtimes

_HARNESS = """
import json, sys
given = json.load(sys.stdin)
code = compile(given.pop("code"), "proof", "exec", dont_inherit=True)
exec(code, {"__name__": "__main__", **given})
"""


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run the proof in this interpreter, isolated (-I), once for the key and once a mutant."""

    def run(variant: Variant) -> Ran:
        given = {"code": item.proof.code, "KEY": variant.key, "WRONG": variant.wrong}
        return script(runtimes, _HARNESS, given)

    return each(item, "python", run)


def script(runtimes: Runtimes, text: str, given: object) -> Ran:
    """Run a Python text with a value as JSON on its standard input."""
    data = msgspec.json.encode(given).decode()
    return runtimes.run(["python", "-I", "-c", text], given=data)

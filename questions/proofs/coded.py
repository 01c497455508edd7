"""Proofs by an author's code, which must hold for the key and for nothing in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from questions.model import Item
from questions.proofs.mutants import Variant, mutants, original
from questions.proofs.outcome import Outcome, failed, passed
from questions.proofs.runtimes import Ran

# Where in the proof it happened: Python's trace ends there, that of Node.js begins there.
_PYTHON = re.compile(r'File "proof", line (\d+)')
_NODE = re.compile(r"proof\.js:(\d+)")


def each(item: Item, runtime: str, run: Callable[[Variant], Ran]) -> Outcome:
    """Run the code on the item and on every mutant of it, and says which one survives."""
    first = run(original(item))
    if first.status != 0:
        return failed(f"the proof fails: {first.reason}", line=_line(first))
    for mutant in mutants(item):
        ran = run(mutant)
        if ran.status is None:
            return failed(f"with {mutant.name} the proof {ran.reason}")
        if ran.status == 0:
            text = f"the proof also passes with {mutant.name}, so that it counts as 'read'"
            return failed(f"{text}: derive the answer and compare it with KEY")
    return passed(runtime)


def _line(ran: Ran) -> int:
    found = _PYTHON.findall(ran.err)[-1:] or _NODE.findall(ran.err)[:1]
    return int(found[0]) if found else 0

"""Proofs in JavaScript, run by Node.js: an exception says that KEY is wrong."""

from __future__ import annotations

import msgspec

from questions.model import Item
from questions.proofs.coded import each
from questions.proofs.mutants import Variant
from questions.proofs.outcome import Outcome, not_run
from questions.proofs.runtimes import Ran, Runtimes

# All on the first line, so that the lines of the proof keep their numbers. A promise that is
# never settled would end the program with 0, hence the exit code that only the end takes back.
_HEAD = "process.exitCode = 9; const KEY = %s, WRONG = %s; (async () => { %s\n"
_TAIL = "process.exitCode = 0; })().catch(e => { console.error(e); process.exit(1); });\n"


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run the proof as the body of an async function; `require` and `await import()` work."""
    if not runtimes.has("node"):
        return not_run("node")

    def run(variant: Variant) -> Ran:
        key, wrong = (msgspec.json.encode(part).decode() for part in (variant.key, variant.wrong))
        text = _HEAD % (key, wrong, item.proof.code) + _TAIL
        return runtimes.run(["node", "proof.js"], files={"proof.js": text})

    return each(item, "node", run)

"""All proofs of a bank: two at a time, and only what changed since it was proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from questions.loading import Entry
from questions.mistakes import Mistake
from questions.model import UNPROVEN, Item
from questions.proofs import (
    bash,
    node,
    order,
    postgres,
    python,
    read,
    regex,
    rubric,
    run,
    sqlite,
    unproven,
)
from questions.proofs.lock import Held, proof_hash
from questions.proofs.outcome import Outcome, failed
from questions.proofs.runtimes import Runtimes
from questions.yamltext import Table, Text

WORKERS = 2
PROOFS: dict[str, Callable[[Item, Runtimes], Outcome]] = {
    "run": run.prove,
    "sqlite": sqlite.prove,
    "regex": regex.prove,
    "order": order.prove,
    "rubric": rubric.prove,
    "python": python.prove,
    "bash": bash.prove,
    "node": node.prove,
    "postgres": postgres.prove,
    "read": read.prove,
    UNPROVEN: unproven.prove,
}


class Proved(Struct, frozen=True):
    """An entry and what came of its proof; `held` when the lock knows this very proof."""

    entry: Entry
    outcome: Outcome
    held: bool = False

    @property
    def wrong(self) -> bool:
        """Whether something has to be done: it failed, or it was never run in this form."""
        state = self.outcome.state
        return state == "failed" or (state == "not run" and not self.held)

    @property
    def note(self) -> Mistake | None:
        """What its author should read, with the line at which to look, or None."""
        match self.outcome.state:
            case "failed":
                return mistake(self.entry, self.outcome)
            case "not run":
                rest = "it is in proofs.lock" if self.held else "prove it where that is installed"
                return self.entry.mistake(("proof",), f"not run: {self.outcome.runtime}; {rest}")
            case "waits" | "unproven":
                return self.entry.mistake(("proof",), self.outcome.detail)
            case _:
                return None

    @property
    def open(self) -> bool:
        """Whether its author owes something: a second reader, or a proof at all."""
        return self.outcome.state in {"waits", "unproven"}

    @property
    def skipped(self) -> bool:
        """Whether its line of the lock stays as it is: it could not be run, and need not be."""
        return self.outcome.state == "not run" and self.held

    @property
    def line(self) -> Held | None:
        """Its line of the lock, or None when nothing may be locked."""
        item, outcome = self.entry.item, self.outcome
        if outcome.state not in {"passed", "read"}:
            return None
        kind = item.proof.kind
        return Held(item.id, proof_hash(item), kind, outcome.state, outcome.runtime or "-")


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run the proof of an item, and again with every wrong answer in the key's place."""
    proof = PROOFS.get(item.proof.kind)
    return proof(item, runtimes) if proof else failed(f"proof '{item.proof.kind}' is not known")


def prove_all(
    entries: Sequence[Entry], runtimes: Runtimes, lock: Mapping[str, Held]
) -> Iterator[Proved]:
    """Proves entries, two at a time, in their order; `lock` is what was proved before."""

    def one(entry: Entry) -> Proved:
        item = entry.item
        return Proved(entry, prove(item, runtimes), held=unchanged(item, lock))

    with ThreadPoolExecutor(WORKERS) as workers:
        yield from workers.map(one, entries)


def unchanged(item: Item, lock: Mapping[str, Held]) -> bool:
    """Whether the lock holds a proof of exactly this item."""
    line = lock.get(item.id)
    return line is not None and line.hash == proof_hash(item)


def mistake(entry: Entry, outcome: Outcome) -> Mistake:
    """A failed proof with the line of the file at which to look."""
    made = entry.mistake(outcome.place, outcome.detail)
    proof = entry.node.cells.get("proof")
    code = proof.cells.get("code") if isinstance(proof, Table) else None
    if outcome.line and isinstance(code, Text) and code.block:
        return Mistake(made.path, code.line + outcome.line, made.text)
    return made

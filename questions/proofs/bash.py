"""Proofs by a bash script that ends with 0 when $KEY is right."""

from __future__ import annotations

from questions.model import Item
from questions.proofs.coded import each
from questions.proofs.mutants import Key, Variant, Wrong
from questions.proofs.outcome import Outcome, not_run
from questions.proofs.runtimes import Ran, Runtimes


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run the script with `bash -e` in an empty directory, once for the key and once a mutant."""
    if not runtimes.has("bash", "git"):
        return not_run("bash")

    def run(variant: Variant) -> Ran:
        values = {"KEY": lines(variant.key), "WRONG": lines(variant.wrong)}
        return runtimes.run(["bash", "-e", "-c", item.proof.code, "proof"], environment=values)

    return each(item, "bash", run)


def lines(value: Key | Wrong) -> str:
    """A value as the environment holds it: an entry a line, a pair as left, tab, right."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(f"{left}\t{right}" for left, right in value.items())
    return "\n".join(entry if isinstance(entry, str) else lines(entry) for entry in value)

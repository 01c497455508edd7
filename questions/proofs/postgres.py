"""Proofs against a PostgreSQL server: Python code with KEY, WRONG and connect()."""

from __future__ import annotations

from questions.model import Item
from questions.proofs.coded import each
from questions.proofs.mutants import Variant
from questions.proofs.outcome import Outcome, not_run
from questions.proofs.python import script
from questions.proofs.runtimes import Ran, Runtimes

_HARNESS = """
import json, os, sys
import psycopg
given = json.load(sys.stdin)
address, name = given.pop("address"), f"proof_{os.getpid()}"
code = compile(given.pop("code"), "proof", "exec", dont_inherit=True)
where = psycopg.conninfo.make_conninfo(address, dbname=name)
with psycopg.connect(address, autocommit=True) as admin:
    admin.execute("set synchronous_commit = off")
    admin.execute(f"create database {name}")
    try:
        exec(code, {"__name__": "__main__", "connect": lambda: psycopg.connect(where), **given})
    finally:
        admin.execute(f"drop database {name} with (force)")
os._exit(0)
"""


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run the proof on an empty database, once for the key and once a mutant."""
    address = runtimes.postgres()
    if address is None:
        return not_run("postgres")

    def run(variant: Variant) -> Ran:
        given = {"code": item.proof.code, "KEY": variant.key, "WRONG": variant.wrong}
        return script(runtimes, _HARNESS, given | {"address": address})

    return each(item, "postgres", run)

"""Queries and patterns on their way to the jail: what is run, and for whom."""

from __future__ import annotations

import msgspec

from bot.chat.cards import Job, Reply
from bot.features.quiz.table import Table
from questions.model import Ref, Regex, Sql

RUN_SQL, RUN_REGEX = "run-sql", "run-regex"
CROWDED, ANSWER, RAN = "crowded", "answer", "ran"  # what the runners give


def run(table: Table, body: Sql | Regex, text: str) -> Reply:
    """Have an answer run; nothing is recorded before its outcome is there."""
    from bot.grading import regex, sql  # noqa: PLC0415 - 5 ms of the first such answer's

    match body:
        case Sql():
            return _sent(table, RUN_SQL, "ran", text, sql.readable(body, text)[0])
        case Regex():
            return _sent(table, RUN_REGEX, "ran", text, regex.readable(body, text)[0])


def look(table: Table) -> Reply:
    """Have the solution of a query run, for what the hint says of it."""
    return _sent(table, RUN_SQL, "peeked", "", "")


def found(job: Job) -> tuple[Ref, str, str]:
    """Which question a job is about, and the external ids of who was asked it and where."""
    given = job.payload
    return msgspec.json.decode(given["ref"], type=Ref), given["by"], given["at"]


def _sent(table: Table, kind: str, verb: str, text: str, code: str) -> Reply:
    # kept with the reply, which people may export: nothing of the key stands in it
    tx = table.tx
    payload = {
        ANSWER: text,
        "code": code,
        "ref": msgspec.json.encode(table.item.ref).decode(),
        "by": tx.origin.person,
        "at": tx.origin.community,
        "person": tx.person.id,
        "community": tx.community.id,
    }
    return Reply(jobs=(Job(kind, table.asking.token(verb), payload),))

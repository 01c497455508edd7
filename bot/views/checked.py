"""How a question's key was checked, in a few words, and where it can be read."""

from __future__ import annotations

from datetime import date
from math import factorial

from bot.chat.cards import Link
from questions.model import UNPROVEN, Item, Order

LANGUAGES = {
    "python": "Python",
    "javascript": "Node.js",
    "java": "Java",
    "bash": "bash",
    "sql": "SQLite",
}
WORDS = {
    "sqlite": "queries run on SQLite",
    "regex": "patterns run in Python",
    "python": "derived by a program",
    "bash": "commands run in bash",
    "node": "code run on Node.js",
    "postgres": "run on PostgreSQL 18",
    "rubric": "rubric tried on sample answers",
    UNPROVEN: "imported, not checked yet",
    "template": "computed, 300 draws tried",
}


def words(item: Item) -> str:
    """`run on Python 3.12`, `all 720 orders tried`, `two readers, Nov 2026`."""
    proof = item.proof
    if proof.kind == "run" and item.code:
        name = LANGUAGES.get(item.code.language, item.code.language)
        version = item.code.version.rstrip("+")
        return f"run on {name} {version}".rstrip() if name != "bash" else "run in bash"
    if proof.kind == "order" and isinstance(item.body, Order):
        return f"all {factorial(len(item.body.steps))} orders tried"
    if proof.kind == "read":
        when = f", {date.fromisoformat(proof.date):%b %Y}" if proof.date else ""
        return ("two readers" if len(proof.readers) > 1 else "one reader") + when
    return WORDS.get(proof.kind, proof.kind)


def source(item: Item) -> tuple[Link, ...]:
    """The first source."""
    return links(item)[:1]


def links(item: Item) -> tuple[Link, ...]:
    """All sources with their sections."""
    return tuple(
        Link(f"{one.title}, {one.section}" if one.section else one.title, one.url)
        for one in item.sources
    )

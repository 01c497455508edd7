"""The audit log reads as sentences: every word that is noted has one, and none is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.views import audited

BOT = Path(__file__).parents[2] / "bot"
NOTING = {"note": 1, "_note": 2, "keep": 2, "posted_now": 3}  # where a call has its word
PARTS = {"community-": ("days", "games", "limits"), "channel-": ("games", "limits")}


def words(argument: ast.expr) -> Iterator[str]:
    """The words an argument may be: one, one of two, or one that a form's name completes."""
    match argument:
        case ast.Constant(str(word)):
            yield word
        case ast.IfExp(body=one, orelse=other):
            yield from (*words(one), *words(other))
        case ast.JoinedStr(values=[ast.Constant(str(begins)), *_]):
            yield from (begins + part for part in PARTS[begins])


def noted() -> Iterator[str]:
    """Every word that the code writes into the log."""
    for path in BOT.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            named = call.func.id if isinstance(call.func, ast.Name) else named
            if named == "Audit":
                yield from (
                    w for given in call.keywords if given.arg == "what" for w in words(given.value)
                )
            elif len(call.args) > NOTING.get(named, len(call.args)):
                yield from words(call.args[NOTING[named]])


def test_every_word_has_its_sentence() -> None:
    """What is noted can be read in words, and no sentence is of something that nobody notes."""
    assert set(noted()) == audited.SENTENCES.keys() | audited.PLACED.keys()

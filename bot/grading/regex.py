"""Patterns: what a run of one took, against what it should take and refuse."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from bot.grading.keyboard import Kind, straight, unprefixed, unwrapped
from bot.grading.sql import Stopped, closest
from bot.grading.verdict import Verdict
from questions.model import MustFail, Regex

Class = Literal[
    "empty", "line-end", "blank", "ascii", "longer", "shorter", "inside", "shortest", "longest", ""
]


class Matches(Struct, frozen=True):
    """Which of the strings a pattern took whole, in their order; or why there is no answer."""

    found: tuple[bool, ...] = ()
    error: str = ""
    stopped: Stopped = ""


class Tried(Struct, frozen=True):
    """A pattern and the known wrong ones on the strings of a question: accepted, then rejected."""

    mine: Matches
    wrong: tuple[Matches, ...] = ()


def readable(body: Regex, text: str) -> tuple[str, tuple[Kind, ...]]:
    """The pattern as it is run, and what a keyboard had made of it."""
    used = body.solution + "".join((*body.accept, *body.reject))
    pattern, kinds = straight(unwrapped(text), keep=used)
    return unprefixed(pattern), kinds


def regex(body: Regex, tried: Tried, text: str = "") -> Verdict:
    """Grade a pattern by what it took; pure.

    What is no pattern has the reason `refused` and is no answer yet. The class of the first
    string that failed is named, never the string. Of the known wrong patterns the one is named
    that errs on the same strings, else on those and the fewest more.
    """
    mine = tried.mine
    walled = mine.stopped if mine.stopped in ("forbidden", "crash") else ""
    if walled or (mine.error and not mine.stopped):
        return Verdict(mark="wrong", reason="refused", matched=walled or mine.error)
    total = len(body.accept) + len(body.reject)
    if mine.stopped:
        return Verdict(mark="wrong", reason="stopped", matched=mine.stopped, total=total)
    bad = _failures(body, mine)
    if not bad:
        return Verdict(mark="right", credit=1.0, reason="strings", hits=total, total=total)
    known = _fitting(body, tried, bad, text)
    first = min(bad)
    side = "accept" if first < len(body.accept) else "reject"
    return Verdict(
        mark="wrong",
        reason="strings",
        matched=f"{side} {_class(body, first)}".strip(),
        why=known.why if known else "",
        misconception=known.misconception if known else "",
        hits=total - len(bad),
        total=total,
    )


def _failures(body: Regex, matches: Matches) -> set[int]:
    wanted = (True,) * len(body.accept) + (False,) * len(body.reject)
    if matches.error or matches.stopped:
        return set(range(len(wanted)))
    pairs = zip(wanted, matches.found, strict=True)
    return {number for number, (want, found) in enumerate(pairs) if want != found}


def _fitting(body: Regex, tried: Tried, bad: set[int], text: str) -> MustFail | None:
    errors = [_failures(body, one) for one in tried.wrong]
    pairs = zip(body.must_fail, errors, strict=False)
    able = [(len(theirs - bad), known) for known, theirs in pairs if bad <= theirs]
    fewest = min((more for more, _ in able), default=0)
    return closest([known for more, known in able if more == fewest], text)


def _class(body: Regex, number: int) -> Class:
    """What kind of string this is, by what can be seen of it without naming it."""
    lengths = [len(one) for one in body.accept]
    if number < len(body.accept):
        length = lengths[number]
        alone = lengths.count(length) == 1
        if alone and length in (min(lengths), max(lengths)):
            return "shortest" if length == min(lengths) else "longest"
        return ""
    return _refusable(body.reject[number - len(body.accept)], lengths, body.accept)


def _refusable(text: str, lengths: list[int], accept: tuple[str, ...]) -> Class:
    if not text:
        return "empty"
    if "\n" in text:
        return "line-end"
    if text != text.strip():
        return "blank"
    if not text.isascii() and all(map(str.isascii, accept)):
        return "ascii"
    if any(re.search(re.escape(one), text) for one in accept if one):
        return "inside"
    if len(text) > max(lengths):
        return "longer"
    return "shorter" if len(text) < min(lengths) else ""

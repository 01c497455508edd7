"""Typed numbers: the value within its tolerance, the unit, and what a wrong value gives away."""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct

from bot.grading import units
from bot.grading.plain import cleaned, is_surrender
from bot.grading.quantities import Amount, amounts
from bot.grading.verdict import Verdict, Why
from questions.model import Number

_DENIAL = re.compile(
    r"\b(?:not|no|never|neither|nor|isn't|cannot|wrong|without|except)\b|\w+n't\b", re.IGNORECASE
)
_BOUND = re.compile(
    r"[<>\u2264\u2265]|\b(?:more|less|fewer|greater|higher|lower|other) than\b|"
    r"\b(?:over|under|above|below|between|or|maybe|either)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*(?P<name>%|\u2030|\u20ac|\$|per ?cents?\b|"
    r"[a-z\u00b5\u03bc]+(?:\s*/\s*[a-z]+|\sper\s[a-z]+)?)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<name>[$\u20ac]|EUR|USD)\s*$", re.IGNORECASE)
_JOIN = re.compile(r"[\s,]*(?:and\s*)?")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


class _Reading(Struct, frozen=True):
    """What was read, likelier first, in the unit asked for and as `typed`; or why nothing."""

    values: tuple[Fraction, ...] = ()
    typed: tuple[Fraction, ...] = ()
    reason: Why = ""


def number(body: Number, text: str) -> Verdict:
    """Grade a typed number; `body.unit` is assumed where none is given.

    Another known unit of the same kind is converted exactly. Two numbers, a bound or a denial are
    no answer. Never raises.
    """
    said = cleaned(text)
    if not said:
        return Verdict(mark="wrong", reason="empty")
    read = _read(said, body.unit)
    if read.reason == "not-a-number" and is_surrender(said):
        return Verdict(mark="unknown")
    if read.reason:
        return Verdict(mark="wrong", reason=read.reason)
    verdict = _judged(body, read.values)
    unfit = verdict.reason == "unrelated" and _judged(body, read.typed).right
    return Verdict(mark="wrong", reason="unit") if unfit else verdict


def _judged(body: Number, values: tuple[Fraction, ...]) -> Verdict:
    answer, slack = Fraction(body.answer), Fraction(body.tolerance or "0")
    if any(abs(value - answer) <= slack for value in values):
        return Verdict(mark="right", credit=1.0, reason="alias", matched=body.answer)
    for value in values:
        for known in body.known_wrong:
            if abs(value - Fraction(known.value)) <= slack:
                return Verdict(
                    mark="wrong",
                    reason="known-wrong",
                    matched=known.value,
                    why=known.why,
                    misconception=known.misconception,
                )
    return Verdict(mark="wrong", reason="unrelated")


def _read(said: str, asked: str) -> _Reading:
    text = said.rsplit("=", 1)[-1] if "=" in said else said
    text = _ASIDE.sub("", text) or text
    found = amounts(text)
    if not found:
        return _Reading(reason="not-a-number")
    if _DENIAL.search(text):
        return _Reading(reason="negated")
    if _BOUND.search(_around(text, found)):
        return _Reading(reason="hedge")
    if len(found) > 1:
        return _compound(text, found, asked)
    return _single(text, found[0], asked)


def _around(text: str, found: tuple[Amount, ...]) -> str:
    """Give the text without its numbers."""
    return text[: found[0].start] + " " + text[found[-1].end :] if len(found) == 1 else text


def _single(text: str, amount: Amount, asked: str) -> _Reading:
    name = _unit_name(text, amount)
    values = (amount.value,) if amount.other is None else (amount.value, amount.other)
    factor = _factor(name, asked)
    if factor is None:
        return _Reading(reason="unit")
    return _Reading(tuple(value * factor for value in values), values)


def _compound(text: str, found: tuple[Amount, ...], asked: str) -> _Reading:
    """Add up `1 min 30 s`: each part with a unit of time smaller than that of the one before."""
    total, last = Fraction(0), None
    for at, amount in enumerate(found):
        match = _UNIT.match(text, amount.end)
        part = units.unit("min" if match["name"] == "m" else match["name"]) if match else None
        end = match.end() if match else amount.end
        after = found[at + 1].start if at + 1 < len(found) else end
        if part is None or part.of != "time" or (last is not None and part.size >= last):
            return _Reading(reason="hedge")
        if not _JOIN.fullmatch(text, end, after):
            return _Reading(reason="hedge")
        total, last = total + amount.value * part.size, part.size
    wanted = units.unit(asked)
    if wanted is None or wanted.of != "time":
        return _Reading(reason="unit")
    return _Reading((total / wanted.size,))


def _unit_name(text: str, amount: Amount) -> str:
    after = _UNIT.match(text, amount.end)
    before = _BEFORE.search(text[: amount.start])
    return after["name"] if after else before["name"] if before else ""


def _factor(given: str, asked: str) -> Fraction | None:
    """Give what a value in the given unit is multiplied by, None if it measures something else.

    A word that is no unit of measure is a noun that is counted and changes nothing.
    """
    if not given or units.is_same_name(given, asked):
        return Fraction(1)
    made = units.unit(given) or units.unit(given.split(maxsplit=1)[0])
    wanted = units.unit(asked) if asked else None
    if made is None:
        return Fraction(1)
    if wanted is None:
        return Fraction(1, 100) if made.of == "share" and not asked else None
    if made.of == wanted.of:
        return made.size / wanted.size
    bits = made.of.replace("bytes", "bits") == wanted.of.replace("bytes", "bits")
    if not bits:
        return None
    return made.size / wanted.size * (8 if made.of.startswith("bytes") else Fraction(1, 8))

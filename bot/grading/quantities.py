"""Numbers as people type them, and the unit behind each."""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct

from bot.grading.tokens import number_word

_MOST_DIGITS = 400  # of a number, and of what a power may have
_GROUPED = r"\d{1,3}(?:[ _'\u2009\u202f]\d{3})+(?![\d])(?:[.,]\d+)?"
_PLAIN = r"\d[\d.,_]*\d|\d|\.\d+"
_NUMBER = re.compile(
    rf"(?P<sign>(?:(?<![\w.])[-+\u2212]|\bminus\s)\s*)?(?P<body>{_GROUPED}|{_PLAIN})"
    r"(?:[eE](?P<exp>[+-]?\d{1,4})(?![\w]))?"
)
_POWER = re.compile(r"\s*(?:\^|\*\*)\s*(?:\(\s*)?(?P<power>-?\d{1,4})(?:\s*\))?")
_OVER = re.compile(r"\s*/\s*(?P<under>\d+(?:\.\d+)?)(?![\w.,])")
_TIMES = re.compile(r"\s*(?:[*\u00d7\u00b7]|x(?=\s*\d))\s*(?=[-\d.])")
_SCALE = re.compile(
    r"\s*(?P<scale>thousand|million|billion|trillion|mio|mln|bn|k(?![\w/])|M(?![\w/]))\b"
)
_SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "mio": 10**6, "mln": 10**6, "m": 10**6,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_HUNDREDS = {"hundred": 100, "thousand": 1000, "million": 10**6}
_ORDINALS = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
)
_SAID = {"half": Fraction(1, 2), "dozen": Fraction(12), "none": Fraction(0), "once": Fraction(1)}


class Amount(Struct, frozen=True):
    """A number, where it stood, and its second reading (`1.000`: 1, or a thousand)."""

    value: Fraction
    start: int
    end: int
    other: Fraction | None = None


class _Malformed(Exception):
    """Digits that are no number, or one too large to be worked out."""


def amounts(text: str) -> tuple[Amount, ...]:
    """Give the numbers of a text, powers, products and fractions worked out; () if one is none."""
    found: list[Amount] = []
    at = 0
    try:
        while (amount := _amount(text, at)) is not None:
            found.append(amount)
            at = amount.end
    except _Malformed:
        return ()
    return tuple(found) or _worded(text)


def _amount(text: str, start: int) -> Amount | None:
    """Give the first number from a place on, with its factors, its divisor and its scale."""
    first = _power(text, start)
    if first is None:
        return None
    value, end = first.value, first.end
    while (times := _TIMES.match(text, end)) is not None:
        factor = _power(text, times.end())
        if factor is None or factor.start != times.end():
            break
        value, end = value * factor.value, factor.end
    if (over := _OVER.match(text, end)) is not None and Fraction(over["under"]):
        value, end = value / Fraction(over["under"]), over.end()
    if (scale := _SCALE.match(text, end)) is not None:
        value, end = value * _SCALES[scale["scale"].lower()], scale.end()
    return Amount(_small(value), first.start, end, first.other if end == first.end else None)


def _power(text: str, start: int) -> Amount | None:
    match = _NUMBER.search(text, start)
    if match is None:
        return None
    sign = -1 if match["sign"] and match["sign"].strip() != "+" else 1
    exponent = int(match["exp"] or 0)
    if abs(exponent) > _MOST_DIGITS:
        raise _Malformed
    values = [sign * value * Fraction(10) ** exponent for value in _readings(match["body"])]
    raised = _POWER.match(text, match.end())
    if raised is not None:
        return Amount(_raised(values[0], int(raised["power"])), match.start(), raised.end())
    return Amount(values[0], match.start(), match.end(), values[1] if values[1:] else None)


def _readings(body: str) -> list[Fraction]:
    """Give what digits with separators mean, the likelier reading first.

    With `,` and `.` both, the last is the decimal mark. One that comes twice groups thousands. A
    single `.` is a decimal mark, a single `,` before exactly three digits groups them; either
    form before exactly three digits (`1.000`, `1,000`) has the other reading as its second.
    """
    digits = re.sub(r"[ _'\u2009\u202f]", "", body)
    if digits.count(".") and digits.count(","):
        mark = max(".,", key=digits.rfind)
        other = "," if mark == "." else "."
        return [_value(digits.replace(other, "").replace(mark, "."))]
    mark = "," if "," in digits else "."
    if digits.count(mark) > 1:
        if not re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+", digits):
            raise _Malformed
        return [_value(digits.replace(mark, ""))]
    decimal = _value(digits.replace(",", "."))
    if not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        return [decimal]
    grouped = _value(digits.replace(mark, ""))
    return [grouped, decimal] if mark == "," else [decimal, grouped]


def _value(digits: str) -> Fraction:
    if len(digits) > _MOST_DIGITS or not re.fullmatch(r"\d*\.?\d+", digits):
        raise _Malformed
    return Fraction(digits)


def _raised(base: Fraction, power: int) -> Fraction:
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if (base == 0 and power < 0) or size * abs(power) > _MOST_DIGITS * 4:
        raise _Malformed
    return base**power


def _small(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 8 * _MOST_DIGITS:
        raise _Malformed
    return value


def _worded(text: str) -> tuple[Amount, ...]:
    """Give a number in words (`eighty-one`, `two hundred and six`, `half`), if there is one."""
    total, current, start, end = 0, -1, -1, 0
    for match in _WORD.finditer(text.replace("-", " ")):
        word = match[0].lower()
        value = number_word(word) if word not in _ORDINALS else None
        if value is None and word not in _HUNDREDS:
            if start >= 0 and word != "and":
                break
            continue
        start = match.start() if start < 0 else start
        end = match.end()
        if word in _HUNDREDS:
            current = max(current, 1) * _HUNDREDS[word]
            total, current = (total + current, 0) if _HUNDREDS[word] > 100 else (total, current)  # noqa: PLR2004
        else:
            current = max(current, 0) + int(value or 0)
    if start >= 0:
        return (Amount(Fraction(total + max(current, 0)), start, end),)
    return tuple(
        Amount(_SAID[match[0].lower()], match.start(), match.end())
        for match in _WORD.finditer(text)
        if match[0].lower() in _SAID
    )

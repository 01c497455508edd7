"""Growth of an algorithm's cost, in one form for every way of writing it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_WORDS = {
    "constant": "1",
    "linear": "n",
    "logarithmic": "log n",
    "linearithmic": "n log n",
    "loglinear": "n log n",
    "log linear": "n log n",
    "log-linear": "n log n",
    "quasilinear": "n log n",
    "quadratic": "n^2",
    "cubic": "n^3",
    "exponential": "2^n",
    "factorial": "n!",
}
_AROUND = re.compile(r"^(?:the )?|(?:[ ,]+(?:time|space|complexity|runtime|growth|cost|order))+$")
_WRAPPED = re.compile(
    r"^(?:[o\u03b8\u03f4]|theta|big[ -]?(?:o|theta)(?: of)?|order(?: of)?)\s*\((.*)\)$"
)
_SPOKEN = re.compile(r"^(?:big[ -]?o(?: of)?|o of|order(?: of)?)\s+(.+)$")
_SAYINGS = (
    (re.compile(r"\bsquare root of (\w+)"), r"sqrt(\1)"),
    (re.compile(r"\b(\w+)[ -]squared\b"), r"\1^2"),
    (re.compile(r"\b(\w+)[ -]cubed\b"), r"\1^3"),
    (re.compile(r"\b(\w+) to the (?:power of )?(\w+)\b"), r"\1^\2"),
    (re.compile(r"\b(\w+) factorial\b"), r"\1!"),
    (re.compile(r"\b(?:times|x)\b"), "*"),
    (re.compile(r"\bplus\b"), "+"),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"\b([a-z])([23])\b"), r"\1^\2"),  # a superscript that was lost
    (re.compile(r"\u221a"), "sqrt "),
    (re.compile(r"\|(\w)\|"), r"\1"),
)
_LEXEME = re.compile(
    r"\s*(?:(log(?:_?(?:2|10|e)(?![0-9]))?|lg|ln|sqrt)|([a-z])|(\d+)|([-+*^!()/]))"
)
_FUNCTION = re.compile(r"log|lg|ln|sqrt")
_RUN = re.compile(r"[a-z]+")
_MOST_LETTERS = 3  # variables written together; more are a word
_DEEPEST = 12
_LONGEST = 60  # characters of an expression


class _WrongForm(Exception):
    """The text is no expression."""


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """Give the canonical form of a cost (`O(n lg n)` -> `log(n)*n`), '' if it is none.

    The base of a logarithm is dropped; Theta counts as O; constant factors are kept.
    """
    said = _AROUND.sub("", text.casefold().strip(" .,;!?")).strip()
    if len(said) > _LONGEST:
        return ""
    inner = _WRAPPED.match(said) or _SPOKEN.match(said)
    said = inner[1].strip() if inner else said
    said = _WORDS.get(said, said)
    for pattern, form in _SAYINGS:
        said = pattern.sub(form, said)
    try:
        return _Expression(said).read()
    except _WrongForm:
        return ""


def is_wrapped(text: str) -> bool:
    """Whether it is written as O(...)."""
    return _WRAPPED.match(text.casefold().strip()) is not None and canonical(text) != ""


class _Expression:
    """A recursive descent over sums, products and powers."""

    def __init__(self, text: str) -> None:
        self.rest: list[str] = []
        at = 0
        text = text.strip()
        if any(len(run) > _MOST_LETTERS for run in _RUN.findall(_FUNCTION.sub(" ", text))):
            raise _WrongForm
        while at < len(text):
            match = _LEXEME.match(text, at)
            if match is None:
                raise _WrongForm
            self.rest.append("log" if match[1] and match[1] != "sqrt" else match[0].strip())
            at = match.end()
        self.rest.reverse()
        self.depth = 0

    def read(self) -> str:
        found = self._sum()
        if self.rest:
            raise _WrongForm
        return found

    def _next(self) -> str:
        return self.rest[-1] if self.rest else ""

    def _sum(self) -> str:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _WrongForm
        terms = [self._product()]
        while self._next() in {"+", "-"}:
            sign = self.rest.pop()
            term = self._product()
            terms.append(term if sign == "+" else f"-{term}")
        self.depth -= 1
        return terms[0] if len(terms) == 1 else f"({'+'.join(sorted(terms))})"

    def _product(self) -> str:
        factors: Counter[str] = Counter()
        over: list[str] = []
        while True:
            base, power = self._power()
            if power.isdecimal():
                factors[base] += min(int(power), 99)
            else:
                factors[f"{base}^{power}"] += 1
            while self._next() == "/":
                self.rest.pop()
                over.append("^".join(self._power()))
            if self._next() == "*":
                self.rest.pop()
            elif self._next() in {"", "+", "-", ")", "^", "!"}:
                break
        names = (f"{base}^{many}" if many > 1 else base for base, many in factors.items())
        return "*".join(sorted(names)) + "".join(f"/{one}" for one in sorted(over))

    def _power(self) -> tuple[str, str]:
        base, power = self._atom()
        if self._next() == "!":
            self.rest.pop()
            base = f"{base}!"
        if self._next() == "^":
            self.rest.pop()
            exponent, further = self._atom()
            if further != "1":
                raise _WrongForm
            if power != "1":
                raise _WrongForm
            return base, exponent
        return base, power

    def _atom(self) -> tuple[str, str]:
        lexeme = self.rest.pop() if self.rest else ""
        if lexeme == "(":
            inner = self._sum()
            if not self.rest or self.rest.pop() != ")":
                raise _WrongForm
            return inner, "1"
        if lexeme in {"log", "sqrt"}:
            return self._called(lexeme)
        if lexeme.isalnum():
            return lexeme, "1"
        raise _WrongForm

    def _called(self, name: str) -> tuple[str, str]:
        power = "1"
        if self._next() == "^":
            self.rest.pop()
            power, _ = self._atom()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _WrongForm
        base, inner = self._power() if self._next() != "(" else self._atom()
        self.depth -= 1
        whole = base if inner == "1" else f"{base}^{inner}"
        return f"{name}({whole})", power

"""Units of measure: what they measure, and how much of the base unit each is."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from msgspec import Struct


class Unit(Struct, frozen=True):
    """`of` is what is measured; `size` is in its base unit (s, byte, bit, byte/s, Hz, %)."""

    of: str
    size: Fraction


_TIME = {
    "ns": "1/1000000000", "nanosecond": "1/1000000000",
    "us": "1/1000000", "\u03bcs": "1/1000000", "\u00b5s": "1/1000000", "microsecond": "1/1000000",
    "ms": "1/1000", "msec": "1/1000", "millisecond": "1/1000", "milli": "1/1000",
    "s": "1", "sec": "1", "second": "1",
    "min": "60", "minute": "60",
    "h": "3600", "hr": "3600", "hour": "3600",
    "d": "86400", "day": "86400",
    "week": "604800", "wk": "604800",
}  # fmt: skip
_PREFIXES = {
    "": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15,
    "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "Pi": 2**50,
}  # fmt: skip
_SPOKEN = {
    "": 1, "kilo": 10**3, "mega": 10**6, "giga": 10**9, "tera": 10**12, "peta": 10**15,
    "kibi": 2**10, "mebi": 2**20, "gibi": 2**30, "tebi": 2**40, "pebi": 2**50,
}  # fmt: skip
_OTHER = {
    "%": Unit("share", Fraction(1)),
    "percent": Unit("share", Fraction(1)),
    "per cent": Unit("share", Fraction(1)),
    "pct": Unit("share", Fraction(1)),
    "\u2030": Unit("share", Fraction(1, 10)),
    "hz": Unit("frequency", Fraction(1)),
    "khz": Unit("frequency", Fraction(10**3)),
    "mhz": Unit("frequency", Fraction(10**6)),
    "ghz": Unit("frequency", Fraction(10**9)),
    "eur": Unit("euro", Fraction(1)),
    "euro": Unit("euro", Fraction(1)),
    "\u20ac": Unit("euro", Fraction(1)),
    "usd": Unit("dollar", Fraction(1)),
    "dollar": Unit("dollar", Fraction(1)),
    "$": Unit("dollar", Fraction(1)),
}
_PER = {
    "rps": ("request", "s"), "qps": ("query", "s"), "tps": ("transaction", "s"),
    "rpm": ("request", "min"), "req/s": ("request", "s"), "reqs/s": ("request", "s"),
    "req/sec": ("request", "s"), "req/min": ("request", "min"),
}  # fmt: skip


def unit(name: str) -> Unit | None:
    """Give a unit of measure by its name, None for a noun that is counted (`queries`).

    Case decides where it must (Mb is bits, MB bytes); `mb` and `KB` are taken for bytes.
    """
    said = " ".join(name.split()).strip(" .")
    found = _exact().get(said)
    return found if found is not None else _folded().get(said.casefold()) or _rate(said)


def is_same_name(given: str, asked: str) -> bool:
    """Whether a unit is named as it is asked for, case aside where no other unit is meant by it."""
    return given == asked or (unit(given) is None and noun(given) == noun(asked))


def noun(name: str) -> str:
    """Give the noun that a unit counts, without the ending of a plural."""
    said = name.casefold().strip()
    return said[:-3] + "y" if said.endswith("ies") else said.removesuffix("s")


@cache
def _exact() -> dict[str, Unit]:
    found = {name: Unit("time", Fraction(size)) for name, size in _TIME.items()}
    for prefix, factor in _PREFIXES.items():
        found[f"{prefix}B"] = Unit("bytes", Fraction(factor))
        found[f"{prefix}b"] = Unit("bits", Fraction(factor))
        for bit in ("bit", "bits"):
            found[f"{prefix}{bit}"] = Unit("bits", Fraction(factor))
    found |= {
        f"{name}ps": Unit("bits/s", made.size) for name, made in found.items() if name[-1:] == "b"
    }
    found |= {"KB": found["kB"], "K": Unit("number", Fraction(10**3))}
    return found


@cache
def _folded() -> dict[str, Unit]:
    """Give the names whose case does not matter; bytes before bits."""
    found: dict[str, Unit] = {}
    for name, made in _exact().items():
        if made.of != "number":
            found.setdefault(name.casefold(), made)
    for name, size in _TIME.items():
        found[f"{name}s" if len(name) > 2 else name] = Unit("time", Fraction(size))  # noqa: PLR2004
    for prefix, factor in _SPOKEN.items():
        for what in ("byte", "bit"):
            found[f"{prefix}{what}"] = found[f"{prefix}{what}s"] = Unit(
                f"{what}s", Fraction(factor)
            )
    return found | _OTHER | {"euros": _OTHER["euro"], "dollars": _OTHER["dollar"]}


def _rate(said: str) -> Unit | None:
    """Give what stands before `/s` or `per second`, by the second."""
    short = _PER.get(said.casefold())
    over, slash, time = short[0] if short else "", "/" if short else "", short[1] if short else ""
    if not short:
        over, slash, time = said.replace(" per ", "/").partition("/")
    if not slash:
        return None
    span = _exact().get(time.strip()) or _folded().get(time.strip().casefold())
    if span is None or span.of != "time":
        return None
    what = _exact().get(over.strip()) or _folded().get(over.strip().casefold())
    if what is None:
        return Unit(f"{noun(over)}/s", 1 / span.size)
    return Unit(f"{what.of}/s", what.size / span.size)

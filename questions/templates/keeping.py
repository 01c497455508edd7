"""Drawn questions about what is kept: hits of a cache, stale copies, times, storage."""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template

_MILLION = 10**6
_READS = 12


def _hits(reads: str, size: int, *, renew: bool = True) -> int:
    held: OrderedDict[str, None] = OrderedDict()
    hits = 0
    for key in reads:
        hits += key in held
        if key in held and renew:
            held.move_to_end(key)
        held[key] = None
        if len(held) > size:
            held.popitem(last=False)
    return hits


def _lru(rng: Random) -> Drawn:
    size = rng.choice([3, 3, 4])
    reads = rng.choice("ABC")
    while len(reads) < _READS:
        reads += rng.choice("ABCDEF"[: size + 2].replace(reads[-1], ""))
    hits = _hits(reads, size)
    return Drawn(
        answer=hits,
        beliefs={
            "hit-does-not-renew": _hits(reads, size, renew=False),
            "cache-never-evicts": len(reads) - len(set(reads)),
            "complement-taken-for-answer": len(reads) - hits,
            "first-keys-stay-in-a-full-cache": sum(
                key in set(list(dict.fromkeys(reads[:at]))[:size]) for at, key in enumerate(reads)
            ),
            "cache-remembers-the-last-reads": sum(
                key in reads[max(0, at - size) : at] for at, key in enumerate(reads)
            ),
        },
        facts={
            "size": size,
            "reads": ", ".join(reads),
            "count": len(reads),
            "different": len(set(reads)),
        },
    )


def _storage(rng: Random) -> Drawn:
    a_second, size = rng.choice([25, 50, 100, 200, 250, 400, 500]), rng.choice([1, 2, 4, 5, 8])
    days, copies = rng.choice([7, 10, 14, 30, 60, 90]), rng.choice([2, 3])
    total = a_second * size * 86_400 * days
    whole = Fraction(total * copies, _MILLION)
    return Drawn(
        answer=round(whole),
        beliefs={
            "replication-is-forgotten": round(Fraction(total, _MILLION)),
            "copies-come-on-top-of-the-original": round(whole + Fraction(total, _MILLION)),
            "powers-of-ten-slip": round(whole * 1000),
            "bytes-taken-for-bits": round(whole / 8),
            "per-minute-taken-for-per-second": round(whole / 60),
        },
        facts={
            "a_second": a_second,
            "size": size,
            "days": days,
            "copies": copies,
            "daily": f"{a_second * size * 86_400:,}",
            "exact": f"{float(whole):,.6g}",
        },
    )


def _stale(rng: Random) -> Drawn:
    local, shared, lag = rng.randint(2, 12) * 5, rng.randint(3, 20) * 30, rng.randint(1, 9)
    return Drawn(
        answer=local + shared + lag,
        beliefs={
            "longest-lifetime-bounds-staleness": shared,
            "nearest-cache-bounds-staleness": local,
            "copies-are-up-to-date": local + shared,
            "caches-follow-at-once": lag,
            "largest-delay-covers-the-shorter": shared + lag,
        },
        facts={"local": local, "shared": shared, "lag": lag},
    )


def _average(rng: Random) -> Drawn:
    look, load = rng.randint(1, 8), rng.randrange(20, 300, 10)
    percent = rng.choice([60, 70, 80, 90])
    misses = 100 - percent
    return Drawn(
        answer=look + load * misses // 100,
        beliefs={
            "cache-look-up-is-free": load * misses // 100,
            "plain-average-of-hit-and-miss": (look + load) // 2,
            "hits-and-misses-mixed-up": look + load * percent // 100,
            "misses-do-not-count": look,
            "every-read-loads": look + load,
        },
        facts={"look": look, "load": load, "percent": percent, "misses": misses},
    )


TEMPLATES = (
    Template(
        id="draw-cache-stale-chain",
        area="caching",
        topic="invalidation",
        level="senior",
        version=1,
        unit="s",
        prompt="A process keeps values for {local} s. What it lacks it reads from a shared cache"
        " that keeps values for {shared} s, and that one is filled from a replica that lags by up"
        " to {lag} s. Nothing is invalidated. For how many seconds after a commit may the process"
        " still give the old value, at worst?",
        explain="At worst each layer takes the old value just before the one below would give the"
        " new: {lag} + {shared} + {local} = {answer} s. Lifetimes of layers add up.",
        why={
            "longest-lifetime-bounds-staleness": "{value} s is the longest lifetime alone. The"
            " process may have read the value at its end.",
            "nearest-cache-bounds-staleness": "{value} s is the lifetime in the process. It may be"
            " refilled with an old value from below.",
            "copies-are-up-to-date": "{value} s leaves out the {lag} s by which the replica lags.",
            "caches-follow-at-once": "{value} s is the lag of the replica alone. No layer hears of"
            " the change.",
            "largest-delay-covers-the-shorter": "{value} s leaves out the {local} s in the"
            " process.",
        },
        hint="When does each layer read from the one below, at worst?",
        computed_by="delays of the layers added up",
        source=Source(
            "AWS whitepaper, Database Caching Strategies Using Redis",
            "Cache validity: applying a time to live",
            "https://docs.aws.amazon.com/whitepapers/latest/database-caching-strategies-using-redis/cache-validity.html",
        ),
        draw=_stale,
    ),
    Template(
        id="draw-cache-average",
        area="caching",
        topic="sizing-and-hit-rate",
        level="mid",
        version=1,
        unit="ms",
        prompt="Each read first looks into a cache, which takes {look} ms. {percent} % of the reads"
        " find their value there; the others then load it from the database, which takes {load} ms"
        " more. How many ms does a read take on average?",
        explain="All reads look, {misses} % load as well: {look} + {misses} % of {load} = {answer}"
        " ms.",
        why={
            "cache-look-up-is-free": "{value} ms leaves out the look into the cache, {look} ms for"
            " each read.",
            "plain-average-of-hit-and-miss": "{value} ms weighs both cases alike. {percent} % of"
            " the reads are hits.",
            "hits-and-misses-mixed-up": "{value} ms lets {percent} % of the reads load. Those are"
            " the hits.",
            "misses-do-not-count": "{value} ms is a hit. {misses} % of the reads also load.",
            "every-read-loads": "{value} ms is a miss. {percent} % of the reads need no load.",
        },
        hint="What does every read pay, and what do the misses pay?",
        computed_by="weighted mean in whole numbers",
        source=Source(
            "AWS whitepaper, Database Caching Strategies Using Redis",
            "Caching patterns: cache-aside, hits and misses",
            "https://docs.aws.amazon.com/whitepapers/latest/database-caching-strategies-using-redis/caching-patterns.html",
        ),
        draw=_average,
    ),
    Template(
        id="draw-cache-lru-hits",
        area="caching",
        topic="eviction",
        level="junior",
        version=1,
        unit="hits",
        prompt="A cache holds {size} keys, is empty at first and evicts the least recently used"
        " one. A missing key is loaded and stored. The {count} reads are {reads}. How many of them"
        " are hits?",
        explain="Each read, hit or miss, makes its key the most recent; the key that waited longest"
        " since its last read goes. Followed read by read: {answer} hits of {count}.",
        why={
            "hit-does-not-renew": "{value} hits would be those of FIFO. With LRU a hit makes its"
            " key recent again.",
            "cache-never-evicts": "{value} hits would need room for all {different} keys. There is"
            " room for {size}.",
            "complement-taken-for-answer": "{value} of the {count} reads are misses.",
            "first-keys-stay-in-a-full-cache": "{value} hits if the first {size} keys stay for"
            " good. A new key drives an old one out.",
            "cache-remembers-the-last-reads": "{value} looks at the last {size} reads. The cache"
            " holds the last {size} different keys.",
        },
        hint="Keep a list, most recent first",
        computed_by="the cache is simulated",
        source=Source(
            "Redis documentation, Key eviction",
            "Approximated LRU algorithm",
            "https://redis.io/docs/latest/develop/reference/eviction/",
        ),
        draw=_lru,
    ),
    Template(
        id="draw-storage-need",
        area="system-design",
        topic="requirements-and-estimates",
        level="junior",
        version=1,
        unit="GB",
        prompt="{a_second} events a second of {size} kB each are kept for {days} days, in {copies}"
        " copies altogether. How many GB is that, to the nearest whole number, with 1 GB ="
        " 1,000,000 kB?",
        explain="{a_second} x {size} kB x 86,400 s = {daily} kB a day; x {days} days x {copies}"
        " copies = {exact} GB, so {answer}.",
        why={
            "replication-is-forgotten": "{value} GB is one copy. There are {copies}.",
            "copies-come-on-top-of-the-original": "{value} GB counts one copy more than the"
            " {copies} there are.",
            "powers-of-ten-slip": "{value} are MB: a thousand of them make a GB.",
            "bytes-taken-for-bits": "{value} GB divides by 8. The events are given in bytes.",
            "per-minute-taken-for-per-second": "{value} GB takes {a_second} for a number a minute."
            " It is one a second.",
        },
        hint="A day has 86,400 s",
        computed_by="product with fractions, rounded",
        source=Source(
            "NIST, The International System of Units (SI)",
            "SI prefixes: kilo, mega, giga",
            "https://physics.nist.gov/cuu/Units/prefixes.html",
        ),
        draw=_storage,
    ),
)

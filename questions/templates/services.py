"""Drawn questions about running services: shedding load, percentiles, how many workers."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template


def _accepted(held: int, start: int, refill: int, bursts: tuple[int, int]) -> int:
    """Let two bursts take tokens; between them `refill` come in, up to the `held` that fit."""
    tokens, accepted = start, 0
    for burst in bursts:
        taken = min(tokens, burst)
        accepted += taken
        tokens = min(held, tokens - taken + refill)
    return accepted


def _token_bucket(rng: Random) -> Drawn:
    held, rate, gap = rng.randint(8, 20), rng.randint(2, 5), rng.randint(2, 6)
    bursts = rng.randint(held // 2, held + 8), rng.randint(6, held + 8)
    accepted = _accepted(held, held, rate * gap, bursts)
    first = min(held, bursts[0])
    return Drawn(
        answer=accepted,
        beliefs={
            "bucket-is-never-refilled": _accepted(held, held, 0, bursts),
            "pause-fills-the-bucket": _accepted(held, held, held, bursts),
            "one-second-of-refill": _accepted(held, held, rate, bursts),
            "bucket-starts-empty": _accepted(held, 0, rate * gap, bursts),
            "burst-is-no-limit": sum(bursts),
        },
        facts={
            "held": held,
            "rate": rate,
            "gap": gap,
            "one": bursts[0],
            "two": bursts[1],
            "added": rate * gap,
            "first": first,
            "ready": min(held, held - first + rate * gap),
            "second": accepted - first,
        },
    )


def _percentile(rng: Random) -> Drawn:
    wanted = rng.choice([75, 90, 95])
    usual = [rng.randint(20, 90) for _ in range(17)]
    times = [*usual, rng.randint(110, 300), rng.randint(310, 600), rng.randrange(700, 1600, 20)]
    rng.shuffle(times)
    ordered = sorted(times)
    rank = math.ceil(Fraction(wanted, 100) * len(times))
    return Drawn(
        answer=ordered[rank - 1],
        beliefs={
            "percentile-is-the-maximum": ordered[-1],
            "percentile-is-the-mean": round(Fraction(sum(times), len(times))),
            "percentage-of-the-maximum": ordered[-1] * wanted // 100,
            "one-rank-too-low": ordered[rank - 2],
            "percentile-is-the-median": ordered[len(times) // 2 - 1],
        },
        facts={
            "times": ", ".join(map(str, times)),
            "wanted": wanted,
            "rank": rank,
            "below": rank - 1,
            "share": (rank - 1) * 5,
            "sum": sum(times),
            "slowest": ordered[-1],
        },
    )


def _worker_count(rng: Random) -> Drawn:
    rate = rng.choice([40, 60, 80, 120, 150, 200, 240])
    busy, most = rng.choice([120, 150, 250, 300, 450, 500]), rng.choice([60, 70, 75, 80])
    load, share = Fraction(rate * busy, 1000), Fraction(most, 100)
    needed = load / share
    low = math.floor(needed)
    return Drawn(
        answer=math.ceil(needed),
        beliefs={
            "full-utilisation-is-planned": math.ceil(load),
            "load-times-utilisation": math.ceil(load * share),
            "service-time-forgotten": math.ceil(rate / share),
            "rounded-down": low,
        },
        facts={
            "rate": rate,
            "busy": busy,
            "most": most,
            "seconds": f"{busy / 1000:g}",
            "share": f"{most / 100:g}",
            "load": f"{float(load):g}",
            "needed": f"{float(needed):.4g}",
            "used": f"{float(100 * load / low):.4g} %",
        },
    )


TEMPLATES = (
    Template(
        id="draw-token-bucket",
        area="distributed-systems",
        topic="circuit-breakers",
        level="mid",
        version=1,
        unit="requests",
        prompt="An API sheds load with a token bucket. It holds at most {held} tokens, starts full"
        " and gets {rate} new tokens a second; a request takes one token or is refused. {one}"
        " requests arrive at once, and {gap} s later {two} more at once. How many requests are"
        " accepted in all?",
        explain="The first burst gets {first} of {held} tokens. In {gap} s {rate} x {gap} = {added}"
        " come in, so {ready} are there (at most {held} fit), and {second} of {two} requests pass:"
        " {first} + {second} = {answer}.",
        why={
            "bucket-is-never-refilled": "{value} shares {held} tokens between both bursts. In"
            " {gap} s {added} tokens are added.",
            "pause-fills-the-bucket": "{value} finds {held} tokens at the second burst. {gap} s at"
            " {rate} a second bring {added}, which makes {ready}.",
            "one-second-of-refill": "{value} adds {rate} tokens for the whole pause; it lasts"
            " {gap} s, so {added} are added.",
            "bucket-starts-empty": "{value} accepts nothing of the first burst. The bucket starts"
            " with {held} tokens.",
            "burst-is-no-limit": "{one} + {two} = {value} accepts everything. There are {held}"
            " tokens at the first burst and {ready} at the second.",
        },
        hint="Tokens left + rate x pause, but no more than fit",
        computed_by="the bucket is simulated",
        source=Source(
            "Amazon EC2 Developer Guide, Request throttling",
            "How throttling is applied",
            "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html",
        ),
        draw=_token_bucket,
    ),
    Template(
        id="draw-latency-percentile",
        area="observability",
        topic="percentiles",
        level="mid",
        version=1,
        unit="ms",
        prompt="Twenty requests took, in ms: {times}. What is the {wanted}th percentile by the"
        " nearest-rank method: the smallest of these times that at least {wanted} % of the requests"
        " did not exceed?",
        explain="Sort the times and take the one at rank {wanted} % x 20 = {rank}: {answer} ms."
        " At least {rank} of 20 requests took no longer.",
        why={
            "percentile-is-the-maximum": "{value} ms is the slowest request, rank 20. Rank {rank}"
            " is asked for.",
            "percentile-is-the-mean": "{sum} / 20 is about {value} ms, the mean. A percentile is a"
            " rank, whatever the slowest value is.",
            "percentage-of-the-maximum": "{wanted} % of {slowest} ms is about {value} ms. The"
            " percentage is of the requests, not of the longest time.",
            "one-rank-too-low": "{value} ms is rank {below}: {below} of 20 requests are {share} %,"
            " fewer than {wanted} %.",
            "percentile-is-the-median": "{value} ms is rank 10 of 20, the median. Rank {rank} is"
            " asked for.",
        },
        hint="Nearest rank: sort, then take rank p % of n, rounded up",
        computed_by="the sorted value at the nearest rank",
        source=Source(
            "PostgreSQL documentation, Aggregate Functions",
            "9.21, percentile_disc",
            "https://www.postgresql.org/docs/current/functions-aggregate.html",
        ),
        draw=_percentile,
    ),
    Template(
        id="draw-worker-count",
        area="system-design",
        topic="capacity-and-queues",
        level="mid",
        version=1,
        unit="workers",
        prompt="On average {rate} jobs arrive a second, and each keeps one worker busy for {busy}"
        " ms. At least how many workers does it take so that they are busy at most {most} % of the"
        " time on average?",
        explain="Little's law: {rate}/s x {seconds} s = {load} workers are busy on average. At"
        " {most} % that takes {load} / {share} = {needed}, so {answer} workers.",
        why={
            "full-utilisation-is-planned": "{rate} x {seconds} = {load}: with {value} workers"
            " nearly all would be busy all the time, not {most} % of it.",
            "load-times-utilisation": "{load} x {share} gives {value}, fewer workers than are busy"
            " on average. Divide by {share} instead.",
            "service-time-forgotten": "{rate} / {share} gives {value}; it takes each job to last a"
            " second. It lasts {seconds} s.",
            "rounded-down": "With {value} workers {load} busy ones are {used}, more than {most} %."
            " Round up.",
        },
        hint="Little's law, then the share of time that they may be busy",
        computed_by="Little's law with fractions, rounded up",
        source=Source(
            "J. D. C. Little, A Proof for the Queuing Formula: L = lambda W (1961)",
            "L = lambda W",
            "https://doi.org/10.1287/opre.9.3.383",
        ),
        draw=_worker_count,
    ),
)

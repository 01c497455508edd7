"""What is measured and planned: each answer again, by another method than the template's."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, permutations, product

from questions.model import Item
from tests.questions.routes.reading import code, listed, numbers


def error_budget(drawn: Item) -> int:
    slo = Fraction(re.findall(r"says that ([\d.]+) %", drawn.prompt)[0])
    total, failed = numbers(drawn.prompt.partition("succeed.")[2])

    def missed(more: int) -> bool:
        return (total - failed - more - 1) * 100 < slo * total

    return bisect_left(range(total), 1, key=missed)


def failing_chain(drawn: Item) -> int:
    single, twin = (Fraction(share) / 100 for share in re.findall(r"([\d.]+) %", drawn.prompt))
    failing = Fraction(0)
    for gateway, one, other in product((True, False), repeat=3):
        chance = single if gateway else 1 - single
        chance *= (twin if one else 1 - twin) * (twin if other else 1 - twin)
        failing += chance if gateway or (one and other) else 0
    return round(failing * 10**6)


def metric_series(drawn: Item) -> int:
    buckets, methods, routes, codes, instances = numbers(drawn.prompt)
    parts = [*range(buckets), "+Inf", "_sum", "_count"]
    combinations = list(product(range(methods), range(routes), range(codes)))
    return sum(len(parts) for _ in range(instances) for _ in combinations)


def sprint_forecast(drawn: Item) -> int:
    done = listed(drawn.prompt, "finished", "points")
    points, added = numbers(drawn.prompt.partition("sprints.")[2])
    sprints, left = 0, Fraction(points)
    while left > 0:
        sprints, left = sprints + 1, left + added - Fraction(sum(done), len(done))
    return sprints


def graph_route(drawn: Item) -> int:
    lengths = {
        frozenset(ends): int(far) for ends, far in re.findall(r"([A-F]{2}) (\d+)", drawn.prompt)
    }
    ways = (["A", *between, "F"] for many in range(5) for between in permutations("BCDE", many))
    steps = ([frozenset(step) for step in pairwise(way)] for way in ways)
    return min(sum(lengths[step] for step in way) for way in steps if {*way} <= lengths.keys())


def lamport_clock(drawn: Item) -> int:
    events = [line.split()[1:] for line in code(drawn).splitlines()]

    def clock(at: int) -> int:
        who, *does = events[at]
        own = [before for before in range(at) if events[before][0] == who]
        known = [clock(own[-1])] if own else [0]
        if does[0] == "receives":
            known += [
                clock(at) for at, event in enumerate(events) if event[1:] == ["sends", does[1]]
            ]
        return max(known) + 1

    assert f"does {events[-1][0]} show" in drawn.prompt
    return clock(len(events) - 1)


def modulo_moves(drawn: Item) -> int:
    servers = numbers(drawn.prompt)[0]
    hashes = listed(drawn.prompt, "have the hashes", ".")
    # both remainders are equal in the first n of every n x (n + 1) hashes
    return sum(key % (servers * (servers + 1)) >= servers for key in hashes)


def flaky_runs(drawn: Item) -> int:
    tests, runs = numbers(drawn.prompt)[0], listed(drawn.prompt, "How many of", "runs")[0]
    fails = Fraction(re.findall(r"([\d.]+) %", drawn.prompt)[0]) / 100
    first_to_fail = (fails * (1 - fails) ** at for at in range(tests))
    return round(sum(first_to_fail) * runs)


def protobuf_field(drawn: Item) -> int:
    value, tag = listed(drawn.prompt, " is ", ",")[0], numbers(code(drawn).partition("=")[2])[0]
    sent = bytearray()
    for number in (tag * 8, value):
        left = number
        while left >= 0x80:
            sent.append(left & 0x7F | 0x80)
            left >>= 7
        sent.append(left)
    return len(sent)


def json_patch(drawn: Item) -> int:
    held = listed(drawn.prompt, "the array")
    for change in json.loads(code(drawn)):
        at = int(change["path"].lstrip("/"))
        behind = held[at + (change["op"] != "add") :]
        held = [*held[:at], *([change["value"]] if "value" in change else []), *behind]
    return held[listed(drawn.prompt, "Pointer /", "?")[0]]


def java_hashmap(drawn: Item) -> int:
    buckets = 16
    for held in range(1, numbers(drawn.prompt)[0] + 1):
        buckets *= 2 if held > buckets * 0.75 else 1
    return buckets


def redis_lifetime(drawn: Item) -> int:
    ends = 0
    for line in code(drawn).splitlines():
        now, _, command, *words = line.split()
        if command in {"SET", "EXPIRE"}:
            ends = int(now) + int(words[-1])
    return ends - listed(drawn.prompt, "sent at", "s?")[0]


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-error-budget": error_budget,
    "draw-failing-chain": failing_chain,
    "draw-metric-series": metric_series,
    "draw-sprint-forecast": sprint_forecast,
    "draw-graph-route": graph_route,
    "draw-lamport-clock": lamport_clock,
    "draw-modulo-moves": modulo_moves,
    "draw-flaky-runs": flaky_runs,
    "draw-protobuf-field": protobuf_field,
    "draw-json-patch": json_patch,
    "draw-java-hashmap": java_hashmap,
    "draw-redis-lifetime": redis_lifetime,
}

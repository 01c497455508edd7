"""Drawn questions about what is spread out: routes, logical clocks, keys on servers, flaky runs."""

from __future__ import annotations

import heapq
from fractions import Fraction
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

Edges = dict[tuple[str, str], int]


def _distances(edges: Edges, start: str) -> dict[str, int]:
    """Give the least distance of each node from the start, by Dijkstra."""
    found: dict[str, int] = {}
    queue = [(0, start)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if found.setdefault(node, so_far) == so_far:
            for (one, other), length in edges.items():
                if node in {one, other}:
                    heapq.heappush(queue, (so_far + length, other if node == one else one))
    return found


def _nearest_first(edges: Edges, start: str, goal: str) -> int:
    """Walk along the shortest edge to a node not yet seen; 0 if that ends before the goal."""
    node, walked, seen = start, 0, {start}
    while node != goal:
        steps = [
            (length, other if node == one else one)
            for (one, other), length in edges.items()
            if node in {one, other} and not {one, other} <= seen
        ]
        if not steps:
            return 0
        length, node = min(steps)
        walked += length
        seen.add(node)
    return walked


_PAIRS = ("AB", "AC", "BC", "BD", "CD", "CE", "DE", "DF", "EF")


def _route(rng: Random) -> Drawn:
    lengths: Edges = {(pair[0], pair[1]): rng.randint(2, 19) for pair in _PAIRS}
    lengths["A", "F"] = rng.randint(24, 48)
    best = _distances(lengths, "A")["F"]
    letters = sum(lengths[pair[0], pair[1]] for pair in ("AB", "BC", "CD", "DE", "EF"))
    return Drawn(
        answer=best,
        beliefs={
            "fewest-hops-first": lengths["A", "F"],
            "nearest-neighbour-leads-on": _nearest_first(lengths, "A", "F") or best,
            "first-found-path-is-final": letters,
            "edges-are-counted-not-weighed": 1,
        },
        facts={
            "direct": lengths["A", "F"],
            "edges": ", ".join(f"{one}{other} {far}" for (one, other), far in lengths.items()),
        },
    )


def _lamport(rng: Random) -> Drawn:
    clocks, events, sent = {"P": 0, "Q": 0, "R": 0}, [], dict[int, tuple[str, int]]()
    count, naive = 0, dict.fromkeys(clocks, 0)
    for at in range(11):
        who = rng.choice("PQR")
        waiting = [number for number, (sender, _) in sent.items() if sender != who]
        naive[who] += 1
        if waiting and rng.random() < 2 / 3:
            _, stamp = sent.pop(waiting[0])
            clocks[who] = max(clocks[who], stamp) + 1
            events.append(f"{who} receives m{waiting[0]}")
        elif rng.random() < 2 / 3:
            count += 1
            clocks[who] += 1
            sent[count] = who, clocks[who]
            events.append(f"{who} sends m{count}")
        else:
            clocks[who] += 1
            events.append(f"{who} works")
        last, at_last = who, at
    return Drawn(
        answer=clocks[last],
        beliefs={
            "logical-clocks-are-local-counters": naive[last],
            "logical-clock-is-global": at_last + 1,
            "receiving-takes-the-senders-time": clocks[last] - 1,
            "clocks-of-processes-add-up": sum(clocks.values()),
            "every-event-makes-two-steps": clocks[last] + 1,
        },
        facts={"last": last, "own": naive[last], "all": at_last + 1},
        code=Code("\n".join(f"{at:2}  {event}" for at, event in enumerate(events, 1)), "text"),
    )


def _moved(rng: Random) -> Drawn:
    servers = rng.randint(3, 6)
    hashes = sorted(rng.sample(range(10, 200), 12))
    moved = [key for key in hashes if key % servers != key % (servers + 1)]
    return Drawn(
        answer=len(moved),
        beliefs={
            "modulo-moves-everything": len(hashes),
            "modulo-moves-one-share": round(Fraction(len(hashes), servers + 1)),
            "rehash-moves-half": len(hashes) // 2,
            "complement-taken-for-answer": len(hashes) - len(moved),
            "keys-of-the-new-server-alone-move": sum(
                key % (servers + 1) == servers for key in hashes
            ),
        },
        facts={
            "servers": servers,
            "more": servers + 1,
            "hashes": ", ".join(map(str, hashes)),
            "stay": ", ".join(str(key) for key in hashes if key not in moved) or "none",
            "count": len(hashes),
        },
    )


def _flaky(rng: Random) -> Drawn:
    tests, per_mille = rng.randint(5, 60), rng.choice([4, 5, 10, 20, 30])
    runs = rng.choice([500, 1000, 2000, 5000])
    fails = Fraction(per_mille, 1000)
    red = (1 - (1 - fails) ** tests) * runs
    return Drawn(
        answer=round(red),
        beliefs={
            "rates-of-tests-add-up": round(min(Fraction(1), fails * tests) * runs),
            "one-flaky-test-decides": round(fails * runs),
            "all-flaky-tests-must-fail": round(fails**tests * runs),
            "green-runs-taken-for-red": round(runs - red),
        },
        facts={
            "tests": tests,
            "rate": f"{per_mille / 10:g}",
            "passes": f"{1 - float(fails):g}",
            "green": f"{float((1 - fails) ** tests):.4f}",
            "runs": runs,
        },
    )


TEMPLATES = (
    Template(
        id="draw-graph-route",
        area="data-structures",
        topic="graphs",
        level="senior",
        version=1,
        unit="",
        prompt="An undirected graph has these edges with their lengths: {edges}. How long is the"
        " shortest path from A to F?",
        explain="Dijkstra takes the node with the least known distance each time and improves its"
        " neighbours. F is reached after {answer}; the edge AF has {direct}.",
        why={
            "fewest-hops-first": "{value} is the direct edge. A way over other nodes may be"
            " shorter.",
            "nearest-neighbour-leads-on": "{value} follows the shortest edge at each node. What"
            " begins short may end long.",
            "first-found-path-is-final": "{value} is the way A, B, C, D, E, F, which a depth-first"
            " search finds first. Others may be shorter.",
            "edges-are-counted-not-weighed": "{value} is the number of edges on the way with the"
            " fewest. It is their lengths that are added up.",
        },
        hint="Keep the least known distance of each node",
        computed_by="Dijkstra's algorithm with a heap",
        source=Source(
            "Dijkstra, A note on two problems in connexion with graphs (1959)",
            "Problem 2",
            "https://doi.org/10.1007/BF01386390",
        ),
        draw=_route,
    ),
    Template(
        id="draw-lamport-clock",
        area="distributed-systems",
        topic="clocks-and-ids",
        level="senior",
        version=1,
        unit="",
        prompt="Three processes P, Q and R keep Lamport clocks that start at 0 and go up by 1 at"
        " each event. A message carries its sender's clock; its receiver goes to the larger of both"
        " clocks before it adds 1. Below, one event a line. Which clock does {last} show after the"
        " last one?",
        explain="Follow the clocks line by line: own events add 1, a received message may pull the"
        " clock ahead of the {own} events of {last} itself. It ends at {answer}.",
        why={
            "logical-clocks-are-local-counters": "{value} is the number of {last}'s own events."
            " Received messages pull its clock ahead.",
            "logical-clock-is-global": "{value} counts the events of all processes. Each has a"
            " clock of its own.",
            "receiving-takes-the-senders-time": "{value} leaves out the 1 that the last event"
            " adds.",
            "clocks-of-processes-add-up": "{value} adds the clocks of all three. A receiver takes"
            " the larger one.",
            "every-event-makes-two-steps": "{value} adds 1 twice for an event. Receiving adds it"
            " once.",
        },
        hint="max(own, received) + 1",
        computed_by="the clocks are simulated",
        source=Source(
            "Lamport, Time, Clocks, and the Ordering of Events in a Distributed System (1978)",
            "Logical Clocks, IR1 and IR2",
            "https://doi.org/10.1145/359545.359563",
        ),
        draw=_lamport,
    ),
    Template(
        id="draw-modulo-moves",
        area="distributed-systems",
        topic="partitioning-schemes",
        level="senior",
        version=1,
        unit="keys",
        prompt="Keys are placed on {servers} cache servers, numbered from 0, by hash mod {servers}."
        " A server is added, and the rule becomes hash mod {more}. The keys have the hashes"
        " {hashes}. How many of the {count} keys are on another server then?",
        explain="A key stays if both remainders are equal. These stay: {stay}. The other {answer}"
        " move, nearly all; with consistent hashing it would be about one in {more}.",
        why={
            "modulo-moves-everything": "{value} would be all keys. Those stay whose remainder does"
            " not change.",
            "modulo-moves-one-share": "{value} is one server's share of {count}, about what"
            " consistent hashing moves.",
            "rehash-moves-half": "{value} is half of the keys. Other remainders are far more common"
            " than equal ones.",
            "complement-taken-for-answer": "{value} of {count} keys stay where they are.",
            "keys-of-the-new-server-alone-move": "{value} keys go to the new server. Others move"
            " between the old ones.",
        },
        hint="Compare both remainders",
        computed_by="remainders compared key by key",
        source=Source(
            "Karger et al., Consistent Hashing and Random Trees (1997)",
            "4 Consistent Hashing",
            "https://doi.org/10.1145/258533.258660",
        ),
        draw=_moved,
    ),
    Template(
        id="draw-flaky-runs",
        area="testing",
        topic="test-data-and-isolation",
        level="senior",
        version=1,
        unit="runs",
        prompt="{tests} tests of a suite are flaky: without any fault in the code each of them"
        " fails in {rate} % of runs, independently of the others. How many of {runs} runs are red"
        " for no reason on average, to the nearest whole number?",
        explain="A run is green if all {tests} pass: {passes}^{tests} = {green}. So the share of"
        " red runs is 1 - {green}, of {runs} runs {answer}.",
        why={
            "rates-of-tests-add-up": "{tests} x {rate} % of {runs} gives {value}. Runs in which"
            " several tests fail are red once.",
            "one-flaky-test-decides": "{value} runs would be red with one flaky test. There are"
            " {tests}.",
            "all-flaky-tests-must-fail": "{value} runs would be red if all {tests} tests had to"
            " fail. One is enough.",
            "green-runs-taken-for-red": "{value} of {runs} runs are green.",
        },
        hint="When is a run green?",
        computed_by="powers of fractions, rounded",
        source=Source(
            "Software Engineering at Google, chapter 11: Testing Overview",
            "Case Study: Flaky Tests Are Expensive",
            "https://abseil.io/resources/swe-book/html/ch11.html",
        ),
        draw=_flaky,
    ),
)

"""Drawn questions about work that is shared out: cores, pools, permits, users of a load test."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template


def _cores(rng: Random) -> Drawn:
    cores = rng.choice([2, 3, 4, 5, 6, 8, 10, 12])
    serial, each = rng.randint(3, 30), rng.randint(2, 24)
    total = serial + cores * each
    return Drawn(
        answer=serial + each,
        beliefs={
            "speedup-equals-cores": round(Fraction(total, cores)),
            "serial-part-is-free": each,
            "serial-part-grows-with-the-cores": serial * cores + each,
            "limit-taken-for-the-value": serial,
            "complement-taken-for-answer": total - serial - each,
        },
        facts={
            "cores": cores,
            "serial": serial,
            "total": total,
            "rest": cores * each,
            "each": each,
        },
    )


def _rounds(rng: Random) -> Drawn:
    threads, each = rng.randint(3, 12), rng.choice([20, 30, 40, 50, 80, 120, 150])
    tasks = threads * rng.randint(2, 6) + rng.randint(2, threads - 1)
    rounds = -(-tasks // threads)
    return Drawn(
        answer=rounds * each,
        beliefs={
            "work-is-divided-evenly": round(Fraction(tasks * each, threads)),
            "last-group-is-forgotten": (rounds - 1) * each,
            "pool-runs-one-task-at-a-time": tasks * each,
            "each-task-gets-a-thread": each,
        },
        facts={
            "threads": threads,
            "each": each,
            "tasks": tasks,
            "rounds": rounds,
            "full": rounds - 1,
            "last": tasks - (rounds - 1) * threads,
        },
    )


def _java_pool(rng: Random) -> Drawn:
    core, queue = rng.randint(2, 8), rng.randint(3, 40)
    most = core + rng.randint(2, 8)
    tasks = core + queue + rng.randint(1, most - core + 9)
    threads = min(most, tasks - queue)
    return Drawn(
        answer=threads,
        beliefs={
            "pool-grows-before-queueing": min(most, tasks),
            "pool-stays-at-core-size": core,
            "each-task-gets-a-thread": tasks,
            "queue-counts-as-threads": min(core + queue, tasks),
            "core-and-maximum-are-added": most + core,
        },
        facts={
            "core": core,
            "most": most,
            "queue": queue,
            "tasks": tasks,
            "held": core + queue,
            "beyond": tasks - core - queue,
            "new": threads - core,
        },
    )


def _ends(durations: Sequence[int], permits: int) -> int:
    """Let tasks run in order, as many at once as there are permits; give the end of the last."""
    running: list[int] = []
    for lasts in durations:
        start = heapq.heappop(running) if len(running) == permits else 0
        heapq.heappush(running, start + lasts)
    return max(running)


def _permits(rng: Random) -> Drawn:
    permits = rng.choice([2, 2, 3])
    durations = [rng.randint(1, 14) * 10 for _ in range(rng.randint(5, 7))]
    groups = [durations[at : at + permits] for at in range(0, len(durations), permits)]
    return Drawn(
        answer=_ends(durations, permits),
        beliefs={
            "semaphore-counts-without-waiting": max(durations),
            "semaphore-is-a-mutex": sum(durations),
            "permits-come-back-in-groups": sum(map(max, groups)),
            "work-is-divided-evenly": round(Fraction(sum(durations), permits)),
            "shortest-task-first": _ends(sorted(durations), permits),
        },
        facts={"permits": permits, "durations": ", ".join(map(str, durations))},
    )


def _users(rng: Random) -> Drawn:
    rate, busy = rng.choice([20, 40, 50, 60, 80, 120, 150]), rng.choice([100, 200, 300, 400, 500])
    think = rng.randint(2, 12)
    cycle = think * 1000 + busy
    return Drawn(
        answer=rate * cycle // 1000,
        beliefs={
            "think-time-does-not-count": rate * busy // 1000,
            "users-are-requests-per-second": rate,
            "response-time-does-not-count": rate * think,
            "rate-and-time-mixed-up": rate * 1000 // cycle,
        },
        facts={
            "rate": rate,
            "busy": busy,
            "think": think,
            "cycle": f"{cycle / 1000:g}",
            "seconds": f"{busy / 1000:g}",
        },
    )


TEMPLATES = (
    Template(
        id="draw-amdahl-minutes",
        area="concurrency",
        topic="parallel-speedup",
        level="junior",
        version=1,
        unit="minutes",
        prompt="A nightly job takes {total} minutes on one core. Of these, {serial} minutes cannot"
        " be split; the rest divides evenly among cores without loss. How many minutes does it take"
        " on {cores} cores?",
        explain="{rest} minutes are shared by {cores} cores: {each}. The {serial} minutes that"
        " cannot be split stay: {serial} + {each} = {answer} (Amdahl's law).",
        why={
            "speedup-equals-cores": "{total} / {cores} is about {value}; it splits the {serial}"
            " minutes as well, which cannot be split.",
            "serial-part-is-free": "{value} minutes is the part that is split. The {serial} minutes"
            " come on top.",
            "serial-part-grows-with-the-cores": "{value} counts the {serial} minutes once for each"
            " core. They run once.",
            "limit-taken-for-the-value": "{value} minutes is what endless cores would come down to."
            " There are {cores}.",
            "complement-taken-for-answer": "{value} minutes are saved. It still takes {answer}.",
        },
        hint="Which minutes become fewer?",
        computed_by="Amdahl's law in whole minutes",
        source=Source(
            "Amdahl, Validity of the Single Processor Approach (1967)",
            "The sequential fraction of a program",
            "https://doi.org/10.1145/1465482.1465560",
        ),
        draw=_cores,
    ),
    Template(
        id="draw-pool-rounds",
        area="concurrency",
        topic="thread-pools",
        level="junior",
        version=1,
        unit="ms",
        prompt="A pool of {threads} threads is given {tasks} tasks at once. Each of them waits"
        " {each} ms for a partner that answers any number at the same time, and does nothing else."
        " After how many ms is the last one done?",
        explain="{threads} tasks wait at a time: {full} full rounds, and one more for the last"
        " {last}. {rounds} x {each} = {answer} ms.",
        why={
            "work-is-divided-evenly": "{tasks} x {each} / {threads} is about {value} ms. A waiting"
            " task cannot be cut: the last {last} take a whole round.",
            "last-group-is-forgotten": "{full} x {each} = {value} ms leaves out the round of the"
            " last {last}.",
            "pool-runs-one-task-at-a-time": "{tasks} x {each} = {value} ms lets one task wait"
            " at a time. {threads} wait at once.",
            "each-task-gets-a-thread": "{value} ms would take {tasks} threads. The pool has"
            " {threads}.",
        },
        hint="How many rounds are there?",
        computed_by="rounds, rounded up, times the wait",
        source=Source(
            "The Python Standard Library, concurrent.futures",
            "ThreadPoolExecutor, max_workers",
            "https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor",
        ),
        draw=_rounds,
    ),
    Template(
        id="draw-java-pool-threads",
        area="concurrency",
        topic="thread-pools",
        level="senior",
        version=1,
        unit="threads",
        prompt="A Java ThreadPoolExecutor has corePoolSize {core}, maximumPoolSize {most} and an"
        " ArrayBlockingQueue of {queue}. {tasks} tasks are submitted in quick succession; none ends"
        " before all are submitted, and what is refused is given up. How many threads does the pool"
        " have then?",
        explain="{core} tasks start core threads, the next {queue} wait in the queue. Only behind"
        " a full queue are threads added, up to {most}: {beyond} tasks are left, so {new} more."
        " {core} + {new} = {answer}.",
        why={
            "pool-grows-before-queueing": "{value} adds threads before the queue is full. First"
            " {queue} tasks go into the queue.",
            "pool-stays-at-core-size": "{value} is the core size. {tasks} tasks are more than the"
            " {held} that core threads and queue hold.",
            "each-task-gets-a-thread": "{value} threads would be one for each task. The queue takes"
            " {queue} of them.",
            "queue-counts-as-threads": "{value} counts the {queue} that wait in the queue. They"
            " have no thread yet.",
            "core-and-maximum-are-added": "{value} adds core and maximum size. The"
            " maximum, {most}, includes the core threads.",
        },
        hint="Core threads, then the queue, then more threads",
        computed_by="tasks placed by the rule of ThreadPoolExecutor",
        source=Source(
            "Java SE API, ThreadPoolExecutor",
            "Core and maximum pool sizes; Queuing",
            "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/ThreadPoolExecutor.html",
        ),
        draw=_java_pool,
    ),
    Template(
        id="draw-async-permits",
        area="concurrency",
        topic="async-io",
        level="mid",
        version=1,
        unit="ms",
        prompt="Coroutines that wait {durations} ms are started at once, in this order. Each holds"
        " one permit of a fair asyncio semaphore with {permits} permits while it waits. After how"
        " many ms is the last one done?",
        explain="{permits} wait at a time. Whenever one ends, the next in order takes its permit."
        " Followed like this, the last one ends after {answer} ms.",
        why={
            "semaphore-counts-without-waiting": "{value} ms is the longest wait alone. It would"
            " need a permit for each coroutine.",
            "semaphore-is-a-mutex": "{value} ms is the sum: one at a time. There are {permits}"
            " permits.",
            "permits-come-back-in-groups": "{value} ms lets groups of {permits} wait for their"
            " slowest. A permit is free as soon as its holder ends.",
            "work-is-divided-evenly": "{value} ms is the sum shared out evenly. A wait cannot be"
            " cut in two.",
            "shortest-task-first": "{value} ms takes the shortest first. A fair semaphore keeps"
            " the order in which they asked.",
        },
        hint="Draw a line for each permit",
        computed_by="the permits are simulated with a heap",
        source=Source(
            "The Python Standard Library, asyncio synchronisation primitives",
            "asyncio.Semaphore",
            "https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore",
        ),
        draw=_permits,
    ),
    Template(
        id="draw-load-test-users",
        area="testing",
        topic="load-tests",
        level="mid",
        version=1,
        unit="users",
        prompt="A load test with a fixed number of simulated users shall send {rate} requests a"
        " second. Each user waits {busy} ms for an answer and then {think} s before the next"
        " request. How many users does that take?",
        explain="A user sends one request every {think} + {seconds} = {cycle} s. {rate} requests a"
        " second take {rate} x {cycle} = {answer} users (Little's law).",
        why={
            "think-time-does-not-count": "{rate} x {seconds} = {value} users would send the next"
            " request at once. They pause for {think} s.",
            "users-are-requests-per-second": "{value} users would each have to send a request"
            " every second. It takes them {cycle} s.",
            "response-time-does-not-count": "{rate} x {think} = {value} leaves out the {busy} ms in"
            " which a user waits for the answer.",
            "rate-and-time-mixed-up": "{value} divides {rate} by {cycle}. A longer cycle takes more"
            " users, not fewer.",
        },
        hint="How often does one user send a request?",
        computed_by="Little's law in whole milliseconds",
        source=Source(
            "J. D. C. Little, A Proof for the Queuing Formula: L = lambda W (1961)",
            "L = lambda W",
            "https://doi.org/10.1287/opre.9.3.383",
        ),
        draw=_users,
    ),
)

"""What services and tools do: each answer again, by another method than the template's."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, product

from questions.model import Item
from tests.questions.routes.reading import code, listed, numbers


def amdahl(drawn: Item) -> int:
    total, _, serial, cores = numbers(drawn.prompt.replace("one core", "1 core"))
    share = Fraction(total - serial, total)
    time = total * (1 - share + share / cores)
    assert time.denominator == 1
    return int(time)


def pool_rounds(drawn: Item) -> int:
    threads, tasks, each = numbers(drawn.prompt)
    time = 0
    while tasks > 0:
        tasks, time = tasks - threads, time + each
    return time


def java_pool(drawn: Item) -> int:
    core, most, queue, tasks = numbers(drawn.prompt)
    threads, queued = 0, 0
    for _ in range(tasks):
        if threads < core:
            threads += 1
        elif queued < queue:
            queued += 1
        elif threads < most:
            threads += 1
    return threads


def async_permits(drawn: Item) -> int:
    waits = listed(drawn.prompt, "that wait", "ms")
    permits = listed(drawn.prompt, "semaphore with", "permits")[0]
    time, held = 0, list[int]()
    while waits or held:
        while waits and len(held) < permits:
            held.append(waits.pop(0))
        held = [left - 1 for left in held if left > 1]
        time += 1
    return time


def load_test_users(drawn: Item) -> int:
    rate, busy, think = numbers(drawn.prompt)
    return next(n for n in range(100_000) if Fraction(n * 1000, think * 1000 + busy) >= rate)


def retry_layers(drawn: Item) -> int:
    def calls(layers: list[int]) -> int:
        return sum(calls(layers[1:]) for _ in range(layers[0] + 1)) if layers else 1

    return calls(numbers(drawn.prompt))


def backoff_total(drawn: Item) -> int:
    retries, wait, cap = numbers(drawn.prompt)
    factor = {"doubles": 2, "triples": 3}[drawn.prompt.partition("the wait ")[2].partition(" ")[0]]
    total = 0
    for _ in range(retries):
        total, wait = total + min(wait, cap), wait * factor
    return total


def kafka_repeats(drawn: Item) -> int:
    start, every, last = numbers(drawn.prompt)
    commits = [offset + 1 for offset in range(start, last + 1) if (offset + 1 - start) % every == 0]
    return len(range(commits[-1], last + 1))


def lag_catch_up(drawn: Item) -> int:
    lag, inflow, work = numbers(drawn.prompt)
    minutes = 0
    while lag > 0:
        lag += 60 * (inflow - work)
        minutes += 1
    assert lag == 0
    return minutes


def kafka_share(drawn: Item) -> int:
    partitions, _, members = numbers(drawn.prompt)
    given = [0] * members
    for partition in range(partitions):
        given[partition % members] += 1
    return max(given)


def umask(drawn: Item) -> int:
    wanted, mask = re.findall(r"mode (\d+) and has umask (\d+)", drawn.prompt)[0]
    digits = (7 & int(have) & (7 - int(gone)) for have, gone in zip(wanted, mask, strict=True))
    return int("".join(map(str, digits)))


def uniq(drawn: Item) -> int:
    lines = drawn.prompt.partition("each: ")[2].partition(".")[0].split(", ")
    assert len(lines) == numbers(drawn.prompt)[0]
    return 1 + sum(one != other for one, other in pairwise(lines))


def git_range(drawn: Item) -> int:
    main, topic, *merges = (line.replace(":", "").split() for line in code(drawn).splitlines())
    below, made = [topic[2]], topic[3:]
    for merge in merges:
        below.append(merge[4])
        made.insert(made.index(merge[2]) + 1, "x")
    sides = {
        "main": {*main[1:]},
        "topic": {*made}.union(*(main[1:][: main.index(m)] for m in below)),
    }
    left, right = (sides[name] for name in re.findall("main|topic", asked(drawn)))
    return len(left ^ right if "..." in asked(drawn) else right - left)


def asked(drawn: Item) -> str:
    return drawn.prompt.partition("--count ")[2].partition("`")[0]


def semver(drawn: Item) -> int:
    versions, base = drawn.prompt.split(". How many")
    major, minor, patch = numbers(base)
    upper = (major + 1, 0, 0) if major else (0, minor + 1, 0)
    taken = re.findall(r"(\d+)\.(\d+)\.(\d+)", versions)
    return sum((major, minor, patch) <= tuple(map(int, version)) < upper for version in taken)


def autoscaler(drawn: Item) -> int:
    copies, target, _, now = numbers(drawn.prompt)
    return next(pods for pods in range(999) if copies * now <= pods * target)


def break_even(drawn: Item) -> int:
    hourly = numbers(drawn.prompt)[0]
    monthly = Fraction(re.findall(r"or (\d+\.\d\d) euros", drawn.prompt)[0]) * 100
    return next(hours for hours in range(731) if hours * hourly >= monthly)


def ci_matrix(drawn: Item) -> int:
    text = code(drawn)
    lists = [found.split(", ") for found in re.findall(r"\[(.*)\]", text)]
    dropped = re.findall(r"(?:- os|    database): (\w+)$", text, re.MULTILINE)
    assert len(dropped) == 2
    return sum(list(job[1:]) != dropped for job in product(*lists))


def docker_cache(drawn: Item) -> int:
    change = drawn.prompt.partition("Then ")[2].partition(" ")[0]
    run = 0
    for line in code(drawn).splitlines():
        run += bool(run) or line.startswith(f"COPY {change} ")
    return run


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-amdahl-minutes": amdahl,
    "draw-pool-rounds": pool_rounds,
    "draw-java-pool-threads": java_pool,
    "draw-async-permits": async_permits,
    "draw-load-test-users": load_test_users,
    "draw-retry-layers": retry_layers,
    "draw-backoff-total": backoff_total,
    "draw-kafka-repeats": kafka_repeats,
    "draw-lag-catch-up": lag_catch_up,
    "draw-kafka-share": kafka_share,
    "draw-linux-umask": umask,
    "draw-linux-uniq": uniq,
    "draw-git-range": git_range,
    "draw-semver-caret": semver,
    "draw-k8s-autoscaler": autoscaler,
    "draw-cloud-break-even": break_even,
    "draw-ci-matrix": ci_matrix,
    "draw-docker-cache": docker_cache,
}

"""What is stored and queried: each answer again, by another method than the template's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from questions.model import Item
from tests.questions.routes.reading import code, listed, numbers


def count_column(drawn: Item) -> int:
    values = drawn.prompt.partition("row by row: ")[2].partition(".")[0].split(", ")
    return sum(value.isdigit() for value in values)


def unknown(drawn: Item) -> int:
    found = re.search(r"row by row: (.*?)\. .*WHERE (.*)` give", drawn.prompt)
    assert found
    values = [int(value) for value in found[1].split(", ") if value != "NULL"]
    bounds = numbers(found[2])
    if ">=" in found[2]:
        return sum(value < bounds[0] for value in values)
    return sum(value not in bounds for value in values)


def rank(drawn: Item) -> int:
    points, wanted = drawn.prompt.split(". Which")
    return 1 + sum(value > numbers(wanted)[0] for value in numbers(points))


def running_total(drawn: Item) -> int:
    asked = numbers(drawn.prompt)[0]
    rows = [numbers(line) for line in code(drawn).splitlines()[2:8]]
    (day,) = (day for at, day, _ in rows if at == asked)
    return sum(amount for _, at, amount in rows if at <= day)


def groups(drawn: Item) -> int:
    pages, least = numbers(code(drawn))
    visits = re.findall(r"([a-d]) (\d+)", drawn.prompt)
    count = Counter(reader for reader, seen in visits if int(seen) > pages)
    return sum(many > least for many in count.values())


def union(drawn: Item) -> int:
    return len({*listed(drawn.prompt, "a.x holds", ";"), *listed(drawn.prompt, "b.x holds")})


def fan_out(drawn: Item) -> int:
    parcels = listed(drawn.prompt, "They left in", "parcels")
    orders = re.findall(r"order \d: ([\d, ]+)", drawn.prompt)
    assert len(orders) == len(parcels) == 3
    return sum(
        many * price
        for many, items in zip(parcels, orders, strict=True)
        for price in numbers(items)
    )


def index_levels(drawn: Item) -> int:
    rows, fan = numbers(drawn.prompt)
    return next(level for level in range(1, 99) if fan**level >= rows)


def connections(drawn: Item) -> int:
    copies, surge, workers, pool, more = numbers(drawn.prompt)
    pools = [(copy, worker) for copy in range(copies + surge) for worker in range(workers)]
    return sum(pool + more for _ in pools)


def quorum(drawn: Item) -> int:
    copies, write, read = numbers(drawn.prompt)
    return max(down for down in range(copies) if copies - down >= write and copies - down >= read)


def mongo_array(drawn: Item) -> int:
    tags = re.split(", ", drawn.prompt.partition("document are ")[2].partition(".")[0])
    for line in code(drawn).splitlines():
        value = re.findall(r'"(\w+)"', line)
        match line.partition(":")[0]:
            case "$push":
                tags.extend(value)
            case "$addToSet":
                tags.extend(sorted({*value} - {*tags}))
            case "$pull":
                tags = [tag for tag in tags if tag not in value]
            case "$pop":
                del tags[len(tags) - 1 :]
    return len(tags)


def stale_chain(drawn: Item) -> int:
    local, shared, lag = numbers(drawn.prompt)
    # the shared cache fills itself at t, the process from it at u, each with the old value
    return max(u + local for t in range(lag + 1) for u in range(t, t + shared + 1))


def cache_average(drawn: Item) -> int:
    look, percent, load = numbers(drawn.prompt)
    reads = [look] * percent + [look + load] * (100 - percent)
    assert sum(reads) % 100 == 0
    return sum(reads) // 100


def lru_hits(drawn: Item) -> int:
    size = numbers(drawn.prompt)[0]
    reads = drawn.prompt.partition("reads are ")[2].partition(".")[0].split(", ")
    hits = 0
    for at, key in enumerate(reads):
        last = max((seen for seen in range(at) if reads[seen] == key), default=-1)
        hits += last >= 0 and len({*reads[last + 1 : at]}) < size
    return hits


def storage_need(drawn: Item) -> int:
    a_second, size, days, copies = numbers(drawn.prompt)[:4]
    kilobytes = sum(a_second * size * 86_400 * days for _ in range(copies))
    assert kilobytes % 10**6 != 500_000
    return (kilobytes + 500_000) // 10**6


def orm_queries(drawn: Item) -> int:
    rows, sent = numbers(drawn.prompt)[0], 1
    for _ in range(rows):
        sent += 1 if "select_related" in code(drawn) else 2
    return sent


def event_replay(drawn: Item) -> int:
    start, held = numbers(drawn.prompt)[:2]
    events = dict(re.findall(r"(\d+): ([+-]\d+)", drawn.prompt))
    return start + sum(int(change) for number, change in events.items() if int(number) > held)


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-sql-count-column": count_column,
    "draw-sql-unknown": unknown,
    "draw-sql-rank": rank,
    "draw-sql-running-total": running_total,
    "draw-sql-groups": groups,
    "draw-sql-union": union,
    "draw-sql-fan-out": fan_out,
    "draw-db-index-levels": index_levels,
    "draw-db-connections": connections,
    "draw-quorum-tolerance": quorum,
    "draw-mongo-array": mongo_array,
    "draw-cache-stale-chain": stale_chain,
    "draw-cache-average": cache_average,
    "draw-cache-lru-hits": lru_hits,
    "draw-storage-need": storage_need,
    "draw-orm-queries": orm_queries,
    "draw-event-replay": event_replay,
}

"""The first twelve templates: each answer again, from what is printed, by another method."""

from __future__ import annotations

import ast
import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from questions.model import Item
from tests.questions.routes.reading import code, numbers


def notes_left(drawn: Item) -> int:
    last = {path: method for method, path in map(str.split, code(drawn).splitlines())}
    posts: int = code(drawn).splitlines().count("POST /notes")
    return posts + sum(method == "PUT" for method in last.values())


def freshness(drawn: Item) -> int:
    stay, max_age, s_maxage, age = numbers(drawn.prompt)
    return (s_maxage if "shared" in drawn.prompt else max_age) - stay - age


def left_join_rows(drawn: Item) -> int:
    customers, orders = re.findall(r"holds ([\dNUL, ]+)[.;]", drawn.prompt)
    placed = orders.split(", ")
    return sum(max(1, placed.count(customer)) for customer in customers.split(", "))


def lost_update(drawn: Item) -> int:
    found = re.search(r"holds (\d+)\..*T2 writes.*?(plus|less) (\d+)", drawn.prompt)
    assert found
    return int(found[1]) + int(found[3]) * (1 if found[2] == "plus" else -1)


def default_list(drawn: Item) -> int:
    calls = [node for node in ast.walk(ast.parse(code(drawn))) if isinstance(node, ast.Call)]
    added = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "add"]
    return sum(int(ast.unparse(call.args[0])) for call in added if len(call.args) == 1)


def tree_height(drawn: Item) -> int:
    def height(keys: list[int]) -> int:
        if not keys:
            return 0
        root, *rest = keys
        below = ([key for key in rest if key < root], [key for key in rest if key > root])
        return 1 + max(map(height, below))

    return height(numbers(drawn.prompt))


def usable_hosts(drawn: Item) -> int:
    return (1 << 32 - numbers(drawn.prompt)[4]) - 2


def cron_days(drawn: Item) -> int:
    line, name = (
        re.findall(r"`(.*?)`", drawn.prompt)[0],
        re.findall(r"in (\w+) (\d+)\?", drawn.prompt),
    )
    _, _, dates, month, weekday, _ = line.split(" ")
    ((month_name, year),) = name
    assert calendar.month_name[int(month)] == month_name
    day, count = date(int(year), int(month), 1), 0
    assert (
        f"begins on a {day:%A}; weekday {weekday} is {calendar.day_name[int(weekday) - 1]}"
        in drawn.prompt
    )
    while day.month == int(month):
        count += str(day.day) in dates.split(",") or day.strftime("%w") == weekday
        day += timedelta(days=1)
    assert f"has {(day - timedelta(days=1)).day} days" in drawn.prompt
    return count


def rolling_pods(drawn: Item) -> int:
    replicas, surge, _ = numbers(drawn.prompt)
    return replicas + next(up for up in range(replicas) if 100 * up >= surge * replicas)


def token_bucket(drawn: Item) -> int:
    held, rate, one, gap, two = numbers(drawn.prompt)
    tokens, accepted = held, 0
    arrivals = {0: one, gap: two}
    for second in range(gap + 1):
        tokens = min(held, tokens + rate) if second else tokens
        for _ in range(arrivals.get(second, 0)):
            accepted, tokens = (accepted + 1, tokens - 1) if tokens else (accepted, tokens)
    return accepted


def latency_percentile(drawn: Item) -> int:
    times = numbers(drawn.prompt.partition("ms: ")[2].partition(".")[0])
    wanted = numbers(drawn.prompt.partition("What is")[2])[0]
    assert len(times) == 20
    return min(x for x in times if 100 * sum(y <= x for y in times) >= wanted * len(times))


def worker_count(drawn: Item) -> int:
    rate, busy, most = numbers(drawn.prompt)
    return next(n for n in range(1, 10_000) if rate * busy * 100 <= n * most * 1000)


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-http-notes-left": notes_left,
    "draw-http-freshness": freshness,
    "draw-sql-left-join-rows": left_join_rows,
    "draw-db-lost-update": lost_update,
    "draw-python-default-list": default_list,
    "draw-tree-height": tree_height,
    "draw-net-usable-hosts": usable_hosts,
    "draw-linux-cron-days": cron_days,
    "draw-k8s-rolling-pods": rolling_pods,
    "draw-token-bucket": token_bucket,
    "draw-latency-percentile": latency_percentile,
    "draw-worker-count": worker_count,
}

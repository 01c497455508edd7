"""What programs do: each answer again, by another method than the template's."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from functools import reduce
from itertools import islice

from questions.model import Item
from tests.questions.routes.reading import code, listed, numbers


def array_copies(drawn: Item) -> int:
    first, size = numbers(drawn.prompt)
    return sum(first << at for at in range(20) if first << at < size)


def heap_pop(drawn: Item) -> int:
    _, *heap = listed(drawn.prompt, "in an array:")
    heap, at = [heap[-1], *heap[:-1]], 0
    while below := [child for child in (2 * at + 1, 2 * at + 2) if child < len(heap)]:
        child = min(below, key=heap.__getitem__)
        if heap[child] >= heap[at]:
            break
        heap[at], heap[child], at = heap[child], heap[at], child
    return heap[listed(drawn.prompt, "at index", ",")[0]]


def binary_search(drawn: Item) -> int:
    keys, wanted = listed(drawn.prompt, "keys holds", "and"), listed(drawn.prompt, "wanted is")[0]

    def compared(some: list[int]) -> int:
        middle = (len(some) - 1) // 2
        if some[middle] == wanted:
            return 1
        return 1 + compared(some[middle + 1 :] if some[middle] < wanted else some[:middle])

    return compared(keys)


def hash_probing(drawn: Item) -> int:
    size = listed(drawn.prompt, "k mod", ";")[0]
    keys = listed(drawn.prompt, "The keys", "are put")
    taken: dict[int, int] = {}
    for key in keys:
        free = [slot for slot in range(size) if slot not in taken]
        taken[min(free, key=lambda slot: (slot - key) % size)] = key
    return next(slot for slot, key in taken.items() if key == keys[-1])


def python_slice(drawn: Item) -> int:
    values, _, rest = code(drawn).partition("]")
    found = re.search(r"xs\[(\d+):(-?\d+)(?::(\d+))?\]", rest)
    assert found
    xs = numbers(values)
    stop = int(found[2]) if int(found[2]) > 0 else len(xs) + int(found[2])
    return sum(islice(xs, int(found[1]), stop, int(found[3] or 1)))


def decorators(drawn: Item) -> int:
    start = re.findall(r"return (\d+)", code(drawn))
    marks = re.findall(r"@(\w+)\((\d+)\)", code(drawn))
    steps = {"plus": int.__add__, "times": int.__mul__}
    return reduce(
        lambda held, mark: steps[mark[0]](held, int(mark[1])), reversed(marks), int(start[0])
    )


def python_floor(drawn: Item) -> int:
    a, b, many = map(int, re.findall(r"-?\d+", code(drawn)))
    quotient = math.floor(Fraction(a, b))
    return quotient * many + a - quotient * b


def java_overflow(drawn: Item) -> int:
    size = {"byte": 1, "short": 2, "int": 4}[code(drawn).partition(" ")[0]]
    kept = sum(numbers(code(drawn))).to_bytes(8, "little")[:size]
    return int.from_bytes(kept, "little", signed=True)


def js_sort(drawn: Item) -> int:
    *values, at = numbers(code(drawn))
    left = [str(value) for value in values]
    for _ in range(at):
        left.remove(min(left))
    return int(min(left))


def regex_matches(drawn: Item) -> int:
    pattern, text = re.findall(r"`(.*?)`", drawn.prompt)
    most = pattern.count("d")
    least = most - pattern.count("?")
    return sum(divmod(len(run), most)[0] + (len(run) % most >= least) for run in text.split())


def clock_change(drawn: Item) -> int:
    found = re.search(
        r"Sunday, (\d+ \w+ \d+),.*show (\d\d:\d\d),.*show (\d\d:\d\d)\.", drawn.prompt
    )
    assert found
    sunday = datetime.strptime(found[1], "%d %B %Y")  # noqa: DTZ007 the zone follows
    assert sunday.isoweekday() == 7
    spring = sunday.month == 3
    assert ("forward" in drawn.prompt) == spring
    assert (sunday + timedelta(days=7)).month != sunday.month
    moments = []
    for day, clock, hours in ((-1, found[2], 2 - spring), (0, found[3], 1 + spring)):
        time = datetime.strptime(clock, "%H:%M").time()  # noqa: DTZ007 the zone follows
        zone = timezone(timedelta(hours=hours))
        moments.append(datetime.combine(sunday + timedelta(days=day), time, zone))
    return (moments[1] - moments[0]) // timedelta(minutes=1)


def base64_length(drawn: Item) -> int:
    bits = 8 * numbers(drawn.prompt)[0]
    characters = next(n for n in range(1000) if 6 * n >= bits)
    return characters if "without padding" in drawn.prompt else characters + -characters % 4


def token_after_logout(drawn: Item) -> int:
    used, minutes, leeway = numbers(drawn.prompt)
    return sum(now < minutes * 60 + leeway for now in range(used, 20_000))


def bcrypt_cost(drawn: Item) -> int:
    time, old, new = numbers(drawn.prompt)
    return time * len(range(2**old, 2**new + 1, 2**old))


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-array-copies": array_copies,
    "draw-heap-pop": heap_pop,
    "draw-binary-search": binary_search,
    "draw-hash-probing": hash_probing,
    "draw-python-slice": python_slice,
    "draw-python-decorators": decorators,
    "draw-python-floor": python_floor,
    "draw-java-overflow": java_overflow,
    "draw-js-default-sort": js_sort,
    "draw-regex-matches": regex_matches,
    "draw-clock-change": clock_change,
    "draw-base64-length": base64_length,
    "draw-token-after-logout": token_after_logout,
    "draw-bcrypt-cost": bcrypt_cost,
}

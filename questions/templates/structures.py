"""Drawn questions about data structures: growth of an array, a heap, a probe, a route, a slot."""

from __future__ import annotations

import heapq
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _growths(size: int, first: int) -> list[int]:
    """Fill an array that doubles when it is full; give what each growth copies."""
    capacity, copied = first, []
    for held in range(size):
        if held == capacity:
            copied.append(held)
            capacity *= 2
    return copied


def _copies(rng: Random) -> Drawn:
    first, size = rng.choice([2, 4, 8, 10, 16]), rng.randint(40, 300)
    copied = _growths(size, first)
    return Drawn(
        answer=sum(copied),
        beliefs={
            "counts-the-last-growth-alone": copied[-1],
            "counts-growths-instead-of-copies": len(copied),
            "copies-at-every-append": size * (size - 1) // 2,
            "room-at-the-end-is-copied-too": sum(copied) + copied[-1] * 2,
            "elements-are-copied-once": size,
        },
        facts={
            "first": first,
            "size": size,
            "sum": " + ".join(map(str, copied)),
            "last": copied[-1],
            "growths": len(copied),
            "end": copied[-1] * 2,
        },
    )


def _pop(rng: Random) -> Drawn:
    heap = rng.sample(range(2, 60), rng.randint(7, 10))
    heapq.heapify(heap)
    left = list(heap)
    heapq.heappop(left)
    at = rng.randint(1, len(left) - 1)
    filled = [heap[-1], *heap[1:-1]]
    return Drawn(
        answer=left[at],
        beliefs={
            "heap-moves-up-like-a-list": heap[1:][at],
            "last-element-stays-at-the-root": filled[at],
            "heap-is-sorted": sorted(heap)[1:][at],
            "heap-directions-mixed-up": sorted(heap[1:], reverse=True)[at],
        },
        facts={
            "heap": ", ".join(map(str, heap)),
            "at": at,
            "smallest": heap[0],
            "last": heap[-1],
            "left": ", ".join(map(str, left)),
        },
    )


_SEARCH = """\
low, high = 0, len(keys) - 1
while low <= high:
    middle = (low + high) // 2
    if keys[middle] == wanted:
        break
    if keys[middle] < wanted:
        low = middle + 1
    else:
        high = middle - 1"""


def _probes(keys: list[int], wanted: int) -> list[int]:
    low, high, seen = 0, len(keys) - 1, list[int]()
    while low <= high and wanted not in seen:
        middle = (low + high) // 2
        seen.append(keys[middle])
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return seen


def _search(rng: Random) -> Drawn:
    keys = sorted(rng.sample(range(1, 99), rng.randint(11, 20)))
    wanted = rng.choice(keys)
    seen = _probes(keys, wanted)
    return Drawn(
        answer=len(seen),
        beliefs={
            "search-looks-at-every-element": keys.index(wanted) + 1,
            "search-looks-at-half-of-the-elements": len(keys) // 2,
            "every-search-takes-the-worst-case": len(keys).bit_length(),
            "last-probe-is-forgotten": len(seen) - 1,
        },
        facts={
            "keys": ", ".join(map(str, keys)),
            "wanted": wanted,
            "seen": ", ".join(map(str, seen)),
            "count": len(keys),
            "half": len(keys) // 2,
        },
        code=Code(_SEARCH, "python", "3"),
    )


def _slots(size: int, keys: list[int]) -> list[int | None]:
    """Put keys into a table with linear probing."""
    table: list[int | None] = [None] * size
    for key in keys:
        at = key % size
        while table[at] is not None:
            at = (at + 1) % size
        table[at] = key
    return table


def _probing(rng: Random) -> Drawn:
    size = rng.choice([7, 9, 10, 11, 13])
    wanted = rng.randint(2, size - 1) + size * rng.randint(2, 6)
    home = wanted % size
    turns = rng.sample(range(7, 12), 3)
    near = [(home + step) % size + size * turn for step, turn in zip((0, 0, 1), turns, strict=True)]
    keys = [*near, *rng.sample(range(160, 200), 2)]
    rng.shuffle(keys)
    table = _slots(size, [*keys, wanted])
    return Drawn(
        answer=table.index(wanted),
        beliefs={
            "collision-overwrites": home,
            "collision-moves-one-slot-at-most": (home + 1) % size,
            "collision-goes-to-the-first-free-slot": _slots(size, keys).index(None),
            "collision-goes-to-the-end": size,
            "keys-are-stored-in-order-of-arrival": len(keys),
        },
        facts={
            "size": size,
            "last": size - 1,
            "keys": ", ".join(map(str, keys)),
            "wanted": wanted,
            "home": home,
            "taken": ", ".join(str(at) for at, key in enumerate(_slots(size, keys)) if key),
        },
    )


TEMPLATES = (
    Template(
        id="draw-array-copies",
        area="data-structures",
        topic="arrays-and-strings",
        level="mid",
        version=1,
        unit="elements",
        prompt="A dynamic array has room for {first} elements at first. When it is full, the next"
        " append first copies all elements into a new array with twice the room. How many elements"
        " are copied in all while {size} elements are appended to the empty array?",
        explain="It grows at {growths} sizes and copies as many elements each time: {sum} ="
        " {answer}. That is fewer than 2 x {size}, hence amortised O(1) for each append.",
        why={
            "counts-the-last-growth-alone": "{value} elements are copied by the last growth. The"
            " earlier ones copied as well: {sum}.",
            "counts-growths-instead-of-copies": "{value} is how often the array grows. Each time it"
            " copies all that it holds.",
            "copies-at-every-append": "{value} would be copied if each append copied everything."
            " With room left nothing is copied.",
            "room-at-the-end-is-copied-too": "{value} includes a growth at {end}, which {size}"
            " elements do not need.",
            "elements-are-copied-once": "{value} copies each element once. Early elements move at"
            " each of the {growths} growths.",
        },
        hint="At which sizes does it grow, and what does each growth copy?",
        computed_by="the appends are simulated",
        source=Source(
            "NIST Dictionary of Algorithms and Data Structures",
            "dynamic array",
            "https://xlinux.nist.gov/dads/HTML/dynamicarray.html",
        ),
        draw=_copies,
    ),
    Template(
        id="draw-heap-pop",
        area="data-structures",
        topic="heaps",
        level="mid",
        version=1,
        unit="",
        prompt="A binary min-heap is kept in an array: {heap}. The smallest element is removed: the"
        " last one takes its place and sinks until no child is smaller, changing places with the"
        " smaller child. Which number is at index {at} then, counted from 0?",
        explain="{smallest} leaves, {last} goes to the root and sinks along the smaller children:"
        " the array is now {left}. At index {at} is {answer}.",
        why={
            "heap-moves-up-like-a-list": "{value} is there if all elements move up by one place."
            " That would break the heap; {last} fills the gap and sinks.",
            "last-element-stays-at-the-root": "{value} is there as long as {last} is still at the"
            " root. It sinks as long as a child is smaller.",
            "heap-is-sorted": "{value} takes the array for sorted. A heap orders parents and"
            " children, not neighbours.",
            "heap-directions-mixed-up": "{value} is there in descending order. In a min-heap the"
            " smallest is at the root.",
        },
        hint="The children of i are at 2i + 1 and 2i + 2",
        computed_by="Python's heapq removes the smallest",
        source=Source(
            "The Python Standard Library, heapq",
            "Theory",
            "https://docs.python.org/3/library/heapq.html#theory",
        ),
        draw=_pop,
    ),
    Template(
        id="draw-binary-search",
        area="data-structures",
        topic="sorting-and-searching",
        level="junior",
        version=1,
        unit="keys",
        prompt="keys holds {keys}, and wanted is {wanted}. How many different keys does this Python"
        " program compare with wanted?",
        explain="The keys in the middle are {seen}: {answer} of them, the last being the one that"
        " is wanted. Each comparison halves what is left of the {count}.",
        why={
            "search-looks-at-every-element": "{value} keys would be compared from the start, one"
            " after the other.",
            "search-looks-at-half-of-the-elements": "{value} is half of {count}. The rest is halved"
            " again at each step.",
            "every-search-takes-the-worst-case": "{value} is the most that {count} keys can take."
            " This one is found earlier.",
            "last-probe-is-forgotten": "{value} leaves out the key that is found. It is compared as"
            " well.",
        },
        hint="Write down middle for each turn",
        computed_by="the search is run",
        source=Source(
            "NIST Dictionary of Algorithms and Data Structures",
            "binary search",
            "https://xlinux.nist.gov/dads/HTML/binarySearch.html",
        ),
        draw=_search,
    ),
    Template(
        id="draw-hash-probing",
        area="data-structures",
        topic="hash-tables",
        level="junior",
        version=1,
        unit="",
        prompt="A hash table has slots 0 to {last}. A key k belongs in slot k mod {size}; if that"
        " is taken, it goes to the next free slot, after {last} comes 0. The keys {keys} and then"
        " {wanted} are put into the empty table. In which slot does {wanted} end up?",
        explain="{wanted} mod {size} = {home}. Taken by then are {taken}; the first free slot from"
        " {home} onwards is {answer}.",
        why={
            "collision-overwrites": "Slot {value} is where {wanted} belongs, and it is taken. With"
            " probing nothing is overwritten.",
            "collision-moves-one-slot-at-most": "Slot {value} is the next one, and it is taken as"
            " well. Probing goes on until a slot is free.",
            "collision-goes-to-the-first-free-slot": "Slot {value} is the first free one of the"
            " table. Probing begins at {home}.",
            "collision-goes-to-the-end": "There is no slot {value}: after {last} probing goes on"
            " at 0.",
            "keys-are-stored-in-order-of-arrival": "{value} keys came before. The hash decides, not"
            " the order of arrival.",
        },
        hint="First the remainder, then step by step",
        computed_by="the keys are put into a table",
        source=Source(
            "NIST Dictionary of Algorithms and Data Structures",
            "linear probing",
            "https://xlinux.nist.gov/dads/HTML/linearprobng.html",
        ),
        draw=_probing,
    ),
)

"""Made-up banks with one tell planted: the gates must find it, and pass the bank without."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from questions.tells.limits import gates
from questions.tells.measures import measure

Options = list[str]
Plant = Callable[[random.Random, Options, int, int], Options]
ITEMS = 400
_COPIES = 40
_VOCABULARY = (
    "lock row page index cache thread queue token header cookie commit branch shard replica socket"
    " buffer latch scan merge hash tree heap stack probe quota lease epoch cursor batch offset"
)
_WORDS = tuple(_VOCABULARY.split())


def _phrase(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(count))


def _longer(rng: random.Random, options: Options, key: int, _: int) -> Options:
    options[key] += f" because the {_phrase(rng, 6)}"
    return options


def _echoing(_: random.Random, options: Options, key: int, at: int) -> Options:
    options[key] = f"zeta{at} keeps working case {options[key].split()[0]}"
    return options


def _absolute(_: random.Random, options: Options, key: int, __: int) -> Options:
    return [text if at == key else f"{text} always" for at, text in enumerate(options)]


def _overlapping(_: random.Random, options: Options, key: int, at: int) -> Options:
    """Let the key share two words with every distractor, and them share none."""
    words = [f"w{at}{letter}" for letter in "abcdef"]
    parts = iter((words[:2], words[2:4], words[4:]))
    return [
        " ".join(words if place == key else (*next(parts), *text.split()[:4]))
        for place, text in enumerate(options)
    ]


def _formatted(_: random.Random, options: Options, key: int, __: int) -> Options:
    options[key] = f"`{options[key]}`."
    return options


# What is planted, and the gate that must miss.
PLANTS: Mapping[str, tuple[Plant | None, str]] = {
    "": (None, ""),
    "longest": (_longer, "longest guesser"),
    "echo": (_echoing, "echo guesser"),
    "absolute": (_absolute, "absolutes guesser"),
    "overlap": (_overlapping, "convergence guesser"),
    "format": (_formatted, "odd-format guesser"),
    "position": (None, "position"),
    "duplicate": (None, "duplicate items"),
}


def bank(plant: str = "", count: int = ITEMS, seed: int = 1) -> list[dict[str, Any]]:
    """Make `count` single-choice rows, half of them with the planted tell ('' for none)."""
    rng = random.Random(seed)
    rows = [_row(rng, plant, at) for at in range(count)]
    return [*rows, *_copies(rows)] if plant == "duplicate" else rows


def _row(rng: random.Random, plant: str, at: int) -> dict[str, Any]:
    key = rng.randrange(4)
    options = [f"{_phrase(rng, rng.randint(4, 8))} v{at}{place}" for place in range(4)]
    stem = f"Case {at}: which plan keeps the {_phrase(rng, 6)} working?"
    hit = rng.random() < 0.5  # noqa: PLR2004 every second row
    change = PLANTS[plant][0]
    if change and hit:
        options = change(rng, options, key, at)
    if plant == "position" and hit:
        options[0], options[key], key = options[key], options[0], 0
    return {
        "id": f"f{at}",
        "area": "x",
        "level": "mid",
        "type": "single",
        "prompt": stem,
        "options": options,
        "answer": [key],
        "explanation": "Because the plan holds the lease until the epoch ends.",
        "sources": ["https://www.rfc-editor.org/rfc/rfc9110"],
        "fixed_order": plant == "position",
    }


def _copies(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for at, row in enumerate(rows[:_COPIES]):
        turned = list(reversed(row["options"]))
        yield {**row, "id": f"d{at}", "options": turned, "answer": [3 - row["answer"][0]]}


def self_test() -> tuple[str, bool]:
    """Plant every tell; give a line for each, and whether all gates answered as they must."""
    lines, good = [], True
    for plant, (_, wanted) in PLANTS.items():
        missed = [gate.limit.name for gate in gates(measure(bank(plant))) if gate.passed is False]
        right = wanted in missed if wanted else not missed
        good &= right
        mark = "ok  " if right else "FAIL"
        lines.append(f"{mark} planted {plant or 'nothing':10s} gates missed: {missed}")
    return "\n".join(lines), good

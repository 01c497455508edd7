"""Typed answers: p50 and p99 over many answers (each the best of 5), and the slowest 4 kB text."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from math import inf
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.grading.number import number
from bot.grading.opened import opened
from bot.grading.short import short
from questions.areas import OWN_WORK
from questions.loading import load
from questions.model import Item, Number, Open, Short

ROOT = Path(__file__).parents[1]
ROUNDS = 5
KB4 = 4096
SHAPES = ("{}", "{}.", "I think it's {}", "not {}", "{} or something", "the {} thing", "{}x", "x{}")
NUMBERS = ("{}", "{} ms", "about {}", "{},000", "{} or 7", "2^{}", "{}/3")
HARD = (
    "not or / " * 500, "a" * KB4, "( " * 2048, "O(" * 2048, "1," * 2048, "9" * KB4, "n^" * 2048,
    "lock read shared write " * 180, "`" * KB4, "it's " * 820, "x, " * 1365, "\u00b2" * KB4,
    "10^" * 1365, "and not " * 512, ". " * 2048, "I think " * 512, "a b. " * 819, "((((" * 1024,
    "we went down from 9 to 3, " * 158, "\n- x" * 1365, "\u202e\u0000" * 2048, "it turned " * 410,
    " ".join(f"a{n}." for n in range(900))[:KB4],
    " ".join(f"we took {n} of it." for n in range(250)),
)  # fmt: skip


def main() -> None:
    items = [entry.item for entry in load(ROOT / "questions" / "bank").entries]
    for name, work in _work(items).items():
        _show(name, work, ROUNDS)
    for name, work in _hard(items).items():
        _show(f"4 kB {name}", work, 3)
    print(f"import of the graders {_import_time():.0f} ms")


def _work(items: list[Item]) -> dict[str, list[Callable[[], object]]]:
    shorts = [(item, item.body) for item in items if isinstance(item.body, Short)]
    numbers = [item.body for item in items if isinstance(item.body, Number)]
    opens = [
        (item.body, item.body.story or item.area == OWN_WORK)
        for item in items
        if isinstance(item.body, Open)
    ]
    words = [answer for _, body in shorts for answer in body.answers]
    words += [one for _, body in shorts for miss in body.near_misses for one in miss.answers]
    draw = random.Random(1)
    return {
        "short": [
            partial(short, item, body, shape.format(draw.choice(words)))
            for item, body in shorts
            for shape in SHAPES * 5
        ],
        "number": [
            partial(number, body, shape.format(body.answer))
            for body in numbers
            for shape in NUMBERS * 3
        ],
        "opened": [
            partial(opened, body, other.model_answer, own=own)
            for body, own in opens
            for other, _ in opens
        ],
    }


def _hard(items: list[Item]) -> dict[str, list[Callable[[], object]]]:
    found: dict[str, list[Callable[[], object]]] = {"short": [], "number": [], "opened": []}
    for item in items:
        for text in HARD:
            match item.body:
                case Short() as body:
                    found["short"].append(partial(short, item, body, text))
                case Number() as body:
                    found["number"].append(partial(number, body, text))
                case Open() as body:
                    own = body.story or item.area == OWN_WORK
                    found["opened"].append(partial(opened, body, text, own=own))
                case _:
                    pass
    return found


def _show(name: str, calls: list[Callable[[], object]], rounds: int) -> None:
    times: list[float] = []
    for call in calls:
        call()
    for call in calls:
        best = inf
        for _ in range(rounds):
            start = perf_counter()
            call()
            best = min(best, perf_counter() - start)
        times.append(best)
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(
        f"{name:12} p50 {p50 * 1e6:7.0f} us  p99 {p99 * 1e6:7.0f} us  max {times[-1] * 1e6:7.0f} us"
    )


def _import_time() -> float:
    """Milliseconds that importing the graders takes beside Python and msgspec."""
    graders = "import bot.grading.number, bot.grading.opened, bot.grading.short"
    runs = [_run(graders) - _run("import msgspec, typing") for _ in range(5)]
    return sorted(runs)[len(runs) // 2] * 1e3


def _run(code: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)  # noqa: S603 our own code
    return perf_counter() - start


if __name__ == "__main__":
    main()

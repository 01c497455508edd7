"""Loading: a bank of 2,000 questions against orjson of the same, and ours in milliseconds.

Ours is read in processes of their own: cold as after a change of the schema, with what reads YAML
still to be imported, and from the cache as on every other start.
"""

from __future__ import annotations

import importlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

from bench.measure import Row, micros, ratio, root, rounds, run, show
from questions.cache import load
from questions.checks import everything

QUESTIONS = 2_000
STARTS = 5
COLD, CACHED = 2_000, 50  # ms, of the real bank
_LOAD = """
import sys
from pathlib import Path
from time import perf_counter
from questions.cache import load
began = perf_counter()
found = load(Path(sys.argv[1]), Path(sys.argv[2]))
print(len(found.items), (perf_counter() - began) * 1000)
"""
_ID = re.compile(r"""^(- id: ["']?[a-z0-9-]+|  replaced_by: ["']?[a-z0-9-]+)""", re.MULTILINE)


def decoder() -> tuple[str, Callable[[bytes], Any]]:
    """The fastest reader of JSON that is installed: orjson, else msgspec's."""
    try:
        return "orjson", importlib.import_module("orjson").loads
    except ImportError:
        return "msgspec.json, as orjson is not installed", msgspec.json.decode


def multiplied(made: Path) -> None:
    """Write a bank of `QUESTIONS` below `made`: those of ours that are sound, again and again."""
    ours = root() / "questions"
    for name in ("areas.yaml", "hosts.yaml"):
        shutil.copy(ours / name, made / name)
    found = everything(ours)
    bad = {mistake.path for mistake in found.mistakes}
    paths = {entry.path for entry in found.entries} - bad
    sound = sum(entry.path in paths for entry in found.entries)
    for path in paths:
        text = (root() / path).read_text(encoding="utf-8")
        copies = (_ID.sub(rf"\1-{n}", text) for n in range(-(-QUESTIONS // sound)))
        below = made / Path(path).relative_to("questions")
        below.parent.mkdir(parents=True, exist_ok=True)
        below.write_text("\n".join(copies), encoding="utf-8")


async def main() -> None:
    """Read it whole, as a start does."""
    name, decode = decoder()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        made, kept = Path(folder), Path(cache)
        multiplied(made)
        items = load(made, kept).items
        data = msgspec.json.encode(items)
        one = next((made / "bank").rglob("*.yaml"))

        async def floor() -> float:
            return _timed(lambda: decode(data))

        async def unchanged() -> float:
            return _timed(lambda: load(made, kept))

        async def changed() -> float:
            with one.open("a", encoding="utf-8") as file:
                file.write("# changed\n")
            return _timed(lambda: load(made, kept))

        times = await rounds({name: floor, "unchanged": unchanged, "changed": changed})
    ours()
    what = f"a bank of {len(items):,} questions against {name}"
    show(Row(f"{what}, unchanged", ratio(times, "unchanged", name), 1.0, note=micros(times)))
    show(Row(f"{what}, one file changed", ratio(times, "changed", name), 8.0))


def ours() -> None:
    """Load the real bank in new processes, without a cache and with one."""
    cold, cached = [], []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as kept:
            number, first = _started(kept)
            cold.append(first)
            cached.append(_started(kept)[1])
    what = f"our bank of {number:,} questions in a new process"
    show(Row(f"{what}, cold", statistics.median(cold), COLD, "ms"))
    show(Row(f"{what}, from the cache", statistics.median(cached), CACHED, "ms"))


def _started(kept: str) -> tuple[int, float]:
    """How many questions a new process has loaded, and in how many milliseconds."""
    command = [sys.executable, "-c", _LOAD, str(root() / "questions"), kept]
    done = subprocess.run(command, cwd=root(), capture_output=True, text=True, check=True)  # noqa: S603 our own code
    number, took = done.stdout.split()
    return int(number), float(took)


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    run(main)

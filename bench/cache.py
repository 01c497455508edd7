"""A bank of 2,000 questions, unchanged and with one file changed, against orjson of the same."""

from __future__ import annotations

import importlib
import re
import shutil
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
_ID = re.compile(r"""^(- id: ["']?[a-z0-9-]+)""", re.MULTILINE)


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
    entries, mistakes = everything(ours)
    bad = {mistake.path for mistake in mistakes}
    paths = {entry.path for entry in entries} - bad
    sound = sum(entry.path in paths for entry in entries)
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
    what = f"a bank of {len(items):,} questions against {name}"
    show(Row(f"{what}, unchanged", ratio(times, "unchanged", name), 1.0, note=micros(times)))
    show(Row(f"{what}, one file changed", ratio(times, "changed", name), 8.0))


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    run(main)

"""Arms measured side by side: rounds interleaved in one process, medians of their ratios."""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from time import perf_counter

from msgspec import Struct, to_builtins

ROUNDS = 7
FLYING = 64
MARK = "@row "  # begins the line that bench/__main__.py reads

Once = Callable[[], Awaitable[object]]
Last = Callable[[], Awaitable[object]]  # awaits what is still being done, inside the time
Arm = Callable[[], Awaitable[float]]  # runs one round, gives seconds an operation


class Row(Struct, frozen=True):
    """One line of the table: a ratio (or a figure in its unit) and the most it should be."""

    goal: str
    figure: float
    limit: float
    unit: str = "x"
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.figure <= self.limit


def show(row: Row) -> None:
    """Print a line for people, and the same for the table."""
    said = "met" if row.met else "MISSED"
    note = f"  ({row.note})" if row.note else ""
    print(f"{row.goal}: {row.figure:.3g} {row.unit}, at most {row.limit:g}: {said}{note}")
    print(f"{MARK}{json.dumps(to_builtins(row))}", flush=True)


def root() -> Path:
    """The checkout."""
    return Path(__file__).parents[1]


async def rounds(arms: Mapping[str, Arm], count: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds an operation of each arm by round; one round more warms up and is not kept."""
    times: dict[str, list[float]] = {name: [] for name in arms}
    for number in range(count + 1):
        names = list(arms) if number % 2 else list(arms)[::-1]
        for name in names:
            gc.collect()
            seconds = await arms[name]()
            if number:
                times[name].append(seconds)
    return times


def ratio(times: Mapping[str, list[float]], arm: str, floor: str) -> float:
    """The median over rounds of an arm's time by its floor's."""
    pairs = zip(times[arm], times[floor], strict=True)
    return statistics.median(one / other for one, other in pairs)


def micros(times: Mapping[str, list[float]]) -> str:
    """Medians in microseconds, for a note."""
    parts = (f"{name} {statistics.median(each) * 1e6:,.0f}" for name, each in times.items())
    return f"us: {', '.join(parts)}"


async def _nothing() -> None:
    pass


def alone(once: Once, count: int, last: Last = _nothing) -> Arm:
    """One after the other, each to its end."""

    async def arm() -> float:
        start = perf_counter()
        for _ in range(count):
            await once()
            await last()
        return (perf_counter() - start) / count

    return arm


def together(once: Once, count: int, last: Last = _nothing) -> Arm:
    """With `FLYING` in flight all the time."""

    async def arm() -> float:
        left = iter(range(count))

        async def flying() -> None:
            for _ in left:
                await once()

        start = perf_counter()
        await asyncio.gather(*(flying() for _ in range(FLYING)))
        await last()
        return (perf_counter() - start) / count

    return arm


def run(main: Callable[[], Awaitable[None]]) -> None:
    """Run a script; its rows go to standard output."""
    sys.setswitchinterval(0.005)  # Python's own; said because a shorter one would flatter threads

    async def everything() -> None:
        await main()

    asyncio.run(everything())

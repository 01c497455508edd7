"""An answer's transaction on SQLite, synchronous FULL, against one raw durable row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.durable import file
from bench.measure import ROUNDS, Row, alone, micros, ratio, rounds, run, show
from bench.presses import WAYS, Crowd, Ready, written
from tests.stage import Stage


async def main() -> None:
    """Press at the door: read, graded, recorded, committed, the next card built."""
    with tempfile.TemporaryDirectory() as folder, file() as floor:
        stage = Stage(Path(folder) / "sparring.db", written())
        crowd = Crowd(stage, "discord:", "discord:g1")
        for (name, way, count), limit in zip(WAYS, (0.5, 2.3), strict=True):
            before = crowd.recorded()
            ready = iter(await crowd.prepare(count * (ROUNDS + 1)))

            async def answer(ready: Iterator[Ready] = ready) -> None:
                await crowd.answers(next(ready))

            times = await rounds(
                {
                    "row": alone(floor.blocking, count),
                    "answer": way(answer, count),
                }
            )
            assert crowd.recorded() - before == count * (ROUNDS + 1)
            goal = f"an answer on SQLite against one durable row, {name}"
            show(Row(goal, ratio(times, "answer", "row"), limit, note=micros(times)))
        await stage.store.close()


if __name__ == "__main__":
    run(main)

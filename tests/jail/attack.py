"""Run the corpus against the jail and judge it; `python -m tests.jail.attack` prints a table."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec import Struct

from jail import Jail, Matches, Outcome
from tests.jail.regex_attacks import PATTERNS
from tests.jail.sql_attacks import CANARY, CHAIN, FIXTURE, KINDS

SECONDS, KILOBYTES = 2.0, 256 << 10
ROWS, BYTES = 200, 64_000
PATIENT = 5.0  # seconds that a busy machine may take; the jail's own bound is below it
FLYING = 4
SOUND = "select count(*), sum(salary) from emp"


class Files(Struct, frozen=True):
    """A folder with a database and a text that hold the canary."""

    folder: Path

    def filled(self, query: str) -> str:
        """The query with the paths of the files."""
        for name, path in self._paths().items():
            query = query.replace(f"{{{name}}}", str(path))
        return query

    def touched(self) -> bool:
        """Whether anything was written beside what lay there."""
        there = {
            path.name: path.read_bytes() if path.is_file() else b""
            for path in self.folder.iterdir()
        }
        return there != {"text": CANARY.encode(), "secret": self._database()}

    def laid(self) -> Files:
        """The same, with its files written."""
        (self.folder / "text").write_text(CANARY)
        (self.folder / "secret").write_bytes(self._database())
        return self

    def _paths(self) -> dict[str, Path]:
        names = {name: self.folder / name for name in ("secret", "text", "new")}
        return {**names, "folder": self.folder}

    def _database(self) -> bytes:
        import sqlite3  # noqa: PLC0415 - the test's own, outside of the jail

        base = sqlite3.connect(":memory:")
        base.execute("create table t(a)")
        base.execute("insert into t values (?)", [CANARY])
        base.commit()
        return bytes(base.serialize())


class Tried(Struct, frozen=True):
    """An attack and what came of it; `broke` says what it managed to do."""

    attack: str
    seconds: float
    stopped: str
    broke: tuple[str, ...]


@contextmanager
def files() -> Iterator[Files]:
    """Bait in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Files(Path(folder)).laid()


async def sql(jail: Jail, kind: str, bait: Files, most: float = SECONDS) -> list[Tried]:
    """Every attack of a kind."""

    async def one(query: str) -> Tried:
        start = perf_counter()
        writes = kind == "writes"
        outcomes = await jail.sql(
            query, (FIXTURE,), person=query, community=query, writes=writes,
            then="select * from emp" if writes else "",
        )  # fmt: skip
        seconds = perf_counter() - start
        return Tried(
            query, seconds, outcomes[0].stopped, tuple(_did(kind, outcomes, seconds, most))
        )

    tried = await _flying([one(bait.filled(query)) for query in KINDS[kind]])
    return [*tried, *_afterwards(bait, await jail.sql(SOUND, (FIXTURE,), person="", community=""))]


async def chains(jail: Jail, bait: Files) -> list[Tried]:
    """Two submissions: the second must be as if there had been no first."""

    async def one(first: str, second: str) -> Tried:
        start = perf_counter()
        alone = await jail.sql(second, (FIXTURE,), person=first, community="c")
        await jail.sql(first, (FIXTURE,), person=first, community="c")
        after = await jail.sql(second, (FIXTURE,), person=first, community="c")
        broke = () if alone == after else ("left a trace",)
        return Tried(f"{first} -> {second}", (perf_counter() - start) / 2, "", broke)

    return [
        *await _flying([one(*pair) for pair in CHAIN]),
        *_afterwards(bait, await jail.sql(SOUND, (FIXTURE,), person="", community="")),
    ]


async def regex(jail: Jail, most: float = SECONDS / 2) -> list[Tried]:
    """Every attack by pattern."""

    async def one(pattern: str, subject: str) -> Tried:
        start = perf_counter()
        found = await jail.regex(pattern, (subject, "x"), person=pattern, community=pattern)
        seconds = perf_counter() - start
        return Tried(pattern, seconds, found.stopped, tuple(_matched(found, seconds, most)))

    tried = await _flying([one(*attack) for attack in PATTERNS])
    sound = await jail.regex("a+", ("aa", "b"), person="", community="")
    broke = () if sound == Matches((True, False)) else (f"hurt the jail: {sound}",)
    return [*tried, Tried("afterwards", 0, "", broke)]


def _did(kind: str, outcomes: tuple[Outcome, ...], seconds: float, most: float) -> Iterator[str]:
    """What an attack managed to do."""
    if seconds > most:
        yield f"took {seconds:.1f} s"
    for outcome in outcomes:
        said = msgspec.json.encode(outcome).decode()
        if kind in ("tamper", "file_write", "file_read", "hidden", "writes") and outcome.table:
            yield "was run"
        if CANARY in said or (outcome.table and "_expected" in said) or "root:" in said:
            yield "read what is hidden"
        if outcome.stopped == "crash" and kind == "crash":
            yield "crashed its child"
        if outcome.table and (len(outcome.table.rows) > ROWS or len(said) > 2 * BYTES):
            yield "sent too much"
        if outcome.table and ("forged",) in outcome.table.rows:
            yield "forged an outcome"
        if len(outcome.error) > ROWS:
            yield "sent a long error"


def _matched(found: Matches, seconds: float, most: float) -> Iterator[str]:
    if seconds > most:
        yield f"took {seconds:.1f} s"
    if len(found.found) != (0 if found.error or found.stopped else 2):
        yield "came out neither matched nor stopped"
    if found.stopped == "crash":
        yield "crashed its child"


def _afterwards(bait: Files, sound: tuple[Outcome, ...]) -> Iterator[Tried]:
    (outcome,) = sound
    rows = outcome.table.rows if outcome.table else ()
    yield Tried("afterwards", 0, "", () if rows == ((4, 100),) else (f"hurt the jail: {sound}",))
    yield Tried("the folder", 0, "", ("wrote a file",) if bait.touched() else ())


async def _flying(runs: list[Awaitable[Tried]]) -> list[Tried]:
    room = asyncio.Semaphore(FLYING)

    async def one(run: Awaitable[Tried]) -> Tried:
        async with room:
            return await run

    return list(await asyncio.gather(*map(one, runs)))


async def main() -> None:
    """Print what was tried by kind, and all that broke something."""
    jail = Jail(slots=FLYING)
    with files() as bait:
        trials = {kind: sql(jail, kind, bait) for kind in KINDS}
        for kind, trial in {**trials, "chain": chains(jail, bait), "regex": regex(jail)}.items():
            jail.peak = 0
            tried = await trial
            broke = [one for one in tried if one.broke]
            stops = [one.stopped for one in tried]
            counts = {stop or "-": stops.count(stop) for stop in sorted(set(stops))}
            longest = max(one.seconds for one in tried)
            print(f"{kind:12} {len(tried):4} tried, {len(broke)} broke something, longest "
                  f"{longest:.2f} s, peak {jail.peak >> 10} MB, stopped: {counts}")  # fmt: skip
            for one in broke:
                print(f"    {one.attack[:150]!r}: {', '.join(one.broke)}")
    print(f"jail: {jail.kind}")
    await jail.close()


if __name__ == "__main__":
    asyncio.run(main())

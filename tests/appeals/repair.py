"""An upheld appeal over many stored answers: everything cached equals a replay from nothing.

`python -m tests.appeals.repair 10000` does it on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from bot import scoring
from bot.chat.cards import Reply
from bot.features import mending
from bot.features.appeal import deciding
from bot.features.overlay import besides
from bot.features.quiz import issuing
from bot.features.recording import Worth, record
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.replay import derive
from bot.store.community import Alias
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from storage import values
from storage.doctor import findings
from storage.engine import Database
from storage.schema import log
from storage.wall import EVERYBODY
from tests import bank
from tests.stage import Actor, Stage
from tests.stores import Server

EACH = 20  # answers of a person
SAME = ("the head log", "Head log", "HEAD  log.", "head lgo", "the head log")
OTHER = ("git status", "git reflog", "git log", "no idea", "git stash")
ITEMS = (bank.SHORT, bank.SHORT, bank.SINGLE, bank.OUTPUT, bank.MULTI)
TOGETHER = 50  # people at once


class Repaired(Struct, frozen=True):
    """What was there, what was put right, and how long that took."""

    answers: int
    people: int
    corrections: int
    regraded: int  # answers of the form, or a slip from it, that count as right now
    left: int  # of them that do not: 0
    seconds: float
    wrong: tuple[str, ...]


async def repaired(stage: Stage, number: int, seed: int = 7) -> Repaired:
    """Store that many answers over some weeks, uphold one appeal, and look at everything."""
    rng = random.Random(seed)
    people = [stage.person(f"p{n}") for n in range(max(2, number // EACH))]
    for step in range(EACH):
        stage.clock.forward(hours=rng.choice((1, 9, 23, 30, 50)))
        for at in range(0, len(people), TOGETHER):
            part = people[at : at + TOGETHER]
            await asyncio.gather(*(_answers(one, f"a.{step}", rng.random()) for one in part))
    for one in people[::10]:  # one in ten says so; each of their answers is unsettled
        await _appeals(one)
    admin = stage.person("zoe", admin=True)
    await _uphold(admin)
    began = time.perf_counter()
    await _passed(stage)
    took = time.perf_counter() - began
    looked = findings(stage.url, replay=derive)
    wrong = [one.text for one in looked if one.level == "bad" and one.what != "durability"]
    return await _counted(stage, admin, len(people), took, tuple(wrong))


async def _passed(stage: Stage) -> None:
    """Let the time go by in which everybody is graded again."""
    work, idle = stage.clockwork(), 0
    while idle < 2:
        stage.clock.forward(seconds=180 if idle else 1)
        idle = 0 if await work.work() else idle + 1


async def _answers(actor: Actor, instance: str, chance: float) -> None:
    rng = random.Random(f"{actor.name}/{instance}/{chance}")
    item = rng.choice(ITEMS)
    typed = rng.choice(SAME if rng.random() < 0.4 else OTHER)
    response = Response(text=typed) if item is bank.SHORT else Response((rng.randrange(3),))
    worth = rng.choice((Worth(), Worth(points=3, scopes=("all", "in/discord:c")), Worth(0, ())))

    def work(tx: Tx) -> Reply:
        asked = replace(issuing.asked(item, "new", random.Random(1)), issued=tx.origin.at)
        tx.keep(item)
        record(tx, instance, asked, item, response, grade(item, response, turn=1), worth)
        return Reply()

    await actor.stage.store.run(actor.origin(), work)


async def _appeals(actor: Actor) -> None:
    """Appeal the first refused answer of that form, if there is one."""
    rows = await actor.stage.store.look(actor.origin(), lambda tx: tx.log())
    for row in rows:
        answer = msgspec.json.decode(row.data, type=Answer)
        if answer.response.text in SAME and answer.verdict.mark in ("wrong", "partly"):
            await actor.sends(f"!appeal:{row.instance}", reason="It is called so.")
            return


async def _uphold(admin: Actor) -> None:
    def work(tx: Tx) -> Reply:
        groups = deciding.grouped(tx.appeals("open"))
        group = max(groups.values(), key=len)
        deciding.uphold(tx, admin.stage.kit, group)
        return Reply()

    await admin.stage.store.run(admin.origin(), work)


async def _counted(
    stage: Stage, admin: Actor, people: int, took: float, wrong: tuple[str, ...]
) -> Repaired:
    aliases = await stage.store.look(admin.origin(), lambda tx: tx.aliases("", bank.SHORT.id))
    answers = corrections = regraded = left = 0
    for person, rows in _everybody(stage).items():
        corrections += sum(row.kind == "correction" for row in rows)
        beside = (row for row in rows if row.kind not in ("answer", "correction"))
        fresh = sorted((*_from_the_start(rows, aliases), *beside), key=lambda row: row.seq)
        if derive(rows) != derive(fresh):
            wrong = (*wrong, f"{person} is not as if it had been accepted from the start")
        for row, answer, _ in mending.counted(rows):
            answers += 1
            if answer.type == "short" and besides(bank.SHORT, answer.response, aliases):
                regraded += row.right
                left += not row.right
    return Repaired(answers, people, corrections, regraded, left, took, wrong)


def _everybody(stage: Stage) -> dict[str, tuple[LogRow, ...]]:
    """The log of each person."""
    assert isinstance(stage.store, Database)
    everything = select(log).prefix_with(EVERYBODY).order_by(log.c.person, log.c.seq)
    found: dict[str, tuple[LogRow, ...]] = {}
    with stage.store.engine.connect() as connection:
        for row in connection.execute(everything).mappings():
            one = values.log(row)
            found[one.person] = (*found.get(one.person, ()), one)
    return found


def _from_the_start(rows: tuple[LogRow, ...], aliases: tuple[Alias, ...]) -> Iterator[LogRow]:
    """The answers as they would stand in the log if these had been accepted from the start."""
    answers = tuple(row for row in rows if row.kind == "answer")
    waiting = {row.seq: row for row, answer, _ in mending.counted(rows) if answer.unsettled}
    for row, answer, earlier in mending.counted(answers):
        right = None
        if answer.type == "short" and not row.right:
            right = besides(bank.SHORT, answer.response, aliases)
        if right is None:
            yield waiting.get(row.seq, row)  # the appeal of another answer waits
            continue
        points = row.points
        if answer.periods and answer.scopes:
            points = max(points, scoring.practice(right=True, earlier_today=earlier))
        data = msgspec.json.encode(replace(answer, verdict=right))
        yield replace(row, right=True, points=points, data=data)


async def _on(url: str, number: int) -> Repaired:
    stage = Stage(url)
    try:
        return await repaired(stage, number)
    finally:
        await stage.store.close()


def main() -> int:
    """Do it on each database; 1 if anything is not as the log says."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found: dict[str, Repaired] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["SQLite"] = asyncio.run(_on(f"{folder}/sparring.db", number))
        server = Server(Path(folder) / "data")
        try:
            found["PostgreSQL"] = asyncio.run(_on(server.database(), number))
        finally:
            server.server.cleanup()
    for name, one in found.items():
        print(
            f"{name}: {one.answers:,} answers of {one.people} people, {one.regraded:,} right by "
            f"what was upheld, {one.left} not; {one.corrections:,} corrections in "
            f"{one.seconds:.1f} s; {len(one.wrong)} differences from the log"
        )
        print(*one.wrong[:3], sep="\n", end="\n" if one.wrong else "")
    return int(any(one.wrong or one.left or not one.regraded for one in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())

"""A learner's query and pattern in the jail: p50, p95 and p99 a run, alone and in a crowd."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from itertools import chain, cycle
from time import perf_counter

from bench.measure import Row, run, show
from jail import Jail

RUNS, PEOPLE = 400, 8
LIMIT = 10.0  # ms
SCHEMA = """
create table person(id integer primary key, name text, city text);
create table booking(id integer primary key, person_id integer, day text, price real);
with recursive n(x) as (select 1 union all select x + 1 from n where x < 50)
insert into person select x, 'name ' || x, 'city ' || x % 7 from n;
with recursive n(x) as (select 1 union all select x + 1 from n where x < 300)
insert into booking select x, x % 50, date('2026-01-01', '+' || x || ' day'), x * 1.5 from n;
"""
QUERY = """
with spent as (select person_id, sum(price) as total from booking group by person_id)
select name, total, rank() over (order by total desc) from person join spent on person_id = id
order by total desc limit 20
"""
SUBJECTS = tuple(f"{hour:02}:{minute:02}" for hour in range(30) for minute in (0, 15, 59, 60))[:40]
Once = Callable[[str], Awaitable[object]]


async def main() -> None:
    """Print the times of each kind, and the row of its goal."""
    jail = Jail(slots=2)
    start = perf_counter()
    await jail.regex("a", ("a",), person="", community="")
    print(f"the first run starts the jail ({jail.kind}): {(perf_counter() - start) * 1e3:.0f} ms")
    await _shown("an SQL run of one fixture", lambda who: _sql(jail, who, 1))
    await _shown("an SQL run of four fixtures", lambda who: _sql(jail, who, 4))
    await _shown("a pattern on 40 strings", lambda who: _regex(jail, who))
    await jail.close()


async def _sql(jail: Jail, who: str, fixtures: int) -> None:
    outcomes = await jail.sql(QUERY, (SCHEMA,) * fixtures, person=who, community=who)
    assert all(one.table and len(one.table.rows) == 20 for one in outcomes)


async def _regex(jail: Jail, who: str) -> None:
    found = await jail.regex("(?:[01][0-9]|2[0-3]):[0-5][0-9]", SUBJECTS, person=who, community=who)
    assert found.found.count(True) > 9


async def _shown(goal: str, once: Once) -> None:
    alone = sorted([await _timed(once, "p") for _ in range(RUNS)])
    people = cycle(map(str, range(PEOPLE)))
    left = iter(range(RUNS))

    async def presser(who: str) -> list[float]:
        return [await _timed(once, who) for _ in left]

    rounds = await asyncio.gather(*(presser(next(people)) for _ in range(PEOPLE)))
    crowd = sorted(chain.from_iterable(rounds))
    note = f"ms alone: {_spread(alone)}; with {PEOPLE} people at once: {_spread(crowd)}"
    note += f"; load {os.getloadavg()[0]:.1f}"
    show(Row(f"{goal} in the jail, p50", alone[RUNS // 2], LIMIT, "ms", note))


async def _timed(once: Once, who: str) -> float:
    start = perf_counter()
    await once(who)
    return (perf_counter() - start) * 1e3


def _spread(times: list[float]) -> str:
    at = {name: times[int(len(times) * share)] for name, share in _SHARES.items()}
    return ", ".join(f"{name} {each:.1f}" for name, each in at.items())


_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


if __name__ == "__main__":
    run(main)

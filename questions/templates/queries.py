"""Drawn questions about what SQL gives: NULL in conditions and counts, ranks, frames, fan-outs."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

Value = int | str | None
Tables = Mapping[str, tuple[str, Sequence[tuple[Value, ...]]]]


def number(tables: Tables, query: str) -> int:
    """Let SQLite run a query that gives one number, on tables by name: columns and rows."""
    with closing(sqlite3.connect(":memory:")) as db:
        for name, (columns, rows) in tables.items():
            db.execute(f"create table {name}({columns})")
            marks = ", ".join("?" for _ in columns.split(","))
            db.executemany(f"insert into {name} values ({marks})", rows)  # noqa: S608 our names
        return int(db.execute(query).fetchone()[0] or 0)


def _list(values: Sequence[Value]) -> str:
    return ", ".join("NULL" if value is None else str(value) for value in values)


def _count_column(rng: Random) -> Drawn:
    nulls, zeros = rng.randint(2, 3), rng.randint(2, 3)
    given = rng.choices(range(1, 7), k=rng.randint(4, 6))
    values = [*given, *[0] * zeros, *[None] * nulls]
    rng.shuffle(values)
    tables = {"t": ("x", [(value,) for value in values])}
    return Drawn(
        answer=number(tables, "select count(x) from t"),
        beliefs={
            "count-of-column-counts-rows": len(values),
            "count-counts-different-values": len({0, *given}),
            "count-skips-zeros": len(given),
            "count-adds-quantities": sum(given),
            "complement-taken-for-answer": nulls,
        },
        facts={"values": _list(values), "rows": len(values), "nulls": nulls, "zeros": zeros},
    )


def _unknown(rng: Random) -> Drawn:
    nulls, low = rng.randint(2, 3), rng.randint(3, 6)
    given = rng.choices(range(1, 10), k=rng.randint(6, 8))
    given[:2] = low, low + 1
    values = [*given, *[None] * nulls]
    rng.shuffle(values)
    where = rng.choice(
        [f"x <> {low}", f"NOT (x >= {low})", f"x NOT IN ({low}, {low + 1})", f"NOT (x = {low})"]
    )
    tables = {"t": ("x", [(value,) for value in values])}
    kept = number(tables, f"select count(*) from t where {where}")  # noqa: S608 our condition
    return Drawn(
        answer=kept,
        beliefs={
            "null-differs-from-every-value": kept + nulls,
            "complement-taken-for-answer": len(given) - kept,
            "one-null-empties-the-result": 0,
            "where-drops-duplicates": number(
                tables,
                f"select count(distinct x) from t where {where}",  # noqa: S608 our condition
            ),
        },
        facts={
            "values": _list(values),
            "where": where,
            "nulls": nulls,
            "false": len(given) - kept,
        },
    )


def _rank(rng: Random) -> Drawn:
    points = rng.choices(range(20, 32), k=rng.randint(7, 9))
    wanted = sorted(points)[rng.randint(1, len(points) - 3)]
    tables = {"t": ("points", [(value,) for value in points])}
    query = "select {}() over (order by points {}) as n, points from t"
    found = f"select max(n) from ({query}) where points = {wanted}"  # noqa: S608 our query
    rank = number(tables, found.format("rank", "desc"))
    ties = points.count(wanted)
    return Drawn(
        answer=rank,
        beliefs={
            "rank-has-no-gaps": number(tables, found.format("dense_rank", "desc")),
            "desc-puts-the-smallest-first": number(tables, found.format("rank", "asc")),
            "rank-breaks-ties": rank + ties - 1,
            "rank-counts-those-ahead": rank - 1,
        },
        facts={
            "points": _list(points),
            "wanted": wanted,
            "ahead": rank - 1,
            "ties": ties,
            "different": len({value for value in points if value > wanted}),
            "last": rank + ties - 1,
        },
    )


def _running_total(rng: Random) -> Drawn:
    days = sorted(rng.choices(range(1, 5), k=6))
    rows = [(at, day, rng.randint(2, 30)) for at, day in enumerate(days, 1)]
    twins = [at for at, day, _ in rows[:5] if day == rows[at][1] and day > days[0]]
    asked = rng.choice(twins or [4])
    day = rows[asked - 1][1]
    total = "select sum(s) from (select id, sum(amount) over ({}) s from pay)"
    total += f" where id = {asked}"
    tables = {"pay": ("id, day, amount", rows)}
    answer = number(tables, total.format("order by day"))
    listing = "\n".join(f"{at:2}  {day:3}  {amount:6}" for at, day, amount in rows)
    return Drawn(
        answer=answer,
        beliefs={
            "default-frame-is-rows": number(tables, total.format("order by id")),
            "order-by-does-not-change-the-frame": number(tables, total.format("")),
            "order-by-acts-as-partition": number(tables, total.format("partition by day")),
            "frame-ends-before-the-own-day": sum(amount for _, at, amount in rows if at < day),
        },
        facts={"asked": asked, "day": day},
        code=Code(
            f"-- pay:\n-- id  day  amount\n{_commented(listing)}\n"
            "SELECT id, sum(amount) OVER (ORDER BY day)\nFROM pay",
            "sql",
        ),
    )


def _commented(text: str) -> str:
    return "\n".join(f"-- {line}" for line in text.splitlines())


TEMPLATES = (
    Template(
        id="draw-sql-count-column",
        area="sql",
        topic="grouping",
        level="junior",
        version=1,
        unit="",
        prompt="Column x of a table holds, row by row: {values}. What does `SELECT count(x) FROM t`"
        " give?",
        explain="count(x) counts the rows in which x is not NULL, zeros and repetitions included:"
        " {rows} - {nulls} = {answer}. count(*) would count all {rows} rows.",
        why={
            "count-of-column-counts-rows": "{value} is count(*), the number of rows. In {nulls} of"
            " them x is NULL, and count(x) passes over them.",
            "count-counts-different-values": "{value} is count(DISTINCT x). Without DISTINCT each"
            " row with a value counts.",
            "count-skips-zeros": "{value} leaves out {zeros} rows with a 0. Zero is a value; NULL"
            " is none.",
            "count-adds-quantities": "{value} is sum(x). count asks how many values there are, not"
            " how large they are.",
            "complement-taken-for-answer": "{value} is the number of NULLs, the rows that count(x)"
            " leaves out.",
        },
        hint="What does count do with NULL?",
        computed_by="SQLite counts",
        source=Source(
            "PostgreSQL documentation, Aggregate Functions",
            "9.21, count",
            "https://www.postgresql.org/docs/current/functions-aggregate.html",
        ),
        draw=_count_column,
    ),
    Template(
        id="draw-sql-unknown",
        area="sql",
        topic="anti-joins-and-null",
        level="mid",
        version=1,
        unit="rows",
        prompt="Column x holds, row by row: {values}. How many rows does"
        " `SELECT * FROM t WHERE {where}` give?",
        explain="Rows in which the condition is false: {false}; in which it is unknown: {nulls}. A"
        " comparison with NULL is neither true nor false, nor is its negation. WHERE keeps the"
        " rows in which it is true: {answer}.",
        why={
            "null-differs-from-every-value": "{value} counts the NULLs ({nulls}) as well. Whether"
            " NULL differs from a value is unknown, and WHERE wants true.",
            "complement-taken-for-answer": "{value} rows have a value for which the condition is"
            " false.",
            "one-null-empties-the-result": "{value} rows would be left if the NULL stood in the"
            " list behind NOT IN. Here it stands in the column.",
            "where-drops-duplicates": "{value} is the number of different values. WHERE keeps each"
            " row that fits, repeated or not.",
        },
        hint="True, false or unknown: WHERE keeps one of the three",
        computed_by="SQLite runs the query",
        source=Source(
            "PostgreSQL documentation, Comparison Functions and Operators",
            "9.2, ordinary comparison operators yield null",
            "https://www.postgresql.org/docs/current/functions-comparison.html",
        ),
        draw=_unknown,
    ),
    Template(
        id="draw-sql-rank",
        area="sql",
        topic="window-functions",
        level="mid",
        version=1,
        unit="",
        prompt="Column points holds, row by row: {points}. Which value does"
        " `rank() OVER (ORDER BY points DESC)` have in a row with {wanted} points?",
        explain="rank() is 1 plus the number of rows ahead, whether or not those tie with one"
        " another: rows with more than {wanted} points: {ahead}, so {answer}. dense_rank() would"
        " count different values ahead: {different}.",
        why={
            "rank-has-no-gaps": "{value} is dense_rank(): 1 plus the different values ahead,"
            " {different}. rank() counts rows, and leaves gaps after a tie.",
            "desc-puts-the-smallest-first": "{value} counts from the smallest. DESC puts the most"
            " points first.",
            "rank-breaks-ties": "{value} gives {ties} equal rows numbers of their own, as"
            " row_number() does. By rank() they all have {answer}.",
            "rank-counts-those-ahead": "{value} rows are ahead. The first row has rank 1, not 0.",
        },
        hint="How many rows are ahead?",
        computed_by="SQLite ranks the rows",
        source=Source(
            "PostgreSQL documentation, Window Functions",
            "9.22, rank and dense_rank",
            "https://www.postgresql.org/docs/current/functions-window.html",
        ),
        draw=_rank,
    ),
    Template(
        id="draw-sql-running-total",
        area="sql",
        topic="window-functions",
        level="senior",
        version=1,
        unit="",
        prompt="Which sum does this query give in the row with id {asked}?",
        explain="With ORDER BY and no frame the frame is RANGE UNBOUNDED PRECEDING: all rows up to"
        " the own day, those of the same day included, whatever their id. Up to day {day} that is"
        " {answer}. ROWS, or a unique order, goes row by row.",
        why={
            "default-frame-is-rows": "{value} goes row by row, as ROWS UNBOUNDED PRECEDING does."
            " The default frame takes in all rows of day {day}.",
            "order-by-does-not-change-the-frame": "{value} is the sum of all rows. With ORDER BY"
            " the frame ends with the rows of the own day, {day}.",
            "order-by-acts-as-partition": "{value} is the sum of day {day} alone. ORDER BY sorts"
            " the rows; PARTITION BY would split them.",
            "frame-ends-before-the-own-day": "{value} is the sum of the days before {day}. The"
            " rows of the own day belong to the frame.",
        },
        hint="Which frame applies where none is written?",
        computed_by="SQLite runs the window function",
        source=Source(
            "PostgreSQL documentation, Value Expressions",
            "4.2.8 Window Function Calls, the default frame",
            "https://www.postgresql.org/docs/current/sql-expressions.html#SYNTAX-WINDOW-FUNCTIONS",
        ),
        draw=_running_total,
    ),
)

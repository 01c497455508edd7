"""Drawn questions about rows that are gathered: groups, sets, and sums behind two joins."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random

from questions.model import Code, Source
from questions.templates.queries import number
from questions.templates.template import Drawn, Template

_HAVING = """\
SELECT reader
FROM visit
WHERE pages > {pages}
GROUP BY reader
HAVING count(*) > {least}"""
_FAN_OUT = """\
SELECT sum(i.price)
FROM orders o
JOIN item i ON i.order_id = o.id
JOIN parcel p ON p.order_id = o.id"""


def _groups(rng: Random) -> Drawn:
    visits = [(rng.choice("abcd"), rng.randint(1, 7)) for _ in range(rng.randint(11, 13))]
    pages, least = rng.randint(2, 3), rng.randint(1, 2)
    query = _HAVING.format(pages=pages, least=least)
    kept = [reader for reader, seen in visits if seen > pages]
    many = [reader for reader, _ in visits]
    found = {reader for reader in kept if kept.count(reader) > least}
    return Drawn(
        answer=number({"visit": ("reader, pages", visits)}, f"select count(*) from ({query})"),  # noqa: S608 our query
        beliefs={
            "at-least-is-greater-than": sum(kept.count(name) >= least for name in set(kept)),
            "where-runs-after-grouping": sum(many.count(name) > least for name in set(kept)),
            "having-counts-rows-of-the-result": sum(kept.count(name) for name in found),
            "having-drops-no-group": len(set(kept)),
        },
        facts={
            "visits": ", ".join(f"{reader} {seen}" for reader, seen in visits),
            "pages": pages,
            "least": least,
            "counts": ", ".join(f"{name} {kept.count(name)}" for name in sorted(set(kept))),
        },
        code=Code(query, "sql"),
    )


def _union(rng: Random) -> Drawn:
    left = rng.choices(range(1, 9), k=rng.randint(4, 7))
    right = rng.choices(range(3, 12), k=rng.randint(4, 7))
    tables = {"a": ("x", [(x,) for x in left]), "b": ("x", [(x,) for x in right])}
    query = "select count(*) from (select x from a {} select x from b)"
    return Drawn(
        answer=number(tables, query.format("union")),
        beliefs={
            "union-keeps-repeated-rows": number(tables, query.format("union all")),
            "union-drops-repeats-across-alone": len(left) + sum(x not in left for x in right),
            "union-drops-repeats-within-alone": len(set(left)) + len(set(right)),
            "union-is-intersect": number(tables, query.format("intersect")),
            "union-is-except": number(tables, query.format("except")),
        },
        facts={
            "left": ", ".join(map(str, left)),
            "right": ", ".join(map(str, right)),
            "all": len(left) + len(right),
            "values": ", ".join(map(str, sorted({*left, *right}))),
        },
    )


def _fan_out(rng: Random) -> Drawn:
    items = [(order, rng.randint(2, 20)) for order in (1, 2, 3) for _ in range(rng.randint(1, 3))]
    parcels = [(order,) for order in (1, 2, 3) for _ in range(rng.choice([0, 1, 1, 2, 2, 3]))]
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(
            "create table orders(id); create table item(order_id, price);"
            "create table parcel(order_id); insert into orders values (1), (2), (3)"
        )
        db.executemany("insert into item values (?, ?)", items)
        db.executemany("insert into parcel values (?)", parcels)
        total = db.execute(_FAN_OUT).fetchone()[0] or 0
        once = db.execute(_FAN_OUT.replace("(i", "(DISTINCT i")).fetchone()[0] or 0
    prices = sum(price for _, price in items)
    sent = {order for (order,) in parcels}
    by_order = [(order, sum(p for at, p in items if at == order)) for order in (1, 2, 3)]
    return Drawn(
        answer=int(total),
        beliefs={
            "joins-keep-the-row-count": prices,
            "unsent-orders-stay-in-a-join": total + sum(p for at, p in items if at not in sent),
            "one-row-for-each-partnered-row": sum(p for at, p in items if at in sent),
            "joined-rows-are-summed-once": int(once),
            "every-pair": prices * len(parcels),
        },
        facts={
            "items": "; ".join(
                f"order {order}: {', '.join(str(p) for at, p in items if at == order)}"
                for order in (1, 2, 3)
            ),
            "parcels": ", ".join(str(parcels.count((order,))) for order in (1, 2, 3)),
            "parts": " + ".join(f"{price} x {parcels.count((at,))}" for at, price in by_order),
            "prices": prices,
            "count": len(parcels),
        },
        code=Code(_FAN_OUT, "sql"),
    )


TEMPLATES = (
    Template(
        id="draw-sql-groups",
        area="sql",
        topic="grouping",
        level="mid",
        version=1,
        unit="rows",
        prompt="Table visit holds reader and pages: {visits}. How many rows does this query give?",
        explain="WHERE first keeps the visits of more than {pages} pages. By reader that leaves"
        " {counts}. HAVING then keeps the readers with more than {least}: {answer}.",
        why={
            "at-least-is-greater-than": "{value} keeps groups of exactly {least} as well. More"
            " than {least} is asked for.",
            "where-runs-after-grouping": "{value} counts all visits of a reader. WHERE has dropped"
            " those of {pages} pages or fewer before anything is grouped.",
            "having-counts-rows-of-the-result": "{value} is the number of visits in the groups that"
            " are kept. A group gives one row.",
            "having-drops-no-group": "{value} is the number of groups before HAVING, which drops"
            " those of {least} or fewer.",
        },
        hint="WHERE, then GROUP BY, then HAVING",
        computed_by="SQLite runs the query",
        source=Source(
            "PostgreSQL documentation, Table Expressions",
            "7.2.3 The GROUP BY and HAVING Clauses",
            "https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-GROUP",
        ),
        draw=_groups,
    ),
    Template(
        id="draw-sql-union",
        area="sql",
        topic="set-operations",
        level="junior",
        version=1,
        unit="rows",
        prompt="Column a.x holds {left}; column b.x holds {right}. How many rows does"
        " `SELECT x FROM a UNION SELECT x FROM b` give?",
        explain="UNION drops repeated rows, wherever they come from. What is left is {values}:"
        " {answer} rows. UNION ALL would keep all {all}.",
        why={
            "union-keeps-repeated-rows": "{value} is UNION ALL, which puts all rows below one"
            " another. UNION drops the repeated ones.",
            "union-drops-repeats-across-alone": "{value} keeps the repeats within a table. UNION"
            " looks at the whole result.",
            "union-drops-repeats-within-alone": "{value} adds the different values of either table."
            " Those that are in both count once.",
            "union-is-intersect": "{value} is INTERSECT, the values that are in both tables.",
            "union-is-except": "{value} is EXCEPT, the values of a that are not in b.",
        },
        hint="UNION or UNION ALL?",
        computed_by="SQLite runs the query",
        source=Source(
            "PostgreSQL documentation, Combining Queries",
            "7.4 UNION, INTERSECT, EXCEPT",
            "https://www.postgresql.org/docs/current/queries-union.html",
        ),
        draw=_union,
    ),
    Template(
        id="draw-sql-fan-out",
        area="sql",
        topic="joins",
        level="senior",
        version=1,
        unit="",
        prompt="Orders 1, 2 and 3 have items at these prices: {items}. They left in {parcels}"
        " parcels, in this order. Which sum does this query give?",
        explain="Behind the joins each item stands once for each parcel of its order, and not at"
        " all if there is none: {parts} = {answer}. Sum before you join, or test with EXISTS.",
        why={
            "joins-keep-the-row-count": "{value} is the sum over the items. The join with parcel"
            " repeats an item for each parcel of its order.",
            "unsent-orders-stay-in-a-join": "{value} also counts items of an order with 0 parcels"
            " once. An inner join drops them.",
            "one-row-for-each-partnered-row": "{value} counts each item of an order with parcels"
            " once. It stands there as often as the order has parcels.",
            "joined-rows-are-summed-once": "{value} is sum(DISTINCT price). Without DISTINCT equal"
            " prices and repeated rows all count.",
            "every-pair": "{prices} x {count} = {value} pairs each item with each parcel. ON keeps"
            " the pairs of one order.",
        },
        hint="Write down the joined rows of one order",
        computed_by="SQLite runs the query",
        source=Source(
            "PostgreSQL documentation, Table Expressions",
            "7.2.1.1 Joined Tables",
            "https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-JOIN",
        ),
        draw=_fan_out,
    ),
)

"""Drawn questions about relational data: rows of a join, a lost update."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

Keys = list[int]
Orders = list[int | None]
_NOBODY = 99  # a customer who does not exist
_QUERY = "SELECT c.id, o.id\nFROM customer c\nLEFT JOIN orders o\n  ON o.customer_id = c.id"


def _rows(customers: Keys, orders: Orders, query: str) -> int:
    """Let SQLite run the query and count the rows that it gives."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table customer(id integer primary key)")
        db.execute("create table orders(id integer primary key, customer_id integer)")
        db.executemany("insert into customer values (?)", ((key,) for key in customers))
        db.executemany("insert into orders(customer_id) values (?)", ((key,) for key in orders))
        return len(db.execute(query).fetchall())


def _left_join(rng: Random) -> Drawn:
    customers = list(range(1, rng.randint(4, 6) + 1))
    places = [*customers, *customers, None, _NOBODY]
    orders: Orders = [rng.choice(places) for _ in range(rng.randint(4, 7))]
    left = _rows(customers, orders, _QUERY)
    inner = _rows(customers, orders, _QUERY.replace("LEFT JOIN", "INNER JOIN"))
    stray = len(orders) - inner
    return Drawn(
        answer=left,
        beliefs={
            "left-join-is-inner-join": inner,
            "one-row-per-customer": len(customers),
            "left-join-keeps-the-right-side": inner + stray,
            "left-join-is-full-join": left + stray,
            "every-pair": len(customers) * len(orders),
        },
        facts={
            "customers": ", ".join(map(str, customers)),
            "orders": ", ".join("NULL" if key is None else str(key) for key in orders),
            "people": len(customers),
            "placed": len(orders),
            "inner": inner,
            "alone": left - inner,
            "stray": stray,
        },
        code=Code(_QUERY, "sql"),
    )


def _stored(balance: int, first: int, second: int) -> int:
    """Run both read-modify-write cycles against SQLite, the second with its old value."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table account(balance integer)")
        db.execute("insert into account values (?)", (balance,))
        seen = [db.execute("select balance from account").fetchone()[0] for _ in range(2)]
        for value, change in zip(seen, (first, second), strict=True):
            db.execute("update account set balance = ?", (value + change,))
            db.commit()
        return int(db.execute("select balance from account").fetchone()[0])


def _signed(amount: int) -> str:
    return f"{'+' if amount > 0 else '-'} {abs(amount)}"


def _lost_update(rng: Random) -> Drawn:
    balance = rng.choice([200, 300, 400, 500, 800])
    small = rng.choice([-1, 1]) * rng.randrange(10, 45, 5)
    large = rng.choice([-1, 1]) * rng.randrange(50, 95, 5)
    first, second = rng.sample([small, large], 2)
    return Drawn(
        answer=_stored(balance, first, second),
        beliefs={
            "database-merges-the-changes": balance + first + second,
            "first-writer-wins": balance + first,
            "both-are-rolled-back": balance,
        },
        facts={
            "balance": balance,
            "first": _signed(first),
            "second": _signed(second),
            "first_spoken": _signed(first).replace("+", "plus").replace("-", "less"),
            "second_spoken": _signed(second).replace("+", "plus").replace("-", "less"),
        },
    )


TEMPLATES = (
    Template(
        id="draw-sql-left-join-rows",
        area="sql",
        topic="joins",
        level="junior",
        version=1,
        unit="rows",
        prompt="customer.id holds {customers}. orders.customer_id holds {orders}; there is no"
        " foreign key. How many rows does this query give?",
        explain="A row for each order that finds its customer ({inner}) and one for each customer"
        " without an order ({alone}): {inner} + {alone} = {answer}. Orders without a customer do"
        " not appear.",
        why={
            "left-join-is-inner-join": "{value} is the INNER JOIN. LEFT JOIN keeps the customers"
            " without an order as well: {alone} more.",
            "one-row-per-customer": "{value} is the number of customers. A customer with several"
            " orders appears once for each of them.",
            "left-join-keeps-the-right-side": "{inner} + {stray} = {value} keeps the orders without"
            " a customer, as a RIGHT JOIN does. The left table is customer.",
            "left-join-is-full-join": "{answer} + {stray} = {value} keeps the unmatched rows of"
            " both sides, as a FULL JOIN does.",
            "every-pair": "{people} x {placed} = {value} pairs each customer with each order; ON"
            " lets {inner} of these pairs pass.",
        },
        hint="Rows of the inner join, then the left rows that found no partner",
        computed_by="SQLite runs the join",
        source=Source(
            "PostgreSQL documentation, Table Expressions",
            "7.2.1.1 Joined Tables, LEFT OUTER JOIN",
            "https://www.postgresql.org/docs/current/queries-table-expressions.html",
        ),
        draw=_left_join,
    ),
    Template(
        id="draw-db-lost-update",
        area="databases",
        topic="isolation-levels",
        level="mid",
        version=1,
        unit="",
        prompt="An account holds {balance}. Two READ COMMITTED transactions T1 and T2 both read it"
        " with a plain SELECT; the application computes the new values. Then T1 writes back the"
        " value it read, {first_spoken}, and commits. After that T2 writes back the value it read,"
        " {second_spoken}, and commits. Nothing compares versions. What does the account hold?",
        explain="T2 still computes with the {balance} that it read before T1 wrote: {balance}"
        " {second} = {answer} overwrites T1's result, a lost update. Change in place (SET balance"
        " = balance + ...), lock with FOR UPDATE, or compare a version.",
        why={
            "database-merges-the-changes": "{balance} {first} {second} = {value} needs both changes"
            " to be applied in the database. T2 writes a finished value, made from the old one.",
            "first-writer-wins": "{balance} {first} = {value} needs T2's write to be refused. READ"
            " COMMITTED does not refuse it: T1 has committed, its lock is gone.",
            "both-are-rolled-back": "{value} needs both transactions to be rolled back. T2 writes"
            " after T1 has committed, so neither is blocked or fails.",
        },
        hint="Which value did T2 compute with?",
        computed_by="SQLite runs the schedule",
        source=Source(
            "Berenson et al., A Critique of ANSI SQL Isolation Levels (1995)",
            "4.1, P4 Lost Update",
            "https://doi.org/10.1145/223784.223785",
        ),
        draw=_lost_update,
    ),
)

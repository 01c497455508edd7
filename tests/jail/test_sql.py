"""Learners' SQL in the jail: what is meant well is run, and nothing else comes of the rest."""

from __future__ import annotations

import pytest

from jail import Jail, Outcome, Table
from tests.jail import attack, benign
from tests.jail.regex_attacks import PATTERNS
from tests.jail.sql_attacks import CHAIN, FIXTURE, KINDS, LOOP


def test_the_corpus_is_large() -> None:
    """There are 120 attacks in SQL, 60 in patterns, 40 queries and 20 patterns in earnest."""
    assert sum(map(len, KINDS.values())) + len(CHAIN) >= 120
    assert len(set(PATTERNS)) >= 60
    assert len(set(benign.QUERIES)) >= 40
    assert len(set(benign.PATTERNS)) >= 20


@pytest.mark.parametrize("kind", KINDS)
async def test_no_attack_succeeds(jail: Jail, kind: str) -> None:
    """No statement takes 2 s or 256 MB, reads or writes what it should not, or hurts the bot."""
    with attack.files() as bait:
        tried = await attack.sql(jail, kind, bait, attack.PATIENT)
    assert [(one.attack, one.broke) for one in tried if one.broke] == []
    assert jail.peak < attack.KILOBYTES


async def test_a_submission_leaves_nothing_for_the_next(jail: Jail) -> None:
    """After any first submission the second has the outcome that it has alone."""
    with attack.files() as bait:
        tried = await attack.chains(jail, bait)
    assert [(one.attack, one.broke) for one in tried if one.broke] == []


async def test_queries_in_earnest_are_run(jail: Jail) -> None:
    """Every query of an interview gives the rows that it should."""
    for query, count in benign.QUERIES:
        (outcome,) = await jail.sql(query, (benign.SHOP,), person="p", community="c")
        assert outcome.table, (query, outcome)
        assert len(outcome.table.rows) == count, query


async def test_changes_in_earnest_are_made(jail: Jail) -> None:
    """Where rows may be changed, the table is that of our own query afterwards."""
    for query, count in benign.CHANGES:
        (outcome,) = await jail.sql(
            query, (benign.SHOP,), person="p", community="c", writes=True,
            then="select count(*) from customer",
        )  # fmt: skip
        assert outcome == Outcome(Table(("count(*)",), ((count,),), cut=False)), query


async def test_each_fixture_has_its_outcome(jail: Jail) -> None:
    """Outcomes stand in the order of the fixtures, each from a database of its own."""
    scripts = tuple(f"create table t(a); insert into t values ({n})" for n in range(3))
    outcomes = await jail.sql("select a from t", scripts, person="p", community="c")
    assert [one.table and one.table.rows for one in outcomes] == [((0,),), ((1,),), ((2,),)]


async def test_what_was_done_before_the_deadline_is_kept(jail: Jail) -> None:
    """If time runs out on one fixture, earlier outcomes stay and later ones are stopped."""
    scripts = tuple(f"create table t(a); insert into t values ({n})" for n in (0, 1, 1))
    query = "with recursive c(x) as (select a from t union all select x from c where x = 1) "
    query += "select count(*) from c"
    quick, slow, never = await jail.sql(query, scripts, person="p", community="c")
    assert quick.table
    assert [(one.error, one.stopped) for one in (slow, never)] == [("interrupted", "time")] * 2


async def test_a_long_result_is_cut_and_says_so(jail: Jail) -> None:
    """At most 200 rows and 64 kB come out, and `cut` says that there was more."""
    many, wide = [
        (await jail.sql(query, (FIXTURE,), person="p", community="c"))[0].table
        for query in (f"{LOOP} select x from c", f"{LOOP} select printf('%1900d', x) from c")
    ]
    assert many
    assert wide
    assert (len(many.rows), many.cut) == (200, True)
    assert (len(wide.rows), wide.cut) == (33, True)


async def test_a_long_cell_is_cut_and_says_so(jail: Jail) -> None:
    """Of a text 2,000 characters come out, of a blob 1,000 bytes; a whole one is not `cut`."""
    for cell, shown, cut in (
        ("printf('%2000d', 1)", 2000, False),
        ("printf('%2001d', 1)", 2000, True),
        (f"x'{'00' * 1001}'", 2003, True),
    ):
        (outcome,) = await jail.sql(f"select {cell}", (FIXTURE,), person="p", community="c")
        assert outcome.table
        assert (len(str(outcome.table.rows[0][0])), outcome.table.cut) == (shown, cut), cell


async def test_sqlite_holds_little_memory(jail: Jail) -> None:
    """A query that wants more than 32 MB is told so, long before the process's own bound."""
    query = f"{LOOP} select printf('%90000d', x) from c order by 1"
    (outcome,) = await jail.sql(query, (FIXTURE,), person="p", community="c")
    assert (outcome.table, outcome.stopped) == (None, "memory")
    assert jail.peak < attack.KILOBYTES // 2


@pytest.mark.parametrize(
    ("query", "stopped", "said"),
    [
        ("selekt 1", "forbidden", "only SELECT"),
        ("", "forbidden", "only SELECT"),
        ("select nope from emp", "", "no such column: nope"),
        ("select from emp", "", "syntax error"),
        ("select 1; select 2", "forbidden", "one statement"),
        ("select * from _expected", "forbidden", "prohibited"),
        ("select 1" + " " * 10_000, "size", "too long"),
        ("select hex(printf('%90000d', 1))", "size", "too big"),
    ],
)
async def test_what_is_not_run_says_why(jail: Jail, query: str, stopped: str, said: str) -> None:
    """A statement that is wrong, or refused, comes back with words and what stopped it."""
    (outcome,) = await jail.sql(query, (FIXTURE,), person="p", community="c")
    assert outcome.table is None
    assert outcome.stopped == stopped
    assert said in outcome.error


async def test_cells_are_the_values_of_sqlite(jail: Jail) -> None:
    """Numbers stay exact; blobs, infinities and broken text become text that JSON can carry."""
    query = "select 9223372036854775807, 0.1, null, x'00ff', 9e999, cast(x'ff41' as text), 'a\n'"
    (outcome,) = await jail.sql(query, ("",), person="p", community="c")
    assert outcome.table
    assert outcome.table.rows == ((2**63 - 1, 0.1, None, "x'00ff'", "inf", "\ufffdA", "a\n"),)

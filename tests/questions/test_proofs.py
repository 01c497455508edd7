"""A proof holds for the key and for nothing in its place; what cannot be run is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.proofs.outcome import Outcome
from questions.proofs.proving import prove
from questions.proofs.read import stale
from questions.proofs.runtimes import Runtimes
from tests.questions.written import (
    ALL,
    CASE,
    MATCH,
    MULTI,
    NUMERIC,
    OPEN,
    ORDER,
    OUTPUT,
    READ,
    REGEX,
    SHORT,
    SINGLE,
    SQL,
    changed,
    item,
    runtimes,
)

pytestmark = pytest.mark.runtimes("node", "git")


def coded(text: str, kind: str, *code: str) -> str:
    """The item with another proof."""
    lines = "".join(f"      {line}\n" for line in code)
    return f"{text.split('  proof:', 1)[0]}  proof:\n    kind: {kind}\n    code: |\n{lines}"


def program(language: str, *code: str, prints: str) -> str:
    """An item that asks what a program prints."""
    lines = "".join(f"    {line}\n" for line in code)
    begin, rest = OUTPUT.split("  code: |\n")
    text = f"{begin}  code: |\n{lines}  options:{rest.split('  options:')[1]}"
    text = changed(text, "language: python", f"language: {language}")
    return changed(text, '"[[1], [1]]"', f"'{prints}'")


HOLDS = {
    **ALL,
    "python with a program's usual means": coded(
        SINGLE,
        "python",
        "from __future__ import annotations",
        "from dataclasses import dataclass",
        "@dataclass",
        "class Answer:",
        "    code: int",
        "def phrase(a: Answer) -> str: return {405: 'Method Not Allowed'}[a.code]",
        "print('talk')",
        "assert KEY == f'405 {phrase(Answer(405))}' and len(WRONG) == 2",
    ),
    "bash with lists": coded(MULTI, "bash", "test \"$KEY $WRONG\" = $'GET\\nHEAD PUT\\nPOST'"),
    "bash with pairs": coded(
        MATCH,
        "bash",
        'test "$KEY" = "$(printf \'200\\tOK\\n304\\tNot Modified\\n404\\tNot Found\')"',
    ),
    "bash that ends at the first failure": coded(SINGLE, "bash", '[ "${KEY:0:3}" = 405 ]', "true"),
    "bash with steps": coded(CASE, "bash", 'test "$KEY" = "$(printf "Look %s\\n" 1 2 3)"'),
    "node that waits": coded(
        MULTI,
        "node",
        "const assert = require('assert');",
        "await new Promise(done => setTimeout(done, 5));",
        "assert.deepStrictEqual(KEY, ['GET', 'HEAD']);",
    ),
    "order in python": coded(
        ORDER, "python", "assert [s.split()[0] for s in KEY] == 'Store Send Compare Answer'.split()"
    ),
    "javascript": program("javascript", "console.log([10, 9].sort())", prints="[ 10, 9 ]"),
    "bash": program("bash", 'for x in a b; do echo "$x"; done | wc -l', prints="2"),
    "sql": program(
        "sql",
        "create table t(a);",
        "insert into t values (null);",
        "select count(a), 1 from t;",
        prints="0|1",
    ),
    "a program that ends with an error": program(
        "python", "print('[[1]]')", "raise SystemExit(3)", prints="[[1]]"
    ),
}


@pytest.mark.parametrize("name", HOLDS)
def test_a_sound_proof_passes(tmp_path: Path, name: str) -> None:
    """The key is established, and every mutant fails."""
    outcome = prove(item(tmp_path, HOLDS[name]), runtimes())
    assert outcome.state == "passed", outcome
    assert outcome.runtime


def test_a_java_program_is_compiled_and_run(tmp_path: Path) -> None:
    """One file with a class Main is a program."""
    found = runtimes()
    text = program(
        "java",
        "class Main { public static void main(String[] a) {",
        "System.out.println((byte) 200); } }",
        prints="-56",
    )
    wanted = "passed" if found.has("java") else "not run"
    assert prove(item(tmp_path, text), found).state == wanted


SURVIVES = {
    "nothing is derived": coded(SINGLE, "python", "assert 4 * 15 == 60"),
    "KEY is not looked at": coded(NUMERIC, "node", "if (WRONG.length !== 2) throw 1"),
    "one of the right ones is looked at": coded(MULTI, "python", "assert 'GET' in KEY"),
    "one near miss is taken": coded(SHORT, "bash", '[[ "$KEY" != "git tag" ]]'),
    "one pair is looked at": coded(MATCH, "python", "assert KEY['200'] == 'OK'"),
    "one step is looked at": coded(CASE, "python", "assert KEY[0] == 'Look 1'"),
    "the first step is looked at": coded(ORDER, "python", "assert KEY[0].startswith('Store')"),
    "a promise is forgotten": coded(NUMERIC, "node", "if (KEY !== '60' && KEY !== '80') throw 1"),
}


@pytest.mark.parametrize("name", SURVIVES)
def test_a_proof_that_a_wrong_key_survives_fails(tmp_path: Path, name: str) -> None:
    """A proof that also passes with a wrong answer as the key proves nothing."""
    outcome = prove(item(tmp_path, SURVIVES[name]), runtimes())
    assert outcome.state == "failed"
    assert "the proof also passes with" in outcome.detail
    assert "counts as 'read'" in outcome.detail


FAILS = [
    (SINGLE, "METHOD_NOT_ALLOWED", "NOT_FOUND", "the proof fails: AssertionError"),
    (SINGLE, "assert KEY", "assert (KEY", "the proof fails: SyntaxError"),
    (NUMERIC, '"60"', '"59"', "the proof fails"),
    (OUTPUT, '"[[1], [1]]"', '"[[1], [2]]"', "the program prints '[[1], [1]]', the key says"),
    (OUTPUT, "print(rows)", "print(rowz)", "and says \"NameError: name 'rowz' is not defined"),
    (OUTPUT, '"[[1], []]"', '" [[1], [1]] "', "the wrong option ' [[1], [1]] ' is what the"),
    (SQL, "where paid = 1", "where payed = 1", "the solution does not run"),
    (SQL, "where paid = 1", "where paid = 7", "the solution gives no row on any fixture"),
    (SQL, "select name from person where paid = 1", "delete from person", "does not run"),
    (REGEX, 'solution: "[0-9]{2}"', 'solution: "[0-9]{3}"', "the solution is wrong on '00'"),
    (REGEX, 'solution: "[0-9]{2}"', 'solution: "[0-9"', "the solution is no usable pattern"),
    (OPEN, "EXPLAIN ANALYZE", "it again", "the model answer misses the point 'Reads the plan.'"),
    (OPEN, "percentiles rather than", "percentiles and", "misses the point 'Says percentiles"),
    (OPEN, '"p99 latency"', '"great communication skills"', "a keen answer scores 1 of 6"),
    (OPEN, '"measure before changing"', '"find out why"', "the question itself scores 2 of 6"),
]


@pytest.mark.parametrize(("text", "old", "new", "says"), FAILS)
def test_a_wrong_item_fails_its_proof(
    tmp_path: Path, text: str, old: str, new: str, says: str
) -> None:
    """A key, solution or model answer that is wrong is refused, and the reason is said."""
    outcome = prove(item(tmp_path, changed(text, old, new)), runtimes())
    assert outcome.state == "failed", outcome
    assert says in outcome.detail


def test_a_failing_line_of_the_proof_is_known(tmp_path: Path) -> None:
    """The outcome has the line of the code at which the proof failed."""
    text = coded(SINGLE, "python", "from http import HTTPStatus", "", "assert KEY == 'x'")
    assert prove(item(tmp_path, text), runtimes()).line == 3
    text = coded(NUMERIC, "node", "const x = 1;", "throw new Error(KEY);")
    assert prove(item(tmp_path, text), runtimes()).line == 2


def test_a_promise_that_is_never_kept_is_no_success(tmp_path: Path) -> None:
    """Node.js ends quietly when nothing is left to wait for, before the proof has ended."""
    text = coded(NUMERIC, "node", "await new Promise(() => {});")
    outcome = prove(item(tmp_path, text), runtimes())
    assert outcome == Outcome("failed", "the proof fails: ended with 9")


ENDLESS = {
    "python": (SINGLE, "while KEY: pass"),
    "bash": (SHORT, "sleep 61.73 & wait"),
    "node": (NUMERIC, "while (KEY) {}"),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_proof_that_does_not_end_is_stopped(tmp_path: Path, kind: str) -> None:
    """A proof has a limited time, and its children are stopped with it."""
    text, code = ENDLESS[kind]
    short = Runtimes(runtimes().commands, limit=0.4)
    outcome = prove(item(tmp_path, coded(text, kind, code)), short)
    assert outcome == Outcome("failed", "the proof fails: does not end in time")
    commands = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline"))
    assert kind != "bash" or not any(b"61.73" in command for command in commands)


def test_a_mutant_that_does_not_end_is_no_failure_of_the_mutant(tmp_path: Path) -> None:
    """A wrong key must be refused, not waited for."""
    text = coded(SINGLE, "python", "while KEY[:3] != '405': pass")
    outcome = prove(item(tmp_path, text), Runtimes(runtimes().commands, limit=0.4))
    assert outcome.detail == "with '404 Not Found' the proof does not end in time"


def test_a_flood_of_output_is_cut(tmp_path: Path) -> None:
    """A program that prints for ever fills no disk and is no proof."""
    text = program("python", "while True: print('x' * 60_000)", prints="x")
    outcome = prove(item(tmp_path, text), Runtimes(runtimes().commands, limit=30))
    assert "File too large" in outcome.detail


def test_proofs_do_not_see_the_home_of_who_runs_them(tmp_path: Path) -> None:
    """HOME and the working directory are one fresh directory, and Python is isolated."""
    text = coded(
        SINGLE,
        "python",
        "import os, sys",
        "assert os.path.realpath(os.environ['HOME']) == os.getcwd() and os.listdir() == []",
        "assert sys.flags.isolated and 'VIRTUAL_ENV' not in os.environ",
        "assert KEY[:3] == '405'",
    )
    assert prove(item(tmp_path, text), runtimes()).state == "passed"


NEEDS = [(NUMERIC, "node"), (SHORT, "bash"), (coded(SINGLE, "postgres", "connect()"), "postgres")]


@pytest.mark.parametrize(("text", "runtime"), NEEDS)
def test_what_a_machine_lacks_is_not_run(tmp_path: Path, text: str, runtime: str) -> None:
    """Without its runtime a proof is neither passed nor failed."""
    outcome = prove(item(tmp_path, text), runtimes(node="", bash=""))
    assert outcome == Outcome("not run", runtime, runtime)


def test_a_program_without_its_language_is_not_run(tmp_path: Path) -> None:
    """An output in a language that is not installed is not run."""
    text = program("java", "class Main {}", prints="x")
    assert prove(item(tmp_path, text), runtimes(java="")) == Outcome("not run", "java", "java")


def test_a_postgres_proof_gets_an_empty_database_each_time(tmp_path: Path) -> None:
    """Each variant has a database of its own, in which two connections can meet."""
    text = coded(
        SINGLE,
        "postgres",
        "one, two = connect(), connect()",
        "mine = \"select count(*) from pg_database where datname like 'proof%'\"",
        "assert one.execute(mine).fetchone() == (1,)",
        "one.execute('create table t(a int)')",
        "one.commit()",
        "two.execute('insert into t values (405)')",
        "two.commit()",
        "assert KEY[:3] == str(one.execute('select a from t').fetchone()[0])",
    )
    with Runtimes.found() as found:
        wrong = prove(item(tmp_path, changed(text, "(405)", "(404)")), found)
        right = prove(item(tmp_path, text), found)
    assert (wrong.state, right.state) in {("failed", "passed"), ("not run", "not run")}


def test_an_order_with_a_second_way_fails(tmp_path: Path) -> None:
    """Constraints that leave two orders, or none, are no proof."""
    made = item(tmp_path, changed(ORDER, '["2", "3"], ', ""))
    detail = prove(made, runtimes()).detail
    assert detail == "the order 1 3 2 4 is feasible too: add the constraint that forbids it"
    made = item(tmp_path, changed(ORDER, '["1", "2"]', '["2", "1"]'))
    assert prove(made, runtimes()).detail == "the constraints rule the key out"


def test_a_wrong_query_that_passes_is_named(tmp_path: Path) -> None:
    """Each wrong query and pattern must differ on a fixture or a string."""
    made = item(tmp_path, changed(SQL, "where paid = 0", "where paid > 0"))
    assert "the wrong query 'filter-turned-round' passes" in prove(made, runtimes()).detail
    made = item(tmp_path, changed(REGEX, '["4", "422", "a4"]', '["422", "a4", "b4"]'))
    made = item(tmp_path, changed(REGEX, '"..|[0-9]{2}"', '"[0-9][0-9]"'))
    assert "the wrong pattern 'dot-is-a-digit' passes" in prove(made, runtimes()).detail


def test_rows_are_compared_in_order_only_where_it_is_asked(tmp_path: Path) -> None:
    """A query that differs in the order of rows alone fails exactly when the order counts."""
    rows = "values ('Ada', 1), ('Ben', 1);"
    text = changed(SQL, "values ('Ada', 1), ('Ben', 0);", rows)
    text = changed(text, 'select name from person"', 'select name from person order by 1 desc"')
    text = changed(text, "values ('Ben', 0);", "values ('Ben', 1);")
    free = prove(item(tmp_path, text), runtimes())
    assert "the wrong query 'forgets-the-filter' passes" in free.detail
    ordered = changed(text, 'ordered: "false"', 'ordered: "true"')
    assert prove(item(tmp_path, ordered), runtimes()).state == "passed"


def test_a_belief_that_is_said_vetoes_its_point(tmp_path: Path) -> None:
    """The model answer with a listed misconception loses the point."""
    made = item(tmp_path, changed(OPEN, '["guess the slow part"]', '["is it"]'))
    assert prove(made, runtimes()).state == "passed"
    made = item(tmp_path, changed(OPEN, '["guess the slow part"]', '["..."]'))
    assert "does not veto its point" in prove(made, runtimes()).detail


def test_a_reading_needs_two_people(tmp_path: Path) -> None:
    """One reader waits for a second one; two are a proof that was not run."""
    assert prove(item(tmp_path, READ), runtimes()).state == "read"
    one = item(tmp_path, changed(READ, '["ada", "ben"]', '["ada"]'))
    assert prove(one, runtimes()).state == "waits"


def test_a_reading_is_stale_after_18_months(tmp_path: Path) -> None:
    """The age of a reading counts from its date; other proofs do not age."""
    from datetime import date  # noqa: PLC0415 only here

    made = item(tmp_path, READ)
    assert not stale(made, date(2028, 5, 1))
    assert stale(made, date(2028, 6, 1))
    assert not stale(item(tmp_path, SINGLE), date(2099, 1, 1))

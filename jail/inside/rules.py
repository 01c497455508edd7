"""What a learner's statement may do: limits, pragmas and the authorizer's allow-list."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

TABLE_FUNCTIONS = ("json_each", "json_tree")
FUNCTIONS = frozenset(
    """
    abs acos asin atan atan2 avg ceil ceiling char coalesce concat concat_ws cos count cume_dist
    current_date current_time current_timestamp date datetime degrees dense_rank exp first_value
    floor format glob group_concat hex if ifnull iif instr json json_array json_array_length
    json_each json_extract json_group_array json_group_object json_insert json_object json_patch
    json_quote json_remove json_replace json_set json_tree json_type json_valid julianday lag
    last_value lead length like likelihood likely ln log log10 log2 lower ltrim max min mod
    nth_value ntile nullif octet_length percent_rank pi pow power printf quote radians rank replace
    round row_number rtrim sign sin sqrt strftime string_agg substr substring sum tan time timediff
    total trim trunc typeof unicode unixepoch unlikely upper -> ->>
    """.split()  # noqa: SIM905 - a list of 90 strings would fill the page
)
HIDDEN = ("_", "sqlite_")  # how names of tables begin that a learner may not read
BUILT_IN = ("sqlite_", "pragma_", "dbstat", "fts", "rtree", "bytecode", "tables_used")

PRAGMAS = ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "max_page_count=4096")
LIMITS = {  # without COMPOUND, DEPTH and VDBE a statement may take minutes to prepare
    sqlite3.SQLITE_LIMIT_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
Verdict = int
Authorizer = Callable[[int, str | None, str | None, str | None, str | None], Verdict]
_WRITES = (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)
_REASONS = (
    ("interrupted", "time"),
    ("out of memory", "memory"),
    ("database or disk is full", "memory"),
    ("too big", "size"),
    ("too large", "size"),
    ("too long", "size"),
    ("too many", "size"),
    ("parser stack overflow", "size"),
    ("too complex", "size"),
    ("nested too deep", "size"),
    ("not authorized", "forbidden"),
    ("prohibited", "forbidden"),
    ("readonly database", "forbidden"),
)


def authorizer(tables: frozenset[str], *, writes: bool) -> Authorizer:
    """Allow reading `tables` (lower case) with known functions, and changing their rows."""
    open_tables = {name for name in tables if not name.startswith(HIDDEN)}

    def allowed(action: int, first: str | None, second: str | None, base: str | None) -> bool:
        name = (first or "").lower()
        match action:
            case sqlite3.SQLITE_SELECT | sqlite3.SQLITE_RECURSIVE:
                return True
            case sqlite3.SQLITE_FUNCTION:
                return (second or "").lower() in FUNCTIONS
            case sqlite3.SQLITE_READ:
                # without a database it is a common table expression, whose name is the learner's
                unplaced = base is None and name not in tables and not name.startswith(BUILT_IN)
                return name in open_tables or name in TABLE_FUNCTIONS or unplaced
            case _:
                return writes and action in _WRITES and name in open_tables

    def verdict(
        action: int, first: str | None, second: str | None, base: str | None, _view: str | None
    ) -> Verdict:
        return sqlite3.SQLITE_OK if allowed(action, first, second, base) else sqlite3.SQLITE_DENY

    return verdict


def stopped(error: str) -> str:
    """Which bound an error of SQLite tells of; '' where the statement itself is wrong."""
    low = error.lower()
    return next((reason for words, reason in _REASONS if words in low), "")

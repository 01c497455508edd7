"""Which schema a database has, and making the newest in an empty one; knows no Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, insert, inspect, select

from storage import histogram
from storage.errors import Unusable
from storage.schema import HEAD, complete, metadata, version

Standing = Literal["empty", "head", "older"]

LOCK = 0x5350_4152  # "SPAR": PostgreSQL's advisory lock for whoever makes or changes the schema
PATIENCE = 600  # seconds that another process may take for its migrations, or we for ours
_REVISIONS = Path(__file__).with_name("migrations") / "versions"


def at_head(connection: Connection) -> bool:
    """Whether the schema is the newest."""
    return standing(connection) == "head"


def standing(connection: Connection) -> Standing:
    """Empty, at head, or older.

    Raises Unusable for the schema of a newer program, and for a database of something else.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "empty"
    if version.name not in tables:
        raise Unusable("The database is not one of Sparring's. Choose another one.")
    found = connection.scalar(select(version.c.version_num))
    if found == HEAD:
        return "head"
    if found in _known():
        return "older"
    raise Unusable(
        f"A newer Sparring made this database (schema {found}, this one knows {HEAD}). "
        "Install the newest Sparring, or restore an older backup."
    )


def alone(connection: Connection) -> None:
    """Until the transaction ends no other process makes or changes the schema (PostgreSQL)."""
    for setting in ("lock_timeout", "statement_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {setting} = '{PATIENCE}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def make(connection: Connection) -> None:
    """Make the newest schema; the same as all migrations, in a hundredth of the time."""
    if connection.dialect.name == "postgresql":
        complete()
    metadata.create_all(connection, checkfirst=False)
    histogram.install(connection)
    connection.execute(insert(version).values(version_num=HEAD))


def _known() -> set[str]:
    return {path.name.partition("_")[0] for path in _REVISIONS.glob("[0-9]*.py")}

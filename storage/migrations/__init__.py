"""Bringing a database to the newest schema, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from storage.address import sqlite_path
from storage.backup import backup
from storage.errors import Unusable
from storage.lock import Lock
from storage.version import alone

SCRIPTS = Path(__file__).parent


def upgrade(url: str, *, to: str = "head", scripts: Path = SCRIPTS) -> None:
    """Run the migrations that are missing, all in one transaction, nobody else writing.

    A SQLite file that has rows is copied first, beside it. Raises Unusable, with everything as it
    was, where rows would be lost or refer to nothing.
    """
    path = sqlite_path(url)
    if path is None:
        migrate_postgres(url, to, scripts)
        return
    lock = Lock(path)
    try:
        migrate_file(path, to, scripts)
    finally:
        lock.release()


def migrate_file(path: Path, to: str = "head", scripts: Path = SCRIPTS) -> None:
    """As `upgrade`, for a file whose lock is held."""
    from storage.sqlite import engine_of  # noqa: PLC0415 each database's module only where used

    with _connected(engine_of(path)) as connection:
        if sum(_counts(connection).values()):
            revision = connection.exec_driver_sql("SELECT * FROM alembic_version").scalar()
            backup(path, path.with_name(f"{path.name}.{revision}.backup"))
        # a batch ALTER drops and makes tables anew: with foreign keys on, that deletes children
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        with _transaction(connection, "BEGIN EXCLUSIVE"):
            _run(connection, to, scripts)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise Unusable("The migration would leave rows that refer to nothing. Undone.")


def migrate_postgres(url: str, to: str = "head", scripts: Path = SCRIPTS) -> None:
    from storage.postgres import engine_of  # noqa: PLC0415

    with _connected(engine_of(url)) as connection, _transaction(connection, "BEGIN"):
        alone(connection)
        _run(connection, to, scripts)


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _transaction(connection: Connection, begin: str) -> Iterator[None]:
    connection.exec_driver_sql(begin)
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def _run(connection: Connection, to: str, scripts: Path) -> None:
    from alembic import command  # noqa: PLC0415 a quarter of a second that a press must not pay
    from alembic.config import Config  # noqa: PLC0415

    before = _counts(connection)
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if scripts is SCRIPTS and to == "head" and before.get("log"):
        from bot.replay import derive  # noqa: PLC0415 only where there is something to derive
        from storage.rederiving import rederive  # noqa: PLC0415

        rederive(connection, derive)
    after = _counts(connection)
    lost = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
    if lost:
        raise Unusable(f"The migration would change how many rows these have: {lost}. Undone.")


def _counts(connection: Connection) -> dict[str, int]:
    """Rows by table, of every table but Alembic's own."""
    quote = connection.dialect.identifier_preparer.quote
    names = set(inspect(connection).get_table_names()) - {"alembic_version"}
    return {
        name: connection.exec_driver_sql(f"SELECT count(*) FROM {quote(name)}").scalar_one()  # noqa: S608 names from the catalogue, quoted
        for name in names
    }

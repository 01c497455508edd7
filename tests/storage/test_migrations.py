"""Migrations: they make what the tables say, lose nothing, and can be undone by a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Dialect, Engine, MetaData, inspect
from sqlalchemy.dialects.postgresql.psycopg import dialect as postgres_dialect
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from storage import schema, tables
from storage.errors import Held, Unusable
from storage.migrations import SCRIPTS, upgrade
from storage.postgres import engine_of as postgres_engine
from storage.sqlite import engine_of as sqlite_engine
from storage.version import at_head, standing
from tests.storage.test_files import child
from tests.stores import Server, answering, origin, store_at

OLD = "0000"
MOMENT, DAY = "2026-11-25T09:00:00.000000+00:00", "2026-11-25"
TABLES = sorted(set(schema.metadata.tables) - {"alembic_version"})


def ddl(metadata: MetaData, dialect: Dialect) -> dict[str, list[str]]:
    return {
        table.name: [
            str(CreateTable(table).compile(dialect=dialect)),
            *sorted(str(CreateIndex(i).compile(dialect=dialect)) for i in table.indexes),
        ]
        for table in metadata.tables.values()
    }


@pytest.mark.parametrize("dialect", [sqlite_dialect, postgres_dialect])
def test_models_and_core_are_the_same_tables(dialect: type[Dialect]) -> None:
    """SQLModel's tables and those of a press have the same definition on both databases."""
    schema.complete()
    spoken = dialect()
    assert ddl(schema.metadata, spoken) == ddl(tables.metadata, spoken)


def test_the_head_is_the_newest_migration() -> None:
    """What a press takes for the newest schema is the newest migration."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_a_new_file_equals_a_migrated_one(tmp_path: Path) -> None:
    """A file that is made at once has the very definitions that all migrations give."""
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    store_at(str(made)).release()
    upgrade(str(migrated))
    definitions = "SELECT name, sql FROM sqlite_master ORDER BY name"
    rows = []
    for path in (made, migrated):
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute(definitions).fetchall()
            # a column that came later stands on the line of the one before it
            rows.append([(name, " ".join((sql or "").split())) for name, sql in found])
            rows.append(connection.execute("SELECT * FROM alembic_version").fetchall())
    assert rows[:2] == rows[2:]


def shape(engine: Engine) -> dict[str, object]:
    """Everything the catalogue says of the tables."""
    seen = inspect(engine)
    return {
        name: (
            [{**column, "type": str(column["type"])} for column in seen.get_columns(name)],
            seen.get_pk_constraint(name),
            sorted(map(str, seen.get_foreign_keys(name))),
            sorted(map(str, seen.get_unique_constraints(name))),
            sorted(map(str, seen.get_indexes(name))),
        )
        for name in seen.get_table_names()
    }


def test_a_new_postgres_equals_a_migrated_one(server: Server) -> None:
    """The same on PostgreSQL."""
    made, migrated = server.empty(), server.empty()
    code = "import sys; from tests.stores import store_at; store_at(sys.argv[1]).release()"
    assert child(code, made).returncode == 0  # in a process that knows of no other test
    upgrade(migrated)
    engines = [postgres_engine(url) for url in (made, migrated)]
    shapes = [shape(engine) for engine in engines]
    for engine in engines:
        engine.dispose()
    assert shapes[0] == shapes[1]
    assert set(shapes[0]) == set(schema.metadata.tables)


def test_models_equal_the_migrated_database(url: str, tmp_path: Path) -> None:
    """Alembic finds nothing to change between the models and a migrated database."""
    upgrade(url)
    engine = sqlite_engine(Path(url)) if url.endswith(".db") else postgres_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, tables.metadata)
        head = at_head(connection)
    engine.dispose()
    assert found == []
    assert head


# A schema before the first, in which `person` and `member` are parent and child.
ENV = (SCRIPTS / "env.py").read_text("utf-8")
BEFORE = """
import sqlalchemy as sa
from alembic import op
revision = "0000"
down_revision = None
def upgrade():
    op.create_table("person", sa.Column("id", sa.Text, primary_key=True))
    op.create_table("member", sa.Column("person", sa.Text,
        sa.ForeignKey("person.id", ondelete="CASCADE", name="fk_member"), primary_key=True))
"""
ALTER = """
import sqlalchemy as sa
from alembic import op
revision = "0001"
down_revision = "0000"
def upgrade():
    with op.batch_alter_table("person", recreate="always") as batch:
        batch.add_column(sa.Column("name", sa.Text, nullable=False, server_default=""))
"""
LOSE = ALTER + "    op.execute(\"DELETE FROM member WHERE person = 'p1'\")\n"
ORPHAN = ALTER + "    op.execute(\"UPDATE member SET person = 'nobody' WHERE person = 'p1'\")\n"
BREAK = ALTER + '    op.execute("SELECT * FROM no_such_table")\n'


@pytest.fixture
def older(tmp_path: Path) -> Callable[[str], tuple[Path, Path]]:
    """A file of an older schema with 100 parents and children, and what would upgrade it."""

    def made(second: str) -> tuple[Path, Path]:
        scripts, path = tmp_path / "scripts", tmp_path / "old.db"
        (scripts / "versions").mkdir(parents=True)
        (scripts / "env.py").write_text(ENV)
        (scripts / "versions" / "0000_before.py").write_text(BEFORE)
        upgrade(str(path), scripts=scripts)
        (scripts / "versions" / "0001_alter.py").write_text(second)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            ids = [(f"p{n}",) for n in range(100)]
            connection.executemany("INSERT INTO person VALUES (?)", ids)
            connection.executemany("INSERT INTO member VALUES (?)", ids)
        return path, scripts

    return made


def counts(path: Path) -> tuple[int, int, str]:
    with closing(sqlite3.connect(path)) as connection:
        numbers = [
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("person", "member")
        ]
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return numbers[0], numbers[1], version


def test_an_altered_parent_keeps_its_children(older: Callable[[str], tuple[Path, Path]]) -> None:
    """A parent table made anew deletes no child, and a copy of before lies beside the file."""
    path, scripts = older(ALTER)
    upgrade(str(path), scripts=scripts)
    assert counts(path) == (100, 100, "0001")
    assert counts(path.with_name("old.db.0000.backup")) == (100, 100, "0000")


@pytest.mark.parametrize(
    ("second", "words"),
    [(LOSE, "how many rows.*member"), (ORPHAN, "refer to nothing"), (BREAK, "no_such_table")],
)
def test_a_migration_that_fails_changes_nothing(
    older: Callable[[str], tuple[Path, Path]], second: str, words: str
) -> None:
    """One that loses rows, breaks references or raises leaves the file as it was."""
    path, scripts = older(second)
    with pytest.raises(Exception, match=words):
        upgrade(str(path), scripts=scripts)
    assert counts(path) == (100, 100, OLD)
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(person)")]
    assert columns == ["id"]


def test_nobody_migrates_a_file_in_use(tmp_path: Path) -> None:
    """While a store has the file, migrating it is refused."""
    path = tmp_path / "sparring.db"
    store = store_at(str(path))
    with pytest.raises(Held):
        upgrade(str(path))
    store.release()


async def test_migrating_what_is_at_head_changes_nothing(url: str) -> None:
    """Running the migrations again keeps every row."""
    store = store_at(url)
    await store.run(origin(), answering("q1"))
    await store.close()
    upgrade(url)
    store = store_at(url)
    log = await store.look(origin(), lambda tx: tx.log())
    await store.close()
    assert [row.instance for row in log] == ["q1"]


def test_what_is_remembered_outlives_a_new_table(tmp_path: Path) -> None:
    """Every column of a memory is after the migration what it was before."""
    path = tmp_path / "s.db"
    upgrade(str(path), to="0005")
    known = ("p", "", "i", "sql", "joins", MOMENT, MOMENT, MOMENT, DAY, 1.5, 2.5, 3, 4, "m", 5)
    with closing(sqlite3.connect(path)) as connection, connection:
        marks = ",".join("?" * len(known))
        connection.execute(f"INSERT INTO memory VALUES ({marks})", known)
    upgrade(str(path))
    names = ", ".join(schema.memory.columns.keys())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(f"SELECT {names} FROM memory").fetchall() == [known]


def test_what_a_database_is_is_told_from_its_version(tmp_path: Path) -> None:
    """Empty, at head, older and foreign are told apart without Alembic."""
    path = tmp_path / "s.db"
    engine = sqlite_engine(path)
    with engine.connect() as connection:
        assert standing(connection) == "empty"
        store_at(str(path)).release()
        assert standing(connection) == "head"
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9'")
        with pytest.raises(Unusable, match="newer"):
            standing(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        with pytest.raises(Unusable, match="not one of"):
            standing(connection)

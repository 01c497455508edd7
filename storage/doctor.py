"""What is wrong with a database, looked at without changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from msgspec import MsgspecError, Struct
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from bot.store.rows import LogRow
from storage import chain, histogram, ledger, values, version
from storage.address import postgres_url, sqlite_path
from storage.audit import Derived, differences
from storage.errors import Unusable
from storage.schema import log, person
from storage.wall import EVERYBODY

Level = Literal["ok", "note", "bad"]
SHOWN = 20  # differences that are spelled out

_RESET_BUG = (
    "SQLite {found} may damage a file in write-ahead mode when two connections write or "
    "checkpoint it at once (sqlite.org/wal.html#walresetbug, 3.7.0 to 3.51.2). Sparring writes "
    "with one; let no other program write this file or checkpoint it."
)


class Finding(Struct, frozen=True):
    """One thing that was looked at; `bad` needs somebody, a `note` is to be known."""

    level: Level
    what: str
    text: str


Replay = Callable[[Iterable[LogRow]], Derived]


def findings(url: str, *, replay: Replay | None = None) -> tuple[Finding, ...]:
    """Look at a database, which may be in use; with `replay` also derive all caches again.

    Never raises for what is wrong with the database: that is a finding.
    """
    try:
        path = sqlite_path(url)
        looks = _postgres(postgres_url(url), replay) if path is None else _file(path, replay)
        return tuple(looks)
    except Unusable as error:
        return (Finding("bad", "database", str(error)),)


def affected(found: tuple[int, int, int]) -> bool:
    """Whether a SQLite version has the WAL-reset bug; some older branches were mended too."""
    mended = (found[:2] == (3, 50) and found >= (3, 50, 7)) or (
        found[:2] == (3, 44) and found >= (3, 44, 6)
    )
    return (3, 7, 0) <= found <= (3, 51, 2) and not mended


def _file(path: Path, replay: Replay | None) -> Iterator[Finding]:
    from storage.sqlite import engine_of  # noqa: PLC0415 each database's module alone

    if not path.is_file():
        raise Unusable(f"{path} does not exist yet: sparring db upgrade makes it.")
    found = sqlite3.sqlite_version
    if affected(sqlite3.sqlite_version_info[:3]):
        yield Finding("note", "SQLite", _RESET_BUG.format(found=found))
    else:
        yield Finding("ok", "SQLite", found)
    yield from _looked(engine_of(path, read_only=True), replay, _sound_file)


def _sound_file(connection: Connection) -> Iterator[Finding]:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    wal = mode == "wal"
    yield Finding("ok" if wal else "bad", "journal", f"{mode}, every commit synced")
    faults = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
    sound = faults == ["ok"]
    yield Finding("ok" if sound else "bad", "integrity", "; ".join(faults))
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        yield Finding("bad", "references", f"{len(lost)} rows refer to nothing")


def _postgres(url: str, replay: Replay | None) -> Iterator[Finding]:
    from storage.postgres import engine_of  # noqa: PLC0415

    yield from _looked(engine_of(url), replay, _sound_server)


def _sound_server(connection: Connection) -> Iterator[Finding]:
    connection.exec_driver_sql("SET default_transaction_read_only = on")
    connection.exec_driver_sql("SET statement_timeout = 0")
    server = connection.exec_driver_sql("SHOW server_version").scalar()
    yield Finding("ok", "PostgreSQL", str(server))
    for setting in ("fsync", "full_page_writes"):
        held = connection.exec_driver_sql(f"SHOW {setting}").scalar()
        if held != "on":
            text = f"{setting} is {held}: a power failure can lose answers. Switch it on."
            yield Finding("bad", "durability", text)


def _looked(
    engine: Engine, replay: Replay | None, sound: Callable[[Connection], Iterator[Finding]]
) -> Iterator[Finding]:
    try:
        with engine.connect() as connection:
            yield from sound(connection)
            standing = version.standing(connection)
            if standing != "head":
                text = f"The schema is {standing}. Run `sparring db upgrade`."
                yield Finding("bad", "schema", text)
                return
            yield Finding("ok", "schema", "at head")
            yield from _people(connection, replay)
            wrong = histogram.wrong(connection, SHOWN + 1)
            yield _listed("ranks", wrong, "the histograms equal the scores")
            lost = ledger.faults(connection, SHOWN + 1)
            yield _listed("ledger", lost, "what communities have can be read and fits together")
    except DBAPIError as error:
        yield Finding("bad", "database", f"It cannot be read: {error.orig}")
    except (ValueError, TypeError, MsgspecError) as error:
        yield Finding("bad", "database", f"What it holds cannot be read: {error}")
    finally:
        engine.dispose()


def _people(connection: Connection, replay: Replay | None) -> Iterator[Finding]:
    """Every person's chain, and their caches."""
    everybody = select(person).prefix_with(EVERYBODY)
    people = [values.person(row, "") for row in connection.execute(everybody).mappings()]
    torn: list[str] = []
    wrong: list[str] = []
    for each in people:
        try:
            rows = _log(connection, each.id)
            if at := chain.broken(rows, each.seq, each.head):
                torn.append(f"{each.id} at row {at}")
            elif replay is not None:
                wrong += differences(connection, each, replay(rows))
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 what is stored may be anything by now
            torn.append(f"{each.id} cannot be read ({error})")
    yield _listed("chains", torn, f"{len(people)} logs are whole")
    if replay is not None:
        yield _listed("caches", wrong, f"those of {len(people)} people equal their logs")


def _log(connection: Connection, person_id: str) -> list[LogRow]:
    rows = select(log).where(log.c.person == person_id).order_by(log.c.seq)
    return [values.log(row) for row in connection.execute(rows).mappings()]


def _listed(what: str, faults: list[str], well: str) -> Finding:
    if not faults:
        return Finding("ok", what, well)
    more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
    return Finding("bad", what, "; ".join([*faults[:SHOWN], *more]))

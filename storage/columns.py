"""What all tables are made of: their names' rules, and columns that many have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, Text, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only an INTEGER key
OPEN = text("state = 'open'")
WAITING = text("state = 'waiting'")
HELD = text("held_until IS NOT NULL")
MENDING = text("corrects > 0")
FRESH = text("NOT reviewed")
ODD = text("suspect")


class Transaction(FunctionElement[int]):
    """The number of the transaction that writes a row; 0 on SQLite, which has one writer."""

    inherit_cache = True
    type = BigInteger()


@compiles(Transaction)
def _one_writer(*_: Any, **__: Any) -> str:
    return "0"


@compiles(Transaction, "postgresql")
def _numbered(*_: Any, **__: Any) -> str:
    return "(pg_current_xact_id()::text::bigint)"


metadata = MetaData(naming_convention=NAMES)


def words(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)

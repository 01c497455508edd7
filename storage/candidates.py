"""What is known of questions that may be asked: one read, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, text

from bot.learning.items import Params
from bot.store.candidates import Met
from storage import values
from storage.driver import rows
from storage.instant import moment
from storage.prepared import Prepared

_EACH = {
    "sqlite": "json_each(:given_items) AS asked",
    "postgresql": "json_array_elements_text(CAST(:given_items AS JSON)) AS asked(value)",
}
_READ = """
SELECT memory.item, memory.shown, memory.due, calibration.item, calibration.hash, calibration.params
FROM {each}
LEFT JOIN memory ON memory.person = :given_person AND memory.owner = :given_owner
    AND memory.item = asked.value
LEFT JOIN calibration ON calibration.owner = :given_owner AND calibration.item = asked.value
WHERE memory.item IS NOT NULL OR calibration.item IS NOT NULL
"""


class Known(NamedTuple):
    """By the id of a question: when the person met it, and by id and hash what answers told."""

    met: dict[str, Met]
    calibrated: dict[tuple[str, str], Params]


def known(connection: Connection, person: str, owner: str, items: Sequence[str]) -> Known:
    """What is known of these questions of an owner ('' is the bank)."""
    statement = _prepared(connection.dialect)
    asked = values.written(list(items))
    found = Known({}, {})
    for row in rows(connection, statement, person=person, owner=owner, items=asked):
        held, shown, due, item, content, params = row
        if held is not None:
            found.met[held] = Met(moment(shown), due is not None)
        if item is not None:
            found.calibrated[item, content] = values.params(params)
    return found


@lru_cache(maxsize=4)
def _prepared(dialect: Dialect) -> Prepared:
    sql: Any = _READ.format(each=_EACH[dialect.name])
    return Prepared(text(sql), dialect)

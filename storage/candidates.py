"""What is known of questions that may be asked: one read, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, text

from bot.learning.items import Params
from questions.model import Ref
from storage import values
from storage.driver import rows
from storage.prepared import Prepared

_EACH = {
    "sqlite": "json_each(:given_items) AS asked",
    "postgresql": "json_array_elements_text(CAST(:given_items AS JSON)) AS asked(value)",
}
# SQLite would look for the key once more, and then at the row
_BY_DUE = {"sqlite": "INDEXED BY ix_memory_person_due_owner_item", "postgresql": ""}
# Most were never met, which the key alone says, and most others were answered: the rows are not
# looked at. What was shown and never answered stands together at one end of the index by due.
_READ = """
SELECT met.item, calibration.item, calibration.hash, calibration.params
FROM {each}
LEFT JOIN memory AS met ON met.person = :given_person AND met.owner = :given_owner
    AND met.item = asked.value AND NOT EXISTS (
        SELECT 1 FROM memory AS unanswered {by_due}
        WHERE unanswered.person = :given_person AND unanswered.due IS NULL
            AND unanswered.owner = :given_owner AND unanswered.item = asked.value
            AND unanswered.shown <= :given_since
    )
LEFT JOIN calibration ON calibration.owner = :given_owner AND calibration.item = asked.value
WHERE met.item IS NOT NULL OR calibration.item IS NOT NULL
"""
_ONE = """
SELECT params FROM calibration
WHERE calibration.owner = :given_owner AND calibration.item = :given_item
    AND calibration.hash = :given_hash
"""


class Known(NamedTuple):
    """Which questions a person has met, by id, and what answers told, by id and hash."""

    met: set[str]
    calibrated: dict[tuple[str, str], Params]


def known(
    connection: Connection, person: str, owner: str, items: Sequence[str], since: datetime
) -> Known:
    """What is known of these questions of an owner ('' is the bank)."""
    given = {"person": person, "owner": owner, "items": values.written(list(items))}
    found = Known(set(), {})
    for row in rows(connection, several(connection.dialect), **given, since=since):
        met, item, content, params = row
        if met is not None:
            found.met.add(met)
        if item is not None:
            found.calibrated[item, content] = values.estimate(params)
    return found


def calibrated(connection: Connection, ref: Ref) -> Params | None:
    """What answers told of this version of a question."""
    given = {"owner": ref.owner, "item": ref.id, "hash": ref.hash}
    found = rows(connection, _one(connection.dialect), **given)
    return values.params(found[0][0]) if found else None


@lru_cache(maxsize=4)
def several(dialect: Dialect) -> Prepared:
    """The read of `known`."""
    sql: Any = _READ.format(each=_EACH[dialect.name], by_due=_BY_DUE[dialect.name])
    return Prepared(text(sql), dialect)


@lru_cache(maxsize=4)
def _one(dialect: Dialect) -> Prepared:
    return Prepared(text(_ONE), dialect)

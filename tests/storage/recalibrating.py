"""What all answers make of their questions, folded from nothing: a second way to calibrations."""

from __future__ import annotations

from sqlalchemy import and_, select

from bot.learning.items import Params
from bot.store.protocol import Fold
from storage import values
from storage.engine import Database
from storage.schema import answered, log
from storage.wall import EVERYBODY


def recalibrated(store: Database, fold: Fold) -> dict[tuple[str, str], Params]:
    """By owner and id; every answer must have been applied, and of each question one version."""
    rows = (
        select(log)
        .prefix_with(EVERYBODY)
        .join(answered, and_(answered.c.person == log.c.person, answered.c.seq == log.c.seq))
        .order_by(answered.c.tx, answered.c.number)
    )
    made: dict[tuple[str, str], Params] = {}
    with store.engine.connect() as connection:
        for row in map(values.log, connection.execute(rows).mappings()):
            if row.ref is None:
                continue
            key = row.ref.owner, row.ref.id
            folded = fold(made.get(key), row)
            if folded is not None:
                made[key] = folded[0]
    return made

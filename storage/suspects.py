"""Questions whose answers contradict their keys, anywhere, for the operator; nothing changes."""

from __future__ import annotations

from sqlalchemy import select, true

from bot.learning.items import Params
from questions.model import Ref
from storage import values
from storage.beside import reading
from storage.schema import calibration
from storage.wall import EVERYBODY


def suspected(url: str) -> tuple[tuple[Ref, Params], ...]:
    """Each version under suspicion, those of the bank first; raises Unusable."""
    rows = (
        select(calibration)
        .prefix_with(EVERYBODY)
        .where(calibration.c.suspect == true())
        .order_by(calibration.c.owner, calibration.c.item, calibration.c.hash)
    )
    with reading(url) as connection:
        return tuple(
            (Ref(row["owner"], row["item"], row["hash"]), values.params(row["params"]))
            for row in connection.execute(rows).mappings()
        )

"""What is believed of a person's ability: a mean and a variance for each part (logits)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Belief(Struct, frozen=True):
    """A normal belief; `n` answers went into it."""

    mean: float = 0.0
    var: float = 1.0
    n: int = 0


class Ability(Struct, frozen=True):
    """Overall ability and the deviation of each area and topic ("area/topic") from it."""

    overall: Belief = Belief()
    parts: dict[str, Belief] = {}
    at: datetime | None = None
    misconceptions: dict[str, int] = {}

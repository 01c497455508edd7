"""What is known of questions that may be asked next."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.learning.items import Params


class Met(Struct, frozen=True):
    """When a question was last shown to a person, and whether they have answered it."""

    shown: datetime
    answered: bool


class Candidates(Struct, frozen=True):
    """What is known of questions that may be asked, by owner and id: met, and calibrated."""

    met: dict[tuple[str, str], Met]
    calibrated: dict[tuple[str, str], Params]

"""What is known of questions that may be asked next."""

from __future__ import annotations

from msgspec import Struct

from bot.learning.items import Params


class Candidates(Struct, frozen=True):
    """What is known of questions that may be asked, by owner and id.

    `met` are those that a person has answered at any time, or was shown lately; `calibrated` has
    the plain numbers of params, not how options were used.
    """

    met: frozenset[tuple[str, str]]
    calibrated: dict[tuple[str, str], Params]

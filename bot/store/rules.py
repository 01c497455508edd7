"""What an admin has chosen for a community, and for one of its places."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from bot.streaks import Span
from questions.model import Level

Starters = Literal["anybody", "admins"]


class Rules(Struct, frozen=True, kw_only=True):
    """What an admin has chosen for the community; '' and () mean: no restriction.

    `quiet` is two times of the community's zone ("22:00", "07:00") between which no game begins and
    no week is looked back upon; a daily comes at the time that an admin gave it. `youngest` is how
    many days an account must have existed (Discord) or have been known (Slack) before its answers
    count on boards.
    """

    starters: Starters = "anybody"
    areas_off: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    quiet: tuple[str, ...] = ()
    youngest: int = 0
    winners: str = ""  # the place where a week's winners are announced
    winners_by: str = ""  # external id of the admin who chose it, told if it refuses
    digest: tuple[str, ...] = ()  # external ids of the admins who asked for Monday's digest
    rest_chosen: bool = False  # rest days were set by hand, not taken from the challenges
    trusted: tuple[str, ...] = ()  # names of suspected questions that an admin keeps as they are
    outages: tuple[Span, ...] = ()  # dates on which the bot was down: no streak ends by them


class PlaceRules(Struct, frozen=True, kw_only=True):
    """What differs in one place; None is as the community has it."""

    place: str
    starters: Starters | None = None
    areas_off: tuple[str, ...] | None = None
    levels: tuple[Level, ...] | None = None
    quiet: tuple[str, ...] | None = None


def hushed(quiet: tuple[str, ...], clock: str) -> bool:
    """Whether this time ("23:30") lies in quiet hours, which may span midnight."""
    if not quiet:
        return False
    begins, ends = quiet
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends

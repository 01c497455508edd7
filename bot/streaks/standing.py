"""How a streak stands at a moment, before today's answer or after it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from bot.streaks.gap import Reached, bridged, cut, resting
from bot.streaks.state import Change, Moment, Streak


class Stand(Struct, frozen=True, kw_only=True):
    """The run ending today or yesterday, the freezes that are left, whether today is done.

    `changes` are those of today, or of the dates since the last answer; `expected` tells whether
    today asks for an answer.
    """

    days: int
    freezes: int
    done: bool
    expected: bool
    changes: tuple[Change, ...] = ()


def stand(streak: Streak, now: Moment) -> Stand:
    """How it stands: with what the gap up to now has used, forgiven or ended."""
    today = now.day
    expected = not resting(streak.plans, today, now.rest)
    if streak.last is not None and today <= streak.last:
        return Stand(
            days=streak.days,
            freezes=streak.freezes,
            done=True,
            expected=expected,
            changes=streak.changes,
        )
    known = replace(
        streak,
        outages=(*streak.outages, *now.outages),
        waived=(*streak.waived, *cut(streak, now.at, now.clock)),
    )
    reached = Reached(
        day=today,
        clock=now.clock,
        rest=now.rest,
        clock_before=streak.clock,
    )
    gap = bridged(known, reached)
    return Stand(
        days=streak.days if gap.alive else 0,
        freezes=gap.freezes,
        done=False,
        expected=expected,
        changes=gap.changes,
    )

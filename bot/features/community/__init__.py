"""A community's own settings, its weekly winners, and the digest for its admins."""

from __future__ import annotations

from bot.chat.commands import Spec
from bot.features.feature import Feature
from bot.features.later import Package

_in = Package("bot.features.community")


FEATURE = Feature(
    commands=(
        Spec(
            name="community",
            about="Days, games, areas, winners: for admins",
            usage="community",
            admin=True,
        ),
    ),
    on_command={"community": _in.rules.command},
    on_press={
        "community-back": _in.rules.opened,
        "community-here": _in.rules.here,
        "community-set": _in.rules.pressed,
        "community-set-here": _in.rules.pressed_here,
        "community-same": _in.rules.same,
        "community-winners": _in.winners.pressed,
        "community-digest": _in.digest.pressed,
        "community-week": _in.digest.week,
        "community-make": _in.digest.make_daily,
    },
    on_form={"community-set": _in.rules.form, "community-set-here": _in.rules.form_here},
    on_due={"winners": _in.winners.announce, "digest": _in.digest.send},
    on_outcome={"community-announced": _in.winners.announced},
    admin=frozenset(
        {
            "community-back",
            "community-here",
            "community-set",
            "community-set-here",
            "community-same",
            "community-winners",
            "community-digest",
            "community-week",
            "community-make",
        }
    ),
)

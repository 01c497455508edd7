"""A community's own settings, its weekly winners, and the digest for its admins."""

from __future__ import annotations

from bot.chat.commands import Spec
from bot.features.community import digest, rules, winners
from bot.features.feature import Feature

FEATURE = Feature(
    commands=(
        Spec(
            name="community",
            about="Days, games, areas, winners: for admins",
            usage="community",
            admin=True,
        ),
    ),
    on_command={"community": rules.command},
    on_press={
        "community-back": rules.opened,
        "community-here": rules.here,
        "community-set": rules.pressed,
        "community-set-here": rules.pressed_here,
        "community-same": rules.same,
        "community-winners": winners.pressed,
        "community-digest": digest.pressed,
        "community-week": digest.week,
        "community-make": digest.make_daily,
    },
    on_form={"community-set": rules.form, "community-set-here": rules.form_here},
    on_due={"winners": winners.announce, "digest": digest.send},
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

"""`/challenge`: how an admin sets up the community's dailies."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.challenge import changing, dates, proposing, running
from bot.features.feature import Feature

SPEC = Spec(
    name="challenge",
    about="Set up the daily question of this channel",
    usage="challenge",
    args=(Arg(name="channel", kind="channel", about="Another channel than this one"),),
    admin=True,
)
PRESSES = {
    "challenge-propose": proposing.proposed,
    "challenge-preview": proposing.preview,
    "challenge-begin": proposing.begin,
    "challenge-new": proposing.new,
    "challenge-card": running.opened,
    "challenge-list": running.listed,
    "challenge-pick": running.picked,
    "challenge-change": running.change,
    "challenge-set": changing.sent,
    "challenge-pause": running.pause,
    "challenge-on": running.go_on,
    "challenge-places": running.places,
    "challenge-add": running.add,
    "challenge-remove": running.remove,
    "challenge-retry": running.retry,
    "challenge-comes": dates.coming,
    "challenge-skip": dates.skip,
    "challenge-unskip": dates.unskip,
    "challenge-today": dates.today,
    "challenge-end": running.end,
    "challenge-ended": running.ended,
}
FEATURE = Feature(
    commands=(SPEC,),
    on_command={"challenge": proposing.command},
    on_press=PRESSES,
    on_form={"challenge-set": changing.form, "challenge-skip": dates.skip_form},
    admin=frozenset(PRESSES),
)

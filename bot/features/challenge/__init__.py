"""`/challenge`: how an admin sets up the community's dailies."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.feature import Feature
from bot.features.later import Package

_in = Package("bot.features.challenge")


SPEC = Spec(
    name="challenge",
    about="Set up the daily question of this channel",
    usage="challenge",
    args=(Arg(name="channel", kind="channel", about="Another channel than this one"),),
    admin=True,
)
PRESSES = {
    "challenge-propose": _in.proposing.proposed,
    "challenge-preview": _in.proposing.preview,
    "challenge-begin": _in.proposing.begin,
    "challenge-new": _in.proposing.new,
    "challenge-card": _in.running.opened,
    "challenge-list": _in.running.listed,
    "challenge-pick": _in.running.picked,
    "challenge-change": _in.running.change,
    "challenge-set": _in.changing.sent,
    "challenge-pause": _in.running.pause,
    "challenge-on": _in.running.go_on,
    "challenge-places": _in.running.places,
    "challenge-add": _in.running.add,
    "challenge-remove": _in.running.remove,
    "challenge-retry": _in.running.retry,
    "challenge-comes": _in.dates.coming,
    "challenge-skip": _in.dates.skip,
    "challenge-unskip": _in.dates.unskip,
    "challenge-today": _in.dates.today,
    "challenge-end": _in.running.end,
    "challenge-ended": _in.running.ended,
}
FEATURE = Feature(
    commands=(SPEC,),
    on_command={"challenge": _in.proposing.command},
    on_press=PRESSES,
    on_form={"challenge-set": _in.changing.form, "challenge-skip": _in.dates.skip_form},
    admin=frozenset(PRESSES),
)

"""The daily challenge: one question a day for a community, answered in private, revealed to all."""

from __future__ import annotations

from bot.chat.commands import Spec
from bot.features.feature import Feature
from bot.features.later import Package

_in = Package("bot.features.daily")


SPEC = Spec(
    name="daily",
    about="Today's challenge again, or what you missed of it",
    usage="daily",
    top=True,
)

FEATURE = Feature(
    commands=(SPEC,),
    on_command={"daily": _in.today.command},
    on_press={
        "daily-pick": _in.answering.pick,
        "daily-lock": _in.answering.lock,
        "daily-unknown": _in.answering.unknown,
        "daily-type": _in.answering.typed,
        "daily-final": _in.answering.final,
        "daily-show": _in.answering.show,
        "daily-mine": _in.answering.mine,
        "daily-why": _in.answering.why,
        "daily-hide": _in.answering.hide,
        "daily-report": _in.answering.report,
        "daily-try": _in.trying.try_it,
        "daily-tried": _in.trying.tried,
        "daily-today": _in.today.pressed,
        "daily-withdraw": _in.withdrawal.sent,
    },
    on_form={
        "daily-type": _in.answering.form,
        "daily-tried": _in.trying.tried_form,
        "daily-report": _in.answering.report_form,
        "daily-withdraw": _in.withdrawal.form,
    },
    on_due={"daily": _in.posting.due, "reveal": _in.closing.reveal, "refresh": _in.closing.refresh},
    on_outcome={"daily-posted": _in.delivery.posted, "daily-shown": _in.delivery.counted},
    admin=frozenset({"daily-withdraw"}),
)

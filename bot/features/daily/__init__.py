"""The daily challenge: one question a day for a community, answered in private, revealed to all."""

from __future__ import annotations

from bot.chat.commands import Spec
from bot.features.daily import answering, closing, posting, today, trying
from bot.features.feature import Feature

SPEC = Spec(
    name="daily",
    about="Today's challenge again, or what you missed of it",
    usage="daily",
    top=True,
)

FEATURE = Feature(
    commands=(SPEC,),
    on_command={"daily": today.command},
    on_press={
        "daily-pick": answering.pick,
        "daily-lock": answering.lock,
        "daily-unknown": answering.unknown,
        "daily-type": answering.typed,
        "daily-final": answering.final,
        "daily-show": answering.show,
        "daily-mine": answering.show,
        "daily-why": answering.why,
        "daily-hide": answering.hide,
        "daily-report": answering.report,
        "daily-try": trying.try_it,
        "daily-tried": trying.tried,
        "daily-today": today.pressed,
        "daily-withdraw": closing.withdrawn,
    },
    on_form={
        "daily-type": answering.form,
        "daily-tried": trying.tried_form,
        "daily-report": answering.report_form,
        "daily-withdraw": closing.withdraw_form,
    },
    on_due={"daily": posting.due, "reveal": closing.reveal, "refresh": closing.refresh},
    on_outcome={"daily-posted": posting.posted},
    admin=frozenset({"daily-withdraw"}),
)

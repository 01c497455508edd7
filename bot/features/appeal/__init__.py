"""Appeals: "I was right", what admins decide about it, and who is graded again."""

from __future__ import annotations

from bot.features.feature import Feature
from bot.features.later import Package

_in = Package("bot.features.appeal")


ADMINS = {
    "moderation-appeal": _in.reviewing.opened,
    "moderation-uphold": _in.reviewing.uphold,
    "moderation-refuse": _in.reviewing.refused,
    "moderation-appeal-void": _in.reviewing.voided,
}

FEATURE = Feature(
    on_press={"appeal": _in.filing.sent, **ADMINS},
    on_form={
        "appeal": _in.filing.form,
        "moderation-refuse": _in.reviewing.refuse_form,
        "moderation-appeal-void": _in.reviewing.void_form,
    },
    on_due={"appeal": _in.filing.late, "regrade": _in.regrading.regrade},
    admin=frozenset(ADMINS),
)

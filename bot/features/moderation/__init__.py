"""Moderation: reports, the review of questions, withdrawal, proposals, the audit log."""

from __future__ import annotations

from bot.chat.commands import Spec
from bot.features.feature import Feature
from bot.features.later import Package

_in = Package("bot.features.moderation")


PROPOSE = Spec(name="propose", about="Write a question for this community", usage="propose")
MODERATE = Spec(
    name="moderate", about="What people report and propose", usage="moderate", admin=True
)
ADMINS = {
    "moderation-open": _in.reviewing.opened,
    "moderation-report": _in.reviewing.report,
    "moderation-keep": _in.reviewing.keep,
    "moderation-withdraw": _in.reviewing.withdrawn,
    "moderation-proposal": _in.reviewing.proposal,
    "moderation-accept": _in.reviewing.accept,
    "moderation-decline": _in.reviewing.declined,
    "moderation-hidden": _in.listing.hidden,
    "moderation-show": _in.listing.show_again,
    "moderation-log": _in.listing.log,
    "moderation-suspects": _in.suspected.opened,
    "moderation-suspect": _in.suspected.withdrawn,
    "moderation-trust": _in.suspected.trusted,
}

FEATURE = Feature(
    commands=(PROPOSE, MODERATE),
    on_command={"propose": _in.proposing.command, "moderate": _in.reviewing.command},
    on_press={"propose": _in.proposing.sent, "report-it": _in.reporting.sent, **ADMINS},
    on_form={
        "report-it": _in.reporting.form,
        "propose": _in.proposing.form,
        "moderation-withdraw": _in.reviewing.withdraw_form,
        "moderation-decline": _in.reviewing.decline_form,
        "moderation-suspect": _in.suspected.withdraw_form,
    },
    on_due={"repair": _in.repairing.repair},
    admin=frozenset(ADMINS),
)

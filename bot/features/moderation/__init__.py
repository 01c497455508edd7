"""Moderation: reports, the review of questions, withdrawal, proposals, the audit log."""

from __future__ import annotations

from bot.chat.commands import Spec
from bot.features.feature import Feature
from bot.features.moderation import listing, proposing, repairing, reporting, reviewing

PROPOSE = Spec(name="propose", about="Write a question for this community", usage="propose")
MODERATE = Spec(
    name="moderate", about="What people report and propose", usage="moderate", admin=True
)
ADMINS = {
    "moderation-open": reviewing.opened,
    "moderation-report": reviewing.report,
    "moderation-keep": reviewing.keep,
    "moderation-withdraw": reviewing.withdrawn,
    "moderation-proposal": reviewing.proposal,
    "moderation-accept": reviewing.accept,
    "moderation-decline": reviewing.declined,
    "moderation-hidden": listing.hidden,
    "moderation-show": listing.show_again,
    "moderation-log": listing.log,
}

FEATURE = Feature(
    commands=(PROPOSE, MODERATE),
    on_command={"propose": proposing.command, "moderate": reviewing.command},
    on_press={"propose": proposing.sent, "report-it": reporting.sent, **ADMINS},
    on_form={
        "report-it": reporting.form,
        "propose": proposing.form,
        "moderation-withdraw": reviewing.withdraw_form,
        "moderation-decline": reviewing.decline_form,
    },
    on_due={"repair": repairing.repair},
    admin=frozenset(ADMINS),
)

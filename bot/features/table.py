"""All features, in the order of help."""

from __future__ import annotations

from bot.chat.commands import Spec, Table
from bot.features import (
    appeal,
    challenge,
    community,
    daily,
    game,
    interview,
    leaderboard,
    moderation,
    plan,
    privacy,
    progress,
    quiz,
    reminder,
    review,
    settings,
)
from bot.features import help as help_feature
from bot.features.feature import Feature


def features() -> tuple[Feature, ...]:
    """Every feature; help describes them all."""
    described = (
        quiz.FEATURE,
        game.FEATURE,
        daily.FEATURE,
        review.FEATURE,
        plan.FEATURE,
        interview.FEATURE,
        leaderboard.FEATURE,
        progress.FEATURE,
        settings.FEATURE,
        challenge.FEATURE,
        community.FEATURE,
        moderation.FEATURE,
        appeal.FEATURE,
        privacy.FEATURE,
    )
    specs: list[Spec] = [spec for one in described for spec in one.commands]
    table = Table((*specs, help_feature.SPEC))
    return (*described, help_feature.feature(lambda: table), reminder.FEATURE)

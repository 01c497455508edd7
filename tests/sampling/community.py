"""Samples of a community's settings and Monday's digest."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.store.rules import Rules
from bot.views import community, digest
from bot.views.community import Choices
from bot.views.digest import Held, Week
from tests.sampling.asked import AREAS, TEAM

PLAIN = Choices(starters="anybody", areas_off=(), levels=(), quiet=())
STRICT = Choices(
    starters="admins",
    areas_off=("mobile", "accessibility"),
    levels=("junior", "mid"),
    quiet=("22:00", "07:00"),
)
ADMIN = "discord:42"
LOCKS = "You think that COUNT locks the rows it counts."
WEEK = Week(
    title="Week of 16 Nov, for admins",
    people=14,
    answers=212,
    right=139,
    before=11,
    held=(
        Held(
            "repeatable-read-is-serializable",
            "You take REPEATABLE READ for SERIALIZABLE.",
            8,
            askable=True,
        ),
        Held("httponly-means-https-only", "You take HttpOnly for HTTPS only.", 6, askable=True),
        Held("count-locks-the-rows", LOCKS, 5, askable=False),
    ),
)


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    rules = Rules(starters="admins", youngest=7, winners="discord:3", digest=(ADMIN,))
    strict = replace(TEAM, rest=(5, 6), rules=rules)
    saved = community.effect(here, "games")
    return {
        "community": community.card(here, TEAM, PLAIN, AREAS, ADMIN, ""),
        "community-strict": community.card(here, strict, STRICT, AREAS, ADMIN, saved),
        "community-here": community.here(
            here, replace(STRICT, here=True, own=("games",)), AREAS, ""
        ),
        "digest": digest.card(here, WEEK),
        "digest-elsewhere": digest.card(here, WEEK, buttons=False),
        "digest-few": digest.card(here, replace(WEEK, people=3, held=())),
        "digest-queued": digest.queued(here, LOCKS, "tomorrow"),
    }


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    return {
        "form-community-days": community.days_form(here, TEAM),
        "form-community-games": community.games_form(STRICT, 7),
        "form-community-limits": community.limits_form(here, STRICT),
    }

"""Samples of the views of challenge."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.store.community import LADDER, Challenge, Daily
from bot.views import challenge, challenge_forms, challenge_pages, daily
from bot.views import challenge_said as said
from questions.model import Level
from tests import bank
from tests.sampling.asked import AREAS, NOW, asking

TODAY = date(2026, 11, 25)  # a Wednesday
NEXT = (date(2026, 11, 26), datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
SEAL = ("discord_3A300", "0123456789ab")
RUNNING = Challenge(
    id="c5k2m9",
    community="c1",
    zone="Europe/Berlin",
    places=("discord:300", "discord:301"),
    by="discord:42",
    since=NOW - timedelta(days=30),
)
LACKS = (
    "I may not send messages there: give me Send Messages.",
    "I may not open threads there: give me Create Public Threads.",
)


def overview(one: Challenge = RUNNING, **facts: object) -> challenge.Overview:
    """A challenge read in the first of its channels."""
    known = {
        "areas": AREAS,
        "ahead": said.Ahead(NEXT, TODAY, TODAY),
        "open": "d7w3n1",
        "posted": True,
        "here": "discord:300",
        "seal": SEAL,
    }
    return challenge.Overview(challenge=one, **(known | facts))  # type: ignore[arg-type]  # as named


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    fresh = replace(RUNNING, places=("discord:300",))
    proposed = overview(fresh, ahead=said.Ahead(today=TODAY), open="")
    narrow = replace(
        RUNNING,
        at="18:00",
        weekdays=(0, 2, 5),
        areas=("databases", "git"),
        levels=("mid",) * len(LADDER),
        types=("single", "numeric"),
        reveal="21:30",
        skips=(date(2026, 12, 23), date(2027, 1, 1)),
        lost=("discord:301",),
    )
    ahead = said.Ahead(NEXT, TODAY, TODAY)
    changed = said.changed(here, RUNNING, ahead, "18:00, Berlin")
    drafted = overview(replace(fresh, paused=True), begun=False, open="", posted=False)
    late = challenge.proposal(here, replace(proposed, several=True), LACKS, TODAY, refused=True)
    return {
        "challenge-proposal": challenge.proposal(here, proposed, (), NEXT[0]),
        "challenge-lacking": late,
        "challenge": challenge.card(here, overview(), changed),
        "challenge-narrow": challenge.card(here, overview(narrow, several=True, posted=False)),
        "challenge-drafted": challenge.card(here, drafted, "", LACKS),
        "challenge-paused": challenge.card(
            here, overview(replace(RUNNING, paused=True)), said.paused(here, ahead)
        ),
        "challenge-preview": challenge.preview(here, _post(here)),
        **_pages(here, narrow),
    }


def _pages(here: Reader, narrow: Challenge) -> dict[str, Card]:
    levels: tuple[Level, ...] = ("mid", "senior", "junior")
    ahead = (timedelta(days=n) for n in (0, 1, 4))
    days = tuple(
        challenge_pages.Coming(NEXT[0] + n, NEXT[1] + n, level, skipped=level == "senior")
        for n, level in zip(ahead, levels, strict=True)
    )
    skipped = said.skipped(here, days[1].day, RUNNING, said.Ahead(NEXT))
    added = said.added(here, "discord:300", "discord:300")
    return {
        "challenge-change": challenge_pages.change(here, overview()),
        "challenge-places": challenge_pages.where(
            here, overview(narrow, here="discord:302"), added, LACKS
        ),
        "challenge-comes": challenge_pages.coming(here, overview(), days, skipped),
        "challenge-list": challenge_pages.every(here, (RUNNING, narrow), "discord:300"),
        "challenge-ending": challenge_pages.ending(here, overview()),
        "challenge-over": challenge_pages.over(here, said.ended(here, said.Ahead(None, TODAY))),
    }


def _post(here: Reader) -> Card:
    one = asking(bank.SINGLE)
    shown = Daily(
        id="d7w3n1", challenge="c5k2m9", community="c1", day=TODAY, asked=one.asked, posted=NOW
    )
    return daily.posted(here, daily.Posted(shown, bank.SINGLE, AREAS, reveals=NEXT[1]))


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    timed = replace(RUNNING, areas=("databases", "git/undo-and-recovery"), reveal="17:00")
    return {
        "form-challenge-when": challenge_forms.when(here, RUNNING),
        "form-challenge-days": challenge_forms.weekdays(RUNNING),
        "form-challenge-areas": challenge_forms.areas(here, timed),
        "form-challenge-level": challenge_forms.level(RUNNING),
        "form-challenge-reveal": challenge_forms.reveal(here, timed),
        "form-challenge-types": challenge_forms.types(RUNNING),
        "form-challenge-skip": challenge_forms.skip(here, RUNNING, NEXT[0]),
    }

"""The table of a daily: its row, its question and its challenge, as all handlers need them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.chat.say import Reader
from bot.features.daily import schedule
from bot.features.feature import Kit
from bot.store.community import Challenge, Daily
from bot.store.protocol import Tx
from bot.views.daily import Before, Posted
from questions.model import Item


def host(tx: Tx, challenge: Challenge) -> Reader:
    """Who reads what everybody reads: the challenge's zone, the community's platform."""
    return Reader(zone=challenge.zone, platform=tx.origin.platform)


def question(tx: Tx, kit: Kit, daily: Daily) -> Item | None:
    """A daily's question as it was asked, whatever became of it in the bank."""
    if daily.ref is None:
        return None
    return kit.bank(tx.community.id).find(daily.ref) or tx.item(daily.ref)


def held(tx: Tx, name: str) -> tuple[Challenge, Daily] | None:
    """A daily and its challenge, held so that nobody else changes them: the challenge first."""
    known = tx.daily(name)
    challenge = tx.challenge(known.challenge, lock=True) if known else None
    daily = tx.daily(name, lock=True)
    return None if challenge is None or daily is None else (challenge, daily)


def opened(
    tx: Tx,
    kit: Kit,
    challenge: Challenge | None,
    daily: Daily,
    item: Item,
    *,
    before: Before | None = None,
    answered: int = 0,
) -> Posted:
    """What the views of a daily are made of."""
    return Posted(
        daily,
        item,
        kit.bank(tx.community.id).areas,
        reveals_at(challenge, daily),
        before or Before(),
        answered,
    )


def reveals_at(challenge: Challenge | None, daily: Daily) -> datetime | None:
    """When everybody sees the answer: its own time, else that of the next one; None: unknown."""
    if daily.reveal is not None or challenge is None:
        return daily.reveal
    following = schedule.next_day(challenge, daily.day)
    return schedule.instant(challenge, following) if following else None


def look_back(tx: Tx, kit: Kit, daily: Daily, ledger: Collection[Daily]) -> Before:
    """The newest daily of the challenge before this one, and what was left out since."""
    earlier = sorted((d for d in ledger if d.day < daily.day), key=lambda d: d.day, reverse=True)
    skipped: list[Daily] = []
    for one in earlier:
        if one.state != "skipped":
            return Before(one, question(tx, kit, one), tuple(reversed(skipped)))
        skipped.append(one)
    return Before(skipped=tuple(reversed(skipped)))

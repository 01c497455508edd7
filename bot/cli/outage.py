"""`sparring outage`: dates on which the bot was down end nobody's streak."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot.app import now
from bot.chat.say import count
from bot.cli import operator
from bot.cli.failing import Wrong
from bot.config import load
from bot.store.protocol import Tx
from bot.streaks import Span
from storage.communities import homes

LONGEST = timedelta(days=31)
TOMORROW = timedelta(days=1)  # somewhere it is tomorrow already


def forgive(since: str, until: str, community: str) -> str:
    """Forgive these dates, both included, everywhere or in one community; says where.

    Whoever missed one of them is told when they answer next. Raises Wrong for dates that cannot be.
    """
    span = _span(since, until or since)
    settings = load()
    every = homes(settings.url)
    where = [one for one in every if community in ("", one.community)]
    if not where:
        raise Wrong(f"There is no community {community}." if community else "Nobody is here yet.")
    operator.act(settings, where, lambda tx: _forgive(tx, span))
    alone = sum(not one.community for one in where)
    return (
        f"{span.since} to {span.until}: forgiven in "
        f"{count(len(where) - alone, 'community', 'communities')} and "
        f"{count(alone, 'direct conversation', 'direct conversations')}. "
        "People read of it when they answer next."
    )


def _span(since: str, until: str) -> Span:
    try:
        span = Span(date.fromisoformat(since), date.fromisoformat(until))
    except ValueError:
        raise Wrong("Name dates such as 2026-11-24.") from None
    if span.until < span.since:
        raise Wrong("The second date is before the first.")
    if span.until > now().date() + TOMORROW:
        raise Wrong("Only what has been can be forgiven: the last date is in the future.")
    if span.until - span.since >= LONGEST:
        raise Wrong(f"At most {LONGEST.days} dates at once.")
    return span


def _forgive(tx: Tx, span: Span) -> None:
    rules = tx.community.rules
    if span not in rules.outages:
        told = replace(rules, outages=(*rules.outages, span))
        tx.save_community(replace(tx.community, rules=told))
        operator.note(tx, "outage", f"{span.since} to {span.until}")

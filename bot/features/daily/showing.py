"""What the posts of a daily show: its number of answers while it is open, then how it went."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.posts import Post
from bot.chat.tokens import make
from bot.features.daily.table import host, look_back, opened
from bot.features.feature import Kit
from bot.store.community import Challenge, Daily, Posting
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from bot.views import daily as views
from bot.views import daily_closed
from questions.model import Item

EVERY = 7  # days of a streak that are worth a word


def hashed(place: str) -> str:
    """A place as the name of a post holds it."""
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def redrawn(daily: Daily) -> Daily:
    """The daily whose posts are about to be drawn anew: every edit has a name of its own."""
    return replace(daily, edits=daily.edits + 1)


def show_count(
    tx: Tx, kit: Kit, challenge: Challenge, daily: Daily, item: Item, until: datetime
) -> None:
    """Bring the number of answers up to date on the posts; after `until` it is not worth it."""
    answered = tx.answered(daily.id)
    stale = [one for one in tx.postings(daily.id) if one.message and one.shown != answered]
    if not stale:
        return
    daily = redrawn(daily)
    tx.save_daily(daily)
    ledger = tx.dailies(daily.day - timedelta(days=366), challenge.id)
    before = look_back(tx, kit, daily, ledger)
    post = opened(tx, kit, challenge, daily, item, before=before, answered=answered)
    card, back = views.posted(host(tx, challenge), post), make("daily-shown", daily.id, answered)
    for posting in stale:
        _edit(tx, daily, posting, card, back, until)


def show_closed(
    tx: Tx,
    kit: Kit,
    challenge: Challenge,
    daily: Daily,
    item: Item,
    postings: Iterable[Posting],
    rows: tuple[LogRow, ...] | None = None,
) -> None:
    """Edit the posts of a daily that is no longer open; a closed one gets its thread message."""
    rows = tx.answers((daily.id,)) if rows is None else rows
    tally = _tally(tx, rows)
    here, post = host(tx, challenge), opened(tx, kit, challenge, daily, item)
    card = daily_closed.closed(here, post, tally)
    for posting in postings:
        if posting.message is None:
            continue
        _edit(tx, daily, posting, card)
        if daily.state == "closed":
            tx.post(
                Post(
                    dedupe=f"daily.{daily.id}.split.{hashed(posting.place)}",
                    where="thread",
                    target=posting.place,
                    under=posting.message,
                    card=daily_closed.split(here, post, tally),
                )
            )


def _tally(tx: Tx, rows: tuple[LogRow, ...]) -> views.Tally:
    """How it went, without a name; streaks of those who are shown on the board."""
    given, reached = [], {}
    for row in rows:
        answer = msgspec.json.decode(row.data, type=Answer)
        given.append(views.Given(answer.response.picks, answer.verdict))
        if answer.streak and answer.streak % EVERY == 0:
            reached[row.person] = answer.streak
    members = tx.members(tuple(reached)) if reached else {}
    shown = {one: member.name for one, member in members.items() if not member.hidden}
    named = ((name, reached[one]) for one, name in shown.items() if name)
    return views.Tally(tuple(given), tuple(sorted(named, key=lambda pair: (-pair[1], pair[0]))))


def _edit(
    tx: Tx,
    daily: Daily,
    posting: Posting,
    card: Card,
    back: str = "",
    until: datetime | None = None,
) -> None:
    tx.post(
        Post(
            dedupe=f"daily.{daily.id}.{daily.edits}.{hashed(posting.place)}",
            where="place",
            target=posting.place,
            card=card,
            edits=posting.message,
            back=back,
            community=tx.community.external,
            until=until,
        )
    )

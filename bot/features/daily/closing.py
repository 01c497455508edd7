"""Closing: the reveal, what a post shows of its answers meanwhile, and a withdrawal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features.daily.table import host, look_back, opened, question
from bot.features.feature import Kit, Mistake
from bot.features.moderation.reporting import REPORTED
from bot.features.moderation.withdrawing import withdraw
from bot.features.recording import reader
from bot.store.community import Challenge, Daily, Posting
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, DueKind, LogRow
from bot.views import daily as views
from bot.views import daily_answer, daily_closed
from questions.model import Item

OFTEN, SELDOM = timedelta(minutes=10), timedelta(hours=1)  # between looks at the number of answers
FIRST = timedelta(hours=1)  # for which it is looked at often
RECOUNT = timedelta(minutes=1)  # after a late answer
ALONE = timedelta(hours=24)  # after which a daily that nothing follows is revealed
EVERY = 7  # days of a streak that are worth a word
REASON = 300  # characters of a withdrawal's reason


def hashed(place: str) -> str:
    """A place as the name of a post holds it."""
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def close_due(
    tx: Tx, kit: Kit, challenge: Challenge, ledger: tuple[Daily, ...]
) -> tuple[Daily, ...]:
    """Reveal what is open and was to be open until now at most; the ledger as it then is."""
    now = tx.origin.at
    return tuple(
        _closed(tx, kit, challenge, one)
        if one.state == "open" and (one.reveal is None or one.reveal <= now)
        else one
        for one in ledger
    )


def reveal(due: Due, tx: Tx, kit: Kit) -> Reply:
    """The due row of a reveal that has a time of its own."""
    tx.unschedule(due.id)
    found = _both(tx, due.id.partition(".")[2])
    if found is not None and found[1].state == "open":
        _closed(tx, kit, *found)
    return Reply()


def refresh(due: Due, tx: Tx, kit: Kit) -> Reply:
    """The due row that brings the number of answers on the posts up to date."""
    found = _both(tx, due.id.partition(".")[2])
    item = question(tx, kit, found[1]) if found else None
    if found is None or item is None:
        tx.unschedule(due.id)
        return Reply()
    challenge, daily = found
    if daily.state == "open":
        _count(tx, kit, challenge, daily, item)
        plan_refresh(tx, daily)
        return Reply()
    tx.unschedule(due.id)
    if daily.state == "closed" and tx.answered(daily.id) != daily.answered:
        _closed(tx, kit, challenge, daily)  # an answer given in time arrived late
    return Reply()


def plan_refresh(tx: Tx, daily: Daily, after: timedelta | None = None) -> None:
    """Look at the number of answers again: every ten minutes in the first hour, then hourly."""
    now = tx.origin.at
    soon = OFTEN if now < daily.posted + FIRST else SELDOM
    _plan(tx, "refresh", daily, now + (after or soon))


def plan_reveals(
    tx: Tx,
    ledger: Iterable[Daily],
    *,
    alone: bool,
    coming: datetime | None,
) -> None:
    """See to it that everything open is revealed, also where no next daily will do it.

    `alone` is that nothing will be posted; `coming` when the next one would have been.
    """
    for daily in ledger:
        if daily.state != "open":
            continue
        if daily.reveal is not None:
            _plan(tx, "reveal", daily, daily.reveal)
        elif alone:
            _plan(tx, "reveal", daily, coming or max(tx.origin.at, daily.posted + ALONE))
        else:
            tx.unschedule(f"reveal.{daily.id}")


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
    for posting in postings:
        if posting.message is None:
            continue
        name = hashed(posting.place)
        _edit(
            tx,
            posting,
            f"{daily.id}.{daily.state}.{len(rows)}",
            daily_closed.closed(here, post, tally),
        )
        if daily.state == "closed":
            tx.post(
                Post(
                    dedupe=f"daily.{daily.id}.split.{name}",
                    where="thread",
                    target=posting.place,
                    under=posting.message,
                    card=daily_closed.split(here, post, tally),
                )
            )


def _closed(tx: Tx, kit: Kit, challenge: Challenge, daily: Daily) -> Daily:
    """Close a daily, or count a closed one again; its posts say how it went.

    A question that was withdrawn meanwhile is withdrawn here too.
    """
    why = _taken_out(tx, daily) if daily.state == "open" else ""
    if why:
        return _withdrawn(tx, kit, challenge, daily, why)[0]
    rows = tx.answers((daily.id,))
    daily = replace(
        daily,
        state="closed",
        reveal=tx.origin.at if daily.state == "open" else daily.reveal,
        answered=len(rows),
        right=sum(row.right for row in rows),
    )
    tx.save_daily(daily)
    _unplan(tx, daily)
    item = question(tx, kit, daily)
    if item is not None:
        show_closed(tx, kit, challenge, daily, item, tx.postings(daily.id), rows)
    return daily


def _count(tx: Tx, kit: Kit, challenge: Challenge, daily: Daily, item: Item) -> None:
    answered = tx.answered(daily.id)
    stale = [one for one in tx.postings(daily.id) if one.message and one.shown != answered]
    if not stale:
        return
    ledger = tx.dailies(daily.day - timedelta(days=366), challenge.id)
    before = look_back(tx, kit, daily, ledger)
    post = opened(tx, kit, challenge, daily, item, before=before, answered=answered)
    for posting in stale:
        tx.save_posting(replace(posting, shown=answered))
        _edit(tx, posting, f"{daily.id}.shown.{answered}", views.posted(host(tx, challenge), post))


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


def _edit(tx: Tx, posting: Posting, what: str, card: Card) -> None:
    tx.post(
        Post(
            dedupe=f"daily.{what}.{hashed(posting.place)}",
            where="place",
            target=posting.place,
            card=card,
            edits=posting.message,
        )
    )


def _plan(tx: Tx, kind: DueKind, daily: Daily, at: datetime) -> None:
    tx.schedule(
        Due(
            id=f"{kind}.{daily.id}",
            kind=kind,
            at=at,
            within=tx.community.external,
            community=tx.community.id,
        )
    )


def _both(tx: Tx, name: str) -> tuple[Challenge, Daily] | None:
    """A daily and its challenge, held so that nobody else changes them: the challenge first."""
    known = tx.daily(name)
    challenge = tx.challenge(known.challenge, lock=True) if known else None
    daily = tx.daily(name, lock=True)
    return None if challenge is None or daily is None else (challenge, daily)


def withdraw_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form that asks an admin why a daily is withdrawn."""
    daily = tx.daily(token.part(0))
    item = question(tx, kit, daily) if daily else None
    if daily is None or item is None:
        raise Mistake(say(reader(tx), "This daily is gone."))
    return daily_answer.withdraw_form(reader(tx), daily, item)


def withdrawn(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """An admin withdraws a daily: its posts say why, who answered gets full points."""
    here = reader(tx)
    found = _both(tx, token.part(0))
    item = question(tx, kit, found[1]) if found else None
    if found is None or item is None:
        raise Mistake(say(here, "This daily is gone."))
    challenge, daily = found
    if daily.state == "withdrawn":
        raise Mistake(say(here, "It is withdrawn already."))
    reason = " ".join(press.typed("reason").split())[:REASON]
    if not reason:
        return Reply(errors={"reason": say(here, "Say why in a few words: everybody reads it.")})
    daily, people = _withdrawn(tx, kit, challenge, daily, reason)
    return reply(daily_answer.withdrawn(here, daily, people))


def _withdrawn(
    tx: Tx, kit: Kit, challenge: Challenge, daily: Daily, reason: str
) -> tuple[Daily, int]:
    """Withdraw a daily with its question; gives it as it then is, and how many answered."""
    people = withdraw(tx, kit, daily.ref, reason) if daily.ref else 0
    rows = tx.answers((daily.id,))
    right = sum(row.right for row in rows)
    daily = replace(
        daily,
        state="withdrawn",
        why=reason,
        reveal=tx.origin.at,
        answered=len(rows),
        right=right,
    )
    tx.save_daily(daily)
    _unplan(tx, daily)
    item = question(tx, kit, daily)
    if item is not None:
        show_closed(tx, kit, challenge, daily, item, tx.postings(daily.id), rows)
    return daily, people


def _taken_out(tx: Tx, daily: Daily) -> str:
    """Why its question was withdrawn from the community, '' if it was not: reports do not count."""
    ref = daily.ref
    found = (one for one in tx.hidden() if ref and (one.owner, one.item) == (ref.owner, ref.id))
    return next((one.why for one in found if one.why != REPORTED), "")


def _unplan(tx: Tx, daily: Daily) -> None:
    tx.unschedule(f"refresh.{daily.id}")
    tx.unschedule(f"reveal.{daily.id}")

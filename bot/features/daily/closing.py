"""Closing: the reveal, and the looks at a daily until then and soon after."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.features.daily.planning import plan_refresh, unplan
from bot.features.daily.showing import redrawn, show_closed, show_count
from bot.features.daily.table import held, question
from bot.features.daily.withdrawal import take_back, taken_out
from bot.features.feature import Kit
from bot.store.community import Challenge, Daily
from bot.store.protocol import Tx
from bot.store.rows import Due


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
    found = held(tx, due.id.partition(".")[2])
    if found is not None and found[1].state == "open":
        _closed(tx, kit, *found)
    return Reply()


def refresh(due: Due, tx: Tx, kit: Kit) -> Reply:
    """The due row that brings the number of answers on the posts up to date."""
    found = held(tx, due.id.partition(".")[2])
    item = question(tx, kit, found[1]) if found else None
    if found is None or item is None:
        return Reply()
    challenge, daily = found
    if daily.state == "open":
        show_count(tx, kit, challenge, daily, item, plan_refresh(tx, daily))
        return Reply()
    if daily.state == "closed" and tx.answered(daily.id) != daily.answered:
        _closed(tx, kit, challenge, daily)  # an answer given in time arrived late
    return Reply()


def _closed(tx: Tx, kit: Kit, challenge: Challenge, daily: Daily) -> Daily:
    """Close a daily, or count a closed one again; its posts say how it went.

    A question that was withdrawn meanwhile is withdrawn here too.
    """
    why = taken_out(tx, daily) if daily.state == "open" else ""
    if why:
        return take_back(tx, kit, challenge, daily, why)[0]
    rows = tx.answers((daily.id,))
    daily = replace(
        redrawn(daily),
        state="closed",
        reveal=tx.origin.at if daily.state == "open" else daily.reveal,
        answered=len(rows),
        right=sum(row.right for row in rows),
    )
    tx.save_daily(daily)
    unplan(tx, daily)
    item = question(tx, kit, daily)
    if item is not None:
        show_closed(tx, kit, challenge, daily, item, tx.postings(daily.id), rows)
    return daily

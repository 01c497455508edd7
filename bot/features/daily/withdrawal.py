"""Withdrawal of a daily's question: its posts say why, who answered gets full points."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features.daily.planning import unplan
from bot.features.daily.showing import redrawn, show_closed
from bot.features.daily.table import held, question
from bot.features.feature import Kit, Mistake
from bot.features.moderation.reporting import by_reports
from bot.features.moderation.withdrawing import withdraw
from bot.features.recording import reader
from bot.store.community import Challenge, Daily
from bot.store.protocol import Tx
from bot.views import daily_answer as views
from bot.views.desk import REASON


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form that asks an admin why a daily is withdrawn."""
    daily = tx.daily(token.part(0))
    item = question(tx, kit, daily) if daily else None
    if daily is None or item is None:
        raise Mistake(say(reader(tx), "This daily is gone."))
    return views.withdraw_form(reader(tx), daily, item)


def sent(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """An admin withdraws a daily: its posts say why, who answered gets full points."""
    here = reader(tx)
    found = held(tx, token.part(0))
    item = question(tx, kit, found[1]) if found else None
    if found is None or item is None:
        raise Mistake(say(here, "This daily is gone."))
    challenge, daily = found
    if daily.state == "withdrawn":
        raise Mistake(say(here, "It is withdrawn already."))
    reason = " ".join(press.typed("reason").split())[:REASON]
    if not reason:
        return Reply(errors={"reason": say(here, "Say why in a few words: everybody reads it.")})
    daily, people = take_back(tx, kit, challenge, daily, reason)
    return reply(views.withdrawn(here, daily, people))


def take_back(
    tx: Tx, kit: Kit, challenge: Challenge, daily: Daily, reason: str
) -> tuple[Daily, int]:
    """Withdraw a daily with its question; gives it as it then is, and how many answered."""
    people = withdraw(tx, kit, daily.ref, reason) if daily.ref else 0
    rows = tx.answers((daily.id,))
    right = sum(row.right for row in rows)
    daily = replace(
        redrawn(daily),
        state="withdrawn",
        why=reason,
        reveal=tx.origin.at,
        answered=len(rows),
        right=right,
    )
    tx.save_daily(daily)
    unplan(tx, daily)
    item = question(tx, kit, daily)
    if item is not None:
        show_closed(tx, kit, challenge, daily, item, tx.postings(daily.id), rows)
    return daily, people


def taken_out(tx: Tx, daily: Daily) -> str:
    """Why its question was withdrawn from the community, '' if it was not: reports do not count."""
    ref = daily.ref
    found = (one for one in tx.hidden() if ref and (one.owner, one.item) == (ref.owner, ref.id))
    return next((one.why for one in found if not by_reports(one)), "")

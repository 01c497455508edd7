"""Questions under review that are being asked: an admin answers before seeing the key."""

from __future__ import annotations

from datetime import timedelta

from bot import days
from bot.store.protocol import Tx
from bot.views.asking import Asking
from questions.model import Ref

LOOKED_BACK = timedelta(days=40)  # a daily is open for a few days at most


def asking(tx: Tx, ref: Ref) -> Asking:
    """Where this question is open and the person has not answered it: "daily", "game" or ''.

    What a running game has not shown yet is open as well. Any version of the question counts.
    """
    since = days.local(tx.origin.at, tx.community.zone) - LOOKED_BACK
    for daily in tx.dailies(since):
        same = daily.state == "open" and daily.ref and _same(daily.ref, ref)
        if same and tx.answer_of(daily.id) is None:
            return "daily"
    for game in tx.running_games():
        ahead = game.asked[game.at + game.closed :]
        if any(_same(one.ref, ref) for one in ahead):
            return "game"
    return ""


def _same(one: Ref, other: Ref) -> bool:
    return (one.owner, one.id) == (other.owner, other.id)

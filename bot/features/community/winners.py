"""A week's winners, announced on Monday where an admin wants it."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot import days, scoring
from bot.chat.cards import Reply
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.chat.tokens import Token
from bot.features.community import mondays
from bot.features.community.rules import card
from bot.features.feature import Kit
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Due
from bot.views import community as views
from bot.views import leaderboard

PODIUM = 3


def pressed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Announce the winners here, or nowhere."""
    off = token.part(0) == "no"
    settings = replace(tx.community.rules, winners="" if off else tx.origin.place)
    tx.save_community(replace(tx.community, rules=settings))
    if off:
        mondays.unschedule(tx, "winners")
    else:
        mondays.schedule(tx, "winners")
    note(tx, "no-winners" if off else "winners")
    return card(tx, kit, views.effect(reader(tx), "no-winners" if off else "winners"))


def announce(due: Due, tx: Tx, _kit: Kit) -> Reply:
    """The best of the week that ended; nothing where nobody had points."""
    place = tx.community.rules.winners
    if not place:
        return Reply()
    if tx.origin.at - due.at <= mondays.LATE:
        _post(due, tx, place)
    mondays.schedule(tx, "winners", max(due.at, tx.origin.at))
    return Reply()


def _post(due: Due, tx: Tx, place: str) -> None:
    sunday = days.local(due.at, tx.community.zone) - timedelta(days=1)
    week = days.week(sunday)
    board = tx.board(scoring.EVERYWHERE, week, 2 * PODIUM)
    best = tuple(one for one in board.top if one.rank <= PODIUM and one.points > 0)
    if not best:
        return
    here = Reader(zone=tx.community.zone, platform=tx.origin.platform)
    monday = sunday - timedelta(days=6)
    title = f"Best of the week {monday.day} {monday:%b} to {sunday.day} {sunday:%b}"
    card = leaderboard.winners(here, replace(board, top=best), title)
    tx.post(
        Post(
            dedupe=f"winners.{tx.community.id}.{week}",
            where="place",
            target=place,
            card=card,
            community=tx.community.external,
            until=due.at + mondays.LATE,
        )
    )

"""A week's winners, announced on Monday where an admin wants it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot import days, scoring
from bot.chat.cards import Reply
from bot.chat.events import Press
from bot.chat.posts import Outcome, Post
from bot.chat.say import Reader, paragraphs
from bot.chat.tokens import Token, make
from bot.features.community import mondays
from bot.features.community.rules import card, channel
from bot.features.feature import Kit
from bot.features.lacking import asked, missing
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Due
from bot.store.rules import Rules
from bot.views import challenge_said, leaderboard
from bot.views import community as views

PODIUM = 3


def pressed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Announce the winners here, with all that the bot lacks for it; or nowhere."""
    here, settings = reader(tx), tx.community.rules
    if token.part(0) == "no":
        tx.save_community(replace(tx.community, rules=_nowhere(tx)))
        note(tx, "no-winners")
        return card(tx, kit, views.effect(here, "no-winners"))
    place = channel(tx)
    if job := asked(press, (place,)):
        return job
    settings = replace(settings, winners=place, winners_by=tx.origin.person)
    tx.save_community(replace(tx.community, rules=settings))
    mondays.begin(tx, "winners")
    note(tx, "winners", place)
    lacks = challenge_said.lacks(here, missing(press))
    return card(tx, kit, paragraphs(views.effect(here, "winners"), lacks))


def _nowhere(tx: Tx) -> Rules:
    mondays.unschedule(tx, "winners")
    return replace(tx.community.rules, winners="", winners_by="")


def announce(due: Due, tx: Tx, _kit: Kit) -> Reply:
    """The best of the week that ended; nothing where nobody had points."""
    if tx.community.rules.winners and (sunday := mondays.over(due, tx)):
        _post(due, tx, sunday)
    return Reply()


def _post(due: Due, tx: Tx, sunday: date) -> None:
    week = days.week(sunday)
    board = tx.board(scoring.EVERYWHERE, week, 2 * PODIUM)
    best = tuple(one for one in board.top if one.rank <= PODIUM and one.named)
    if not best:
        return
    monday = sunday - timedelta(days=6)
    title = f"Best of the week {monday.day} {monday:%b} to {sunday.day} {sunday:%b}"
    card = leaderboard.winners(_everybody(tx), replace(board, top=best), title)
    tx.post(
        Post(
            dedupe=f"winners.{tx.community.id}.{week}",
            where="place",
            target=tx.community.rules.winners,
            card=card,
            back=make("community-announced"),
            community=tx.community.external,
            until=due.at + mondays.LATE,
        )
    )


def announced(outcome: Outcome, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """A place that takes nothing any more is given up; whoever chose it is told, once."""
    rules, place = tx.community.rules, outcome.post.target
    if outcome.message is not None or not outcome.gone or rules.winners != place:
        return Reply()
    tx.save_community(replace(tx.community, rules=_nowhere(tx)))
    note(tx, "winners-lost", place)
    if rules.winners_by:
        tx.post(
            Post(
                dedupe=f"{outcome.post.dedupe}.refused",
                where="direct",
                target=rules.winners_by,
                card=leaderboard.refused(_everybody(tx), place, outcome.why),
                community=tx.community.external,
            )
        )
    return Reply()


def _everybody(tx: Tx) -> Reader:
    return Reader(zone=tx.community.zone, platform=tx.origin.platform)

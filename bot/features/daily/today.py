"""`/daily`: what of today's is yet to be answered, how one's own stand, what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot import days
from bot.chat.cards import Reply, reply
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.daily.seat import Seat, may_answer, standing
from bot.features.daily.table import question
from bot.features.feature import Kit, Mistake
from bot.features.recording import reader
from bot.store.community import Challenge, Daily
from bot.store.protocol import Tx
from bot.store.rows import LogRow
from bot.views import daily_today as views

MISSED = timedelta(days=7)  # for which a closed daily is offered to those who missed it
SHOWN = 3  # missed ones that are listed


def command(_event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/daily`: the first of today's not answered yet; else how all of them stand."""
    return _today(tx, kit)


def pressed(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """Back to it."""
    return _today(tx, kit)


def _today(tx: Tx, kit: Kit) -> Reply:
    here = reader(tx)
    if tx.community.personal:
        raise Mistake(views.alone(here))
    seats = tuple(_seats(tx, kit))
    current = tuple(one for one in seats if one.daily.state == "open")
    waiting = [one for one in current if may_answer(one)]
    if waiting:
        first, *others = waiting
        more = tuple(one.post for one in others)
        return reply(views.waiting(here, standing(first), more))
    gone = tuple(one.post for one in missed(seats))[:SHOWN]
    answered = tuple(one.post for one in current)
    if not (answered or gone):
        return reply(views.nothing(here, running=bool(tx.challenges())))
    if len(answered) == 1 and not gone:
        return reply(standing(current[0]))
    return reply(views.overview(here, answered, gone))


def missed(seats: tuple[Seat, ...]) -> Iterator[Seat]:
    """The closed ones that this person did not answer, the newest first."""
    return (one for one in seats if one.daily.state == "closed" and one.answer is None)


def recent(tx: Tx, kit: Kit) -> tuple[Seat, ...]:
    """The dailies of this community's last days, the newest first, as this person has them."""
    return tuple(_seats(tx, kit))


def _seats(tx: Tx, kit: Kit) -> Iterator[Seat]:
    since = days.local(tx.origin.at, tx.community.zone) - MISSED
    dailies = [one for one in tx.dailies(since) if one.asked is not None]
    mine = _mine(tx, dailies)
    challenges = {one.id: one for one in tx.challenges()}
    for daily in dailies:
        item = question(tx, kit, daily)
        if item is not None:
            challenge: Challenge | None = challenges.get(daily.challenge)
            row = mine.get(daily.id)
            yield Seat(tx, kit, reader(tx), daily, item, row, challenge)


def _mine(tx: Tx, dailies: list[Daily]) -> dict[str, LogRow]:
    """The person's own answers to these, by daily."""
    rows = ((one.id, tx.answer_of(one.id)) for one in dailies)
    return {name: row for name, row in rows if row is not None}

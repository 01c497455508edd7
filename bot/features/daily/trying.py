"""Trying a daily after its reveal: the question in private, graded, for no points."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.daily.seat import (
    UNKNOWN,
    chose,
    empty,
    no_number,
    picked,
    same,
    see_tried,
    sit_down,
    standing,
    tried_as,
)
from bot.features.feature import Kit
from bot.features.overlay import upheld
from bot.features.recording import Worth, record
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.store.protocol import Tx
from bot.views import daily_answer as views


def try_it(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Try it, no points: the question of a closed daily in private.

    Its post shows the answer by then, so this never counts, whatever the clocks say.
    """
    seat = sit_down(token, tx, kit)
    if seat.daily.state != "closed":
        return reply(standing(seat))
    tried = tx.answer_of(tried_as(seat.daily))
    if tried is not None:
        return reply(see_tried(seat, tried))
    return reply(views.asked(seat.reader, seat.post, tried=True))


def tried(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """An answer after the reveal: graded and remembered, on no board."""
    seat = sit_down(token, tx, kit)
    before = tx.answer_of(tried_as(seat.daily))
    if seat.daily.state != "closed":
        return reply(standing(seat))
    if before is not None:
        return reply(see_tried(seat, before))
    if token.form:
        text = press.typed("answer").strip()
        if not text:
            return empty(seat)
        response = Response(text=text)
    elif token.part(1) == UNKNOWN.mark:
        response = Response()
    else:
        response = chose(seat, picked(seat, token.part(1)))
    unknowing = response == Response()
    outcome = UNKNOWN
    if not unknowing:
        graded = grade(seat.item, response, turn=1)
        outcome = upheld(tx, seat.item, response, graded)
    if outcome.reason == "not-a-number":
        return no_number(seat)
    asked = replace(seat.asked, issued=tx.origin.at)
    worth = Worth(points=0, scopes=())
    done = record(tx, tried_as(seat.daily), asked, seat.item, response, outcome, worth)
    counted = views.Counted(tried=True)
    return reply(views.decided(seat.reader, seat.post, done, counted, tx.origin.at))


def tried_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form of a typed question that is tried."""
    seat = sit_down(token, tx, kit)
    if seat.daily.state != "closed" or tx.answer_of(tried_as(seat.daily)) is not None:
        return views.answered_form(same(token))
    return views.form(seat.reader, seat.post, same(token))

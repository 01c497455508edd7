"""Answering a daily: a press chooses, locking in counts once, whichever channel it came from."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot import scoring
from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features import news
from bot.features.daily.planning import RECOUNT, plan_refresh
from bot.features.daily.seat import (
    UNKNOWN,
    Seat,
    chose,
    empty,
    is_typed,
    may_answer,
    nearly,
    no_number,
    picked,
    same,
    sit_down,
    standing,
)
from bot.features.entry import entry
from bot.features.feature import Kit, Mistake
from bot.features.moderation import reporting
from bot.features.moderation.withdrawing import repair_soon
from bot.features.overlay import upheld
from bot.features.recording import Worth, on_boards, record, today, young
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.protocol import Tx
from bot.store.rows import Answer, Asked, LogRow
from bot.views import daily_answer as views
from bot.views import shown


def pick(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A letter on the post: shown in private, counted once it is locked in."""
    seat = sit_down(token, tx, kit)
    if not may_answer(seat):
        return reply(standing(seat))
    return reply(views.chosen(seat.reader, seat.post, picked(seat, token.part(1))))


def lock(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Lock in what was chosen."""
    seat = sit_down(token, tx, kit, lock=True)
    if not may_answer(seat):
        return reply(standing(seat))
    if token.part(1) == UNKNOWN.mark:
        drafted = is_typed(seat) and tx.draft_of(seat.daily.id) is not None
        asked = replace(seat.asked, turn=int(drafted))
        return reply(_recorded(seat, asked, Response(), UNKNOWN))
    letters = picked(seat, token.part(1))
    response = chose(seat, letters)
    outcome = upheld(tx, seat.item, response, grade(seat.item, response))
    return reply(_recorded(seat, seat.asked, response, outcome))


def unknown(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Don't know: an answer and a day, once it is locked in like any other."""
    seat = sit_down(token, tx, kit)
    if not may_answer(seat):
        return reply(standing(seat))
    return reply(views.unknowing(seat.reader, seat.post))


def typed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What was typed into the form: sending it locks it in, but a close answer is asked again."""
    seat = sit_down(token, tx, kit, lock=True)
    if not may_answer(seat):
        return reply(standing(seat))
    text = press.typed("answer").strip()
    if not text:
        return empty(seat)
    turn = int(tx.draft_of(seat.daily.id) is not None)
    asked, response = replace(seat.asked, turn=turn), Response(text=text)
    outcome = upheld(tx, seat.item, response, grade(seat.item, response, turn=turn))
    if outcome.reason == "not-a-number":
        return no_number(seat)
    if outcome.mark == "close":
        tx.append(_draft(seat, response, outcome))
        return reply(nearly(seat, response, outcome))
    return reply(_recorded(seat, asked, response, outcome))


def final(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A close answer is meant as it stands."""
    seat = sit_down(token, tx, kit, lock=True)
    if not may_answer(seat):
        return reply(standing(seat))
    draft = tx.draft_of(seat.daily.id)
    if draft is None:
        return reply(views.asked(seat.reader, seat.post))
    response = msgspec.json.decode(draft.data, type=Answer).response
    asked = replace(seat.asked, turn=1)
    outcome = upheld(tx, seat.item, response, grade(seat.item, response, turn=1))
    return reply(_recorded(seat, asked, response, outcome))


def show(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The question in private, or how it stands."""
    return reply(standing(sit_down(token, tx, kit)))


def mine(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """My answer, from a post that shows the key: nothing that counts is asked any more."""
    return reply(standing(sit_down(token, tx, kit), closed=True))


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form of a typed daily, with the whole question in it."""
    seat = sit_down(token, tx, kit)
    if not may_answer(seat):
        return views.answered_form(same(token))
    return views.form(seat.reader, seat.post, same(token))


def why(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Everything there is to say, once this person may know it."""
    seat = sit_down(token, tx, kit)
    if seat.answer is None and seat.counts:
        raise Mistake(say(seat.reader, "Answer it first: then you see why at once."))
    return reply(views.explanation(seat.reader, seat.post, mine=seat.answer is not None))


def hide(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Hide me, from the first verdict here."""
    tx.save_member(replace(tx.member, hidden=True, told=True))
    seat = sit_down(token, tx, kit)
    how = shown.command(seat.reader, "settings")
    sentence = "You are not on the board. Your points are kept; {how} shows you again."
    return reply(standing(seat, say(seat.reader, sentence, how=how)))


def report(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What is wrong with the question; an open daily stays open."""
    return reporting.report(tx, sit_down(token, tx, kit).item.ref, press.typed("reason"))


def report_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form that asks what is wrong with it."""
    seat = sit_down(token, tx, kit)
    return reporting.report_form(seat.reader, seat.item, same(token))


def _recorded(seat: Seat, asked: Asked, response: Response, outcome: Verdict) -> Card:
    """Record an answer, once: the points of a daily, on the community's board and the channel's."""
    tx = seat.tx
    first = not (tx.member.told or tx.member.hidden) and on_boards(tx)
    points = scoring.daily(right=outcome.right)
    # the points of a try alone would tell on a day's board who was wrong
    day = seat.daily.day
    worth = Worth(points=points, scopes=_scopes(seat), by_day=outcome.right, daily=day)
    done = record(tx, seat.daily.id, asked, seat.item, response, outcome, worth)
    if first:
        tx.save_member(replace(tx.member, told=True))
    withdrawn = seat.daily.why if seat.daily.state == "withdrawn" else ""
    if seat.daily.state == "closed":  # it was given in time and arrived late
        plan_refresh(tx, seat.daily, RECOUNT)
    elif withdrawn:
        repair_soon(tx, seat.item.ref, withdrawn, {tx.person.id: tx.origin.person})
    wait = young(tx)
    counted = views.Counted(
        points=0 if wait else points,
        young=wait,
        first=first,
        withdrawn=withdrawn,
        note=news.told(tx),
        appeals=not first,
    )
    return views.decided(seat.reader, seat.post, done, counted, tx.origin.at)


def _scopes(seat: Seat) -> tuple[str, ...]:
    """The boards: everybody's, and that of the channel pressed in, else of the first one."""
    places = seat.challenge.places if seat.challenge else ()
    here = seat.tx.origin.place
    where = here if here in places else next(iter(places), "")
    return (scoring.EVERYWHERE, scoring.place(where)) if where else (scoring.EVERYWHERE,)


def _draft(seat: Seat, response: Response, outcome: Verdict) -> LogRow:
    """A close answer, kept until it is meant or said better; it counts nowhere."""
    tx = seat.tx
    answer = Answer(response=response, verdict=outcome, issued=seat.asked.issued or tx.origin.at)
    item = seat.item
    return entry(tx, "draft", seat.daily.id, today(tx), answer, ref=item.ref, area=item.area)

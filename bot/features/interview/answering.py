"""Answers in an interview: the form with how sure one is, Don't know, the one follow-up, Stop."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import paragraphs, say
from bot.chat.tokens import Token
from bot.features.feature import Kit
from bot.features.interview.seat import Seat, seated
from bot.features.interview.speaking import keep_follow
from bot.features.recording import record
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.protocol import Tx
from bot.store.rows import Sure
from bot.views import interview as views
from bot.views import streak

_SURE: dict[str, Sure] = {"sure": "sure", "think": "think", "guess": "guess"}


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form of a question: the answer, and how sure one is of it."""
    seat = seated(token, tx, kit)
    if not seat.current or seat.answered:
        return views.late_form(seat.asking)
    return views.form(seat.table.reader, seat.asking)


def said(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """An answer is graded and recorded; what was heard of it stands in the report."""
    seat = seated(token, tx, kit)
    if not seat.current or seat.answered:
        return reply(seat.now())
    text = press.typed("answer").strip()
    if not text:
        sentence = "Type an answer, or close this form."
        return Reply(errors={"answer": say(seat.table.reader, sentence)})
    response = Response(text=text)
    sure = _SURE.get(press.typed("sure"), "think")
    return reply(_recorded(seat, response, grade(seat.table.item, response), sure))


def unknown(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Don't know: an answer and a day; no follow-up is asked."""
    seat = seated(token, tx, kit)
    if not seat.current or seat.answered:
        return reply(seat.now())
    nothing = grade(seat.table.item, Response())  # all points, none of them seen
    return reply(_recorded(seat, Response(), replace(nothing, mark="unknown", reason=""), ""))


def _recorded(seat: Seat, response: Response, outcome: Verdict, sure: Sure) -> Card:
    table = seat.table
    one = replace(table.asked, sure=sure)
    instance = f"{table.quiz.id}.{table.position}"
    done = seat.changed(record(table.tx, instance, one, table.item, response, outcome))
    card = done.now() if response.text and seat.ladder else done.onward()
    told = streak.told(table.reader, done.asked.changes)
    return replace(card, text=paragraphs(told, card.text))


def follow_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form of the follow-up."""
    seat = seated(token, tx, kit)
    if not _followable(seat):
        return views.late_form(seat.asking)
    return views.follow_form(seat.table.reader, seat.asking, seat.ladder[0])


def followed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What is said to the follow-up has no rubric: it is kept, and shown with the report."""
    seat = seated(token, tx, kit)
    if not _followable(seat):
        return reply(seat.now())
    text = press.typed("answer").strip()
    if not text:
        sentence = "Type an answer, or close this form and pass."
        return Reply(errors={"answer": say(seat.table.reader, sentence)})
    return reply(Seat(keep_follow(seat.table, text)).onward())


def passed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The follow-up is left out."""
    seat = seated(token, tx, kit)
    if not _followable(seat):
        return reply(seat.now())
    return reply(seat.changed(replace(seat.asked, followed=("",))).onward())


def _followable(seat: Seat) -> bool:
    return seat.current and seat.answered and not seat.asked.followed


def stop(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Stop: the report over what was answered."""
    seat = seated(token, tx, kit)
    if not seat.goes_on:
        return reply(seat.report())
    return reply(seat.ended(seat.table.quiz, "stopped"))

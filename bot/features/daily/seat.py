"""A person at a daily: what they may do there, and what they see of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import scoring
from bot.chat.cards import Card, Reply
from bot.chat.say import Reader, paragraphs, say
from bot.chat.tokens import Token, make
from bot.features.appeal.standing import may, seen
from bot.features.daily.table import opened, question
from bot.features.feature import Kit, Mistake
from bot.features.moderation.withdrawing import told
from bot.features.recording import reader, young
from bot.grading.verdict import Response, Verdict
from bot.store.community import Challenge, Daily
from bot.store.protocol import Tx
from bot.store.rows import Answer, Asked, LogRow
from bot.views import daily_answer as views
from bot.views import shown
from bot.views.appeal import stands
from bot.views.daily import Posted
from questions.model import Item

UNKNOWN = Verdict(mark="unknown")
TRIED = "try"  # ends the instance of an answer given after the reveal


class Seat(Struct, frozen=True):
    """A person at a daily: its row, its question, and what they answered, if they did."""

    tx: Tx
    kit: Kit
    reader: Reader
    daily: Daily
    item: Item
    answer: LogRow | None
    challenge: Challenge | None

    @property
    def asked(self) -> Asked:
        """The question as everybody is asked it."""
        if self.daily.asked is None:
            raise ValueError(self.daily.id)
        return self.daily.asked

    @property
    def post(self) -> Posted:
        """What the views need."""
        return opened(self.tx, self.kit, self.challenge, self.daily, self.item)

    @property
    def counts(self) -> bool:
        """Whether an answer given now still counts.

        The platform's time of the press decides, not when it reached me: what was locked in before
        the reveal or a withdrawal counts however late it arrives. There is no grace after it: the
        answer stands in the channel from that moment on. Who has tried it there has seen it.
        """
        closes = self.daily.reveal
        if self.daily.state == "open" or closes is None:
            return self.daily.state == "open"
        return self.pressed < closes and self.tx.answer_of(tried_as(self.daily)) is None

    @property
    def pressed(self) -> datetime:
        """The time of the press on our clock, as are those of the daily."""
        origin, ahead = self.tx.origin, timedelta(seconds=self.daily.ahead)
        return origin.at if origin.ours else origin.at - ahead


def sit_down(token: Token, tx: Tx, kit: Kit, *, lock: bool = False) -> Seat:
    """Find the daily a token names; with `lock` nobody closes it before this press is over.

    Raises Mistake where it is gone.
    """
    here = reader(tx)
    daily = tx.daily(token.part(0), lock=lock)
    item = question(tx, kit, daily) if daily else None
    if daily is None or item is None:
        how = shown.command(here, "daily")
        raise Mistake(say(here, "This daily is gone. See today's with {how}.", how=how))
    return Seat(tx, kit, here, daily, item, tx.answer_of(daily.id), tx.challenge(daily.challenge))


def standing(seat: Seat, note: str = "", *, closed: bool = False) -> Card:
    """What a person sees of a daily: their verdict, the question, or that it is closed.

    With `closed` they pressed on a post that said so, whatever the clocks say.
    """
    if seat.answer is not None:
        return _verdict(seat, seat.answer, note)
    if closed or not seat.counts:
        tried = seat.tx.answer_of(tried_as(seat.daily))
        return see_tried(seat, tried) if tried else views.over(seat.reader, seat.post)
    draft = seat.tx.draft_of(seat.daily.id) if is_typed(seat) else None
    if draft is not None:
        held = msgspec.json.decode(draft.data, type=Answer)
        return nearly(seat, held.response, held.verdict)
    return views.asked(seat.reader, seat.post)


def tried_as(daily: Daily) -> str:
    """The instance of an answer for no points."""
    return f"{daily.id}.{TRIED}"


def _verdict(seat: Seat, row: LogRow, note: str = "") -> Card:
    """The verdict of an answer that stands in the log."""
    answer = msgspec.json.decode(row.data, type=Answer)
    memory = seat.tx.memory(seat.item.id, seat.item.owner)
    mend = seat.tx.correction_of(seat.daily.id)
    changed = seen(mend)
    if changed is not None:
        note = paragraphs(stands(seat.reader, changed.appeal, changed.note, alone=False), note)
    one = replace(
        seat.asked,
        verdict=(changed or answer).verdict,
        response=answer.response,
        comes_back=memory.due if memory else None,
        changes=answer.notes,
    )
    right = changed is not None and changed.verdict.right
    counted = views.Counted(
        points=scoring.daily(right=True) if right and answer.periods else row.points,
        young=young(seat.tx),
        note=note,
        withdrawn=_withdrawn(seat, mend),
        appeals=changed is None and may(seat.tx, one, seat.daily.id),
    )
    return views.decided(seat.reader, seat.post, one, counted, seat.tx.origin.at)


def _withdrawn(seat: Seat, mend: LogRow | None) -> str:
    """Why the question was withdrawn, '' if it was not; also where that was after the reveal."""
    if seat.daily.state == "withdrawn":
        return seat.daily.why
    closed = seat.daily.state == "closed"
    if closed and (seat.item.owner, seat.item.id) in seat.tx.withheld():
        return told(mend)
    return ""


def see_tried(seat: Seat, row: LogRow) -> Card:
    """What was answered for no points, again."""
    answer = msgspec.json.decode(row.data, type=Answer)
    one = replace(seat.asked, verdict=answer.verdict, response=answer.response)
    counted = views.Counted(tried=True)
    return views.decided(seat.reader, seat.post, one, counted, seat.tx.origin.at)


def nearly(seat: Seat, response: Response, outcome: Verdict) -> Card:
    """Nearly: it is asked once more."""
    one = replace(seat.asked, verdict=outcome, response=response)
    return views.close(seat.reader, seat.post, one)


def may_answer(seat: Seat) -> bool:
    """Whether this person has yet to answer, and it still counts."""
    return seat.answer is None and seat.counts


def picked(seat: Seat, said: str) -> str:
    """The letters of a press, as they are shown; one only where one is to be chosen.

    Raises Mistake for others.
    """
    known = "".join(one.letter for one in shown.things(seat.item, seat.asked))
    letters = "".join(sorted(set(said)))
    most = len(known) if seat.item.type == "multi" else 1
    if not letters or len(letters) > most or not set(letters) <= set(known):
        sentence = "There is no {letters} here. Choose one of those shown."
        raise Mistake(say(seat.reader, sentence, letters=said[:10] or "?"))
    return letters


def is_typed(seat: Seat) -> bool:
    """Whether the answer is typed."""
    return not shown.things(seat.item, seat.asked)


def empty(seat: Seat) -> Reply:
    """Nothing was typed: the form stays."""
    return Reply(errors={"answer": say(seat.reader, "Type an answer, or close this form.")})


def no_number(seat: Seat) -> Reply:
    """There is no number in it: the form stays."""
    sentence = "I found no number in that, so nothing is counted. Type a number."
    return Reply(errors={"answer": say(seat.reader, sentence)})


def chose(seat: Seat, letters: str) -> Response:
    """What these letters stand for, as authored."""
    things = shown.things(seat.item, seat.asked)
    return Response(picks=tuple(one.index for one in things if one.letter in letters))


def same(token: Token) -> str:
    """A form's token as it was written."""
    return make(token.verb, *token.parts, form=True)

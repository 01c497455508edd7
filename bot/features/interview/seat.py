"""The seat of an interview: its quiz at one of its questions, and what there is to see of it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.quiz import issuing
from bot.features.quiz.table import Table, sit_down
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Asked, Quiz, QuizState
from bot.views import interview as views
from bot.views import interview_report as reports
from bot.views.question import Asking
from questions.model import Open


class Seat(Struct, frozen=True):
    """An interview at one of its questions, as the person interviewed may see it."""

    table: Table

    @classmethod
    def at(cls, tx: Tx, kit: Kit, quiz: Quiz, position: int) -> Seat:
        """The seat at this question; raises Mistake where neither bank nor store has it."""
        bank = kit.bank(tx.community.id)
        item = issuing.find(tx, bank, quiz.asked[position])
        if item is None:
            raise Mistake(views.gone(reader(tx)))
        return cls(Table(tx, kit, bank, reader(tx), quiz, position, item))

    @property
    def asking(self) -> Asking:
        """What the views need."""
        return self.table.asking

    @property
    def asked(self) -> Asked:
        """The question's state."""
        return self.table.asked

    @property
    def goes_on(self) -> bool:
        """Whether the interview is not over."""
        return self.table.quiz.state == "waiting"

    @property
    def current(self) -> bool:
        """Whether this is the question that is asked now."""
        return self.goes_on and self.table.position == self.table.quiz.at

    @property
    def answered(self) -> bool:
        """Whether it has its answer; its follow-up may still be open."""
        return self.asked.verdict is not None

    @property
    def ladder(self) -> tuple[str, ...]:
        """The follow-ups of this question."""
        body = self.table.item.body
        return body.follow_ups if isinstance(body, Open) else ()

    def issued(self) -> Seat:
        """The same with its question shown now."""
        table = self.table
        quiz, _ = issuing.issue(table.tx, table.bank, table.quiz, table.position)
        table.tx.save_quiz(quiz)
        return Seat(replace(table, quiz=quiz))

    def changed(self, one: Asked) -> Seat:
        """The same with this question changed and saved."""
        return Seat(self.table.changed(one))

    def question(self, intro: str = "") -> Card:
        """The open question."""
        return views.question(self.table.reader, replace(self.asking, intro=intro))

    def now(self, *, back: bool = False) -> Card:
        """What there is to see: the question, its follow-up, or the report."""
        quiz = self.table.quiz
        if not self.goes_on:
            return self.report()
        if self.table.position != quiz.at:
            return Seat.at(self.table.tx, self.table.kit, quiz, quiz.at).now(back=back)
        intro = views.again(self.table.reader) if back else ""
        if not self.answered:
            return self.question(intro)
        return views.follow(self.table.reader, replace(self.asking, intro=intro), self.ladder[0])

    def onward(self) -> Card:
        """The question after this one, or the report after the last."""
        table = self.table
        quiz, tx, following = table.quiz, table.tx, table.position + 1
        kept = tuple(
            one
            for n, one in enumerate(quiz.asked)
            if n < following or issuing.find(tx, table.bank, one)
        )
        quiz = replace(quiz, asked=kept)  # less what the bank has lost meanwhile
        if following >= len(kept):
            return self.ended(quiz, "done")
        return Seat.at(tx, table.kit, quiz, following).issued().question()

    def ended(self, quiz: Quiz, state: QuizState) -> Card:
        """The report of an interview that is over now."""
        over = replace(quiz, touched=self.table.tx.origin.at, state=state)
        self.table.tx.save_quiz(over)
        return Seat(replace(self.table, quiz=over)).report()

    def report(self) -> Card:
        """The report, derived from the questions as they were answered."""
        table = self.table
        found = (issuing.find(table.tx, table.bank, one) for one in table.quiz.asked)
        items = tuple(found)
        return reports.card(table.reader, reports.Reported(table.quiz, items, table.bank.areas))


def seated(token: Token, tx: Tx, kit: Kit) -> Seat:
    """The seat a token names; raises Mistake where it is gone, somebody else's or no interview."""
    return Seat(sit_down(token, tx, kit, ("interview",)))


def held(tx: Tx, kit: Kit) -> Seat | None:
    """The person's interview that was left open, wherever it was begun."""
    newest = newest_of(tx)
    if newest is None or newest.state != "waiting":
        return None
    item = issuing.find(tx, kit.bank(tx.community.id), newest.asked[newest.at])
    return Seat.at(tx, kit, newest, newest.at) if item else None


def newest_of(tx: Tx) -> Quiz | None:
    """The newest interview of the person, over or not."""
    ids = tx.person.settings.interviews
    return tx.quiz(ids[0]) if ids else None

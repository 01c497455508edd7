"""The table a press sits down at: its quiz, question and reader, checked once for all actions."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.say import Reader, paragraphs, say
from bot.chat.tokens import Token, parse
from bot.features.appeal.standing import Appealed, seen
from bot.features.feature import Bank, Kit, Mistake
from bot.features.moderation.withdrawing import told
from bot.features.quiz.hinting import hint
from bot.features.quiz.issuing import find, with_asked
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Asked, Quiz, QuizKind
from bot.views import question, verdict
from bot.views.appeal import stands
from bot.views.question import Asking
from bot.views.reporting import withdrawn
from questions.model import Item

EVERYBODYS = ("pick", "unknown", "why")  # what can be done with a question shared in a place


class Table(Struct, frozen=True):
    """A quiz at one of its questions, as the person who pressed may see it."""

    tx: Tx
    kit: Kit
    bank: Bank
    reader: Reader
    quiz: Quiz
    position: int
    item: Item

    @property
    def asked(self) -> Asked:
        """The question's state."""
        return self.quiz.asked[self.position]

    @property
    def asking(self) -> Asking:
        """What the views need."""
        return Asking(self.quiz, self.position, self.item, self.bank.areas)

    def changed(self, one: Asked) -> Table:
        """The same with this question changed; a quiz of one's own is saved."""
        quiz = with_asked(self.quiz, self.position, one)
        quiz = replace(quiz, touched=self.tx.origin.at)
        if quiz.person:
            self.tx.save_quiz(quiz)
        return replace(self, quiz=quiz)

    def question(self, said: str = "", intro: str = "") -> Card:
        """The open question, with what the last press did; a hint stays until it is decided."""
        if not said and self.asked.hint and self.item.type != "case":
            said = hint(self.reader, self.item, self.asked)
        return question.card(self.reader, replace(self.asking, said=said, intro=intro))

    def verdict(self, intro: str = "") -> Card:
        """The verdict on a decided question; private where the question is everybody's."""
        card = verdict.card(self.reader, replace(self.asking, intro=intro), self.tx.origin.at)
        if self.quiz.person:
            return card
        verbs = ((button, parse(button.token)) for button in card.buttons)
        why = tuple(button for button, read in verbs if read and read.verb == "why")
        return replace(card, rows=(why,), to="private")

    def again(self, intro: str = "") -> Card:
        """The verdict shown once more: of a withdrawn question it says so, and why."""
        mend = self.tx.correction_of(f"{self.quiz.id}.{self.position}")
        reason = told(mend)
        if not reason:
            return self._appealed(seen(mend), intro)
        gone = replace(self.asked, comes_back=None)  # it comes back no more
        table = replace(self, quiz=with_asked(self.quiz, self.position, gone))
        return table.verdict(paragraphs(withdrawn(self.reader, reason), intro))

    def _appealed(self, answer: Appealed | None, intro: str) -> Card:
        """The verdict as it counts since it was appealed."""
        if answer is None:
            return self.verdict(intro)
        alone = self.tx.community.personal
        said = stands(self.reader, answer.appeal, answer.note, alone=alone)
        back = self.asked.comes_back if answer.appeal == "declined" else None
        one = replace(self.asked, verdict=answer.verdict, comes_back=back)
        table = replace(self, quiz=with_asked(self.quiz, self.position, one))
        return table.verdict(paragraphs(said, intro))

    def now(self) -> Card:
        """What there is to see of this question: itself, the one follow-up, or the verdict."""
        outcome = self.asked.verdict
        if outcome is None:
            return self.question()
        if outcome.mark == "close":
            return verdict.close(self.reader, self.asking)
        return self.again()


def decided(one: Asked) -> bool:
    """Whether a question has its verdict; a close answer waits for one more try."""
    return one.verdict is not None and one.verdict.mark != "close"


def sit_down(token: Token, tx: Tx, kit: Kit, kinds: tuple[QuizKind, ...] = ("quiz",)) -> Table:
    """Find the question a token names, in a quiz of these kinds.

    Raises Mistake where it is gone or somebody else's.
    """
    quiz_id, _, number = token.part(0).partition(".")
    quiz = tx.quiz(quiz_id)
    here = reader(tx)
    known = quiz is not None and quiz.kind in kinds
    if quiz is None or not known or not number.isdigit() or int(number) >= len(quiz.asked):
        raise Mistake(say(here, "This question is gone. Begin afresh with `/quiz`."))
    if quiz.person not in ("", tx.person.id):
        raise Mistake(say(here, "This is somebody else's quiz. Type `/quiz` for one of your own."))
    if not quiz.person and token.verb not in EVERYBODYS:
        raise Mistake(say(here, "This question is everybody's. Type `/quiz` for one of your own."))
    bank = kit.bank(tx.community.id)
    item = find(tx, bank, quiz.asked[int(number)])
    if item is None:
        raise Mistake(say(here, "This question is no longer kept. Begin afresh with `/quiz`."))
    return Table(tx, kit, bank, here, quiz, int(number), item)

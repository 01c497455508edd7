"""A quiz as it goes on: next, skip, hint, what stands under ⋯, stop and the end card."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.say import paragraphs, say
from bot.chat.tokens import Token
from bot.days import TWELVE_HOURS
from bot.features.appeal import standing
from bot.features.entry import entry
from bot.features.feature import Kit, Mistake
from bot.features.moderation import reporting
from bot.features.quiz import advancing, easing, hinting, issuing, jailed, setup
from bot.features.quiz.answering import at
from bot.features.quiz.table import Table, decided, sit_down
from bot.features.recording import reader, today
from bot.grading.verdict import Verdict
from bot.store.protocol import Tx
from bot.store.rows import LogRow, Memory, Quiz
from bot.views import ending as views
from bot.views import explained, question, verdict
from bot.views import reporting as reported
from questions.model import Sql

SHAREABLE = ("single", "output")


def following(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Next: where the quiz stands, the question after it, or the end card after the last."""
    table = sit_down(token, tx, kit)
    if table.quiz.state != "open":
        return reply(setup.end_card(table.quiz, tx, kit))
    return reply(advancing.following(table))


def stop(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Stop: the answers given count, the score so far is shown."""
    table = sit_down(token, tx, kit)
    if table.quiz.state != "open":
        return reply(setup.end_card(table.quiz, tx, kit))
    return reply(advancing.ended(table.quiz, tx, kit, "stopped"))


def pause(_event: Command, tx: Tx, _kit: Kit) -> Reply:
    """The score so far of an open quiz, which is kept; nothing is said where there is none."""
    quiz = tx.open_quiz()
    if quiz is None or not issuing.fresh(tx, quiz):
        return Reply()
    return reply(views.paused(reader(tx), quiz))


def skip(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Skip: no answer and no day; the next question comes at once."""
    return _passed(token, tx, kit, later=False)


def later(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Later, at a keyboard: it is due again tomorrow, and this is no skip."""
    return _passed(token, tx, kit, later=True)


def _passed(token: Token, tx: Tx, kit: Kit, *, later: bool) -> Reply:
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    if later:
        _put_off(table)
    table = table.changed(replace(table.asked, verdict=Verdict(mark="skipped")))
    note = "Put off: it waits for you among what is due." if later else "Skipped."
    return reply(advancing.onward(table, say(table.reader, note)))


def _put_off(table: Table) -> None:
    item, now = table.item, table.tx.origin.at
    known = table.tx.memory(item.id, item.owner) or Memory(
        item=item.id, owner=item.owner, area=item.area, topic=item.topic, shown=now
    )
    table.tx.remember(replace(known, due=known.due or now))


def hint(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """One hint; a right answer after it tells less."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    asks = isinstance(table.item.body, Sql) and not table.item.hints
    if asks and not table.asked.hinted:
        return jailed.look(table)
    text = hinting.hint(table.reader, table.item, table.asked)
    return reply(table.changed(replace(table.asked, hint=True)).question(said=text))


def options(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Show the options that were hidden until the person had an answer."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    return reply(table.changed(replace(table.asked, blind=False)).question())


def more(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What stands under ⋯."""
    table = sit_down(token, tx, kit)
    if table.asked.verdict is None:
        return reply(question.more(table.reader, table.asking))
    if not decided(table.asked):
        return reply(table.now())  # nothing of the key while one more try is open
    instance = f"{table.quiz.id}.{table.position}"
    return reply(
        verdict.more(
            table.reader,
            table.asking,
            tx.origin.at,
            shareable=_shareable(table),
            appeals=standing.may(tx, table.asked, instance),
            eases=easing.may(table),
        )
    )


def _shareable(table: Table) -> bool:
    # in a direct conversation there is nobody else to ask
    here = not table.tx.community.personal and not table.tx.origin.private
    return table.item.type in SHAREABLE and here


def back(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Back to the question or its verdict."""
    return reply(sit_down(token, tx, kit).now())


def why(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Why the other options are wrong, in full; only once the question is decided."""
    table = sit_down(token, tx, kit)
    if not table.quiz.person:
        held = at(token, tx, kit)
        if not isinstance(held, Reply):
            raise Mistake(say(table.reader, "Answer it first."))
        return reply(replace(explained.card(table.reader, table.asking), rows=(), to="private"))
    if not decided(table.asked):
        return reply(table.now())
    return reply(explained.card(table.reader, table.asking))


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form of a typed question, with the whole question in it."""
    table = sit_down(token, tx, kit)
    if decided(table.asked) or table.quiz.state != "open":
        return verdict.unanswered_form(question_token(table))
    return question.form(table.reader, table.asking)


def question_token(table: Table) -> str:
    """The token of this question's form."""
    return table.asking.token("type", form=True)


def report_form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form that asks what is wrong with this question."""
    table = sit_down(token, tx, kit)
    send = table.asking.token("report", form=True)
    return reporting.report_form(table.reader, table.item, send)


def report(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A report with its reason, kept once for each person and question.

    In a community its admins see it; what is reported in a direct conversation stays in the log.
    """
    table = sit_down(token, tx, kit)
    reason = press.typed("reason")
    if tx.community.personal and reason.strip():
        instance = f"report.{table.quiz.id}.{table.position}"
        if tx.answer_of(instance) is None:
            tx.append(_reported(table, instance, reason.strip()))
        said = reply(reported.kept_to_oneself(table.reader))
    else:
        said = reporting.report(tx, table.item.ref, reason)
    if said.errors:
        return said
    card = table.now()
    return reply(replace(card, text=paragraphs(said.cards[0].text, card.text)))


def _reported(table: Table, instance: str, reason: str) -> LogRow:
    tx, item, why = table.tx, table.item, {"reason": reason}
    return entry(tx, "report", instance, today(tx), why, ref=item.ref, area=item.area)


def share(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Ask the channel: the same question, open to everybody there, each answers once."""
    table = sit_down(token, tx, kit)
    if not _shareable(table):
        raise Mistake(
            say(reader(tx), "Only questions with letters can be asked, and only in a channel.")
        )
    now = tx.origin.at
    one = replace(issuing.asked(table.item, "shared", kit.rng(tx.origin.key)), issued=now)
    name = f"{table.quiz.id}-{table.position}"  # pressed twice it is the same one
    before = tx.quiz(name)
    if before is not None and before.started > now - TWELVE_HOURS:
        raise Mistake(say(table.reader, "This question stands in the channel already."))
    quiz = Quiz(
        id=name if before is None else kit.new_id(),
        person="",
        community=tx.community.id,
        place=tx.origin.place,
        words=tx.person.id,  # who asked it, and knows the answer
        asked=(one,),
        started=now,
        touched=now,
    )
    tx.keep(table.item)
    tx.save_quiz(quiz)
    shared = replace(table, quiz=quiz, position=0).question()
    return reply(replace(shared, to="place"))

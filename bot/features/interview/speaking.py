"""An open answer looked at point by point: what was heard, "I did say that", the next question."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features.entry import entry
from bot.features.feature import Kit, Mistake
from bot.features.quiz.table import Table, decided, sit_down
from bot.features.recording import today
from bot.store.protocol import Tx
from bot.store.rows import Kind
from bot.views import spoken as views
from questions.model import Open


def _table(token: Token, tx: Tx, kit: Kit) -> Table:
    """The decided open question a token names; raises Mistake for any other."""
    table = sit_down(token, tx, kit, ("quiz", "interview"))
    going = table.quiz.kind == "interview" and table.quiz.state == "waiting"
    if going or not decided(table.asked) or not isinstance(table.item.body, Open):
        raise Mistake(say(table.reader, "There is nothing to look at here yet."))
    return table


def spoken(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What was heard of an answer."""
    return reply(_card(_table(token, tx, kit)))


def claim(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """I did say that: kept once for each point, apart from the score."""
    table = _table(token, tx, kit)
    verdict = table.asked.verdict
    number = int(token.part(2)) if token.part(2).isdecimal() else -1
    if verdict is None or not 0 <= number < len(verdict.points):
        raise Mistake(say(table.reader, "There is no such point."))
    if number in table.asked.claimed or verdict.points[number].seen == "covered":
        return reply(_card(table))
    _log(table, "claim", number, {"point": verdict.points[number].point})
    claimed = tuple(sorted((*table.asked.claimed, number)))
    table = table.changed(replace(table.asked, claimed=claimed))
    return reply(_card(table, views.noted(table.reader)))


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form of the next question of the ladder."""
    table = _table(token, tx, kit)
    return views.follow_form(table.reader, table.asking, _rung(table, token))


def followed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What was said to a follow-up: kept for practice and shown beside the model answer."""
    table = _table(token, tx, kit)
    if token.part(2) != str(len(table.asked.followed)):
        return reply(_card(table))  # sent twice
    _rung(table, token)
    text = press.typed("answer").strip()
    if not text:
        return Reply(errors={"answer": say(table.reader, "Say something, or close this form.")})
    return reply(_card(keep_follow(table, text)))


def _rung(table: Table, token: Token) -> str:
    ladder = table.item.body.follow_ups if isinstance(table.item.body, Open) else ()
    number = int(token.part(2)) if token.part(2).isdecimal() else len(ladder)
    if number >= len(ladder):
        raise Mistake(say(table.reader, "There is no further question."))
    return ladder[number]


def keep_follow(table: Table, text: str) -> Table:
    """The table with what was said to the next follow-up; the log has it too."""
    number = len(table.asked.followed)
    _log(table, "follow", number, {"text": text})
    return table.changed(replace(table.asked, followed=(*table.asked.followed, text)))


def _card(table: Table, note: str = "") -> Card:
    return views.card(table.reader, table.asking, note)


def _log(table: Table, kind: Kind, step: int, data: dict[str, str]) -> None:
    tx, item, name = table.tx, table.item, f"{kind}.{table.quiz.id}.{table.position}"
    tx.append(entry(tx, kind, name, today(tx), data, step=step, ref=item.ref, area=item.area))

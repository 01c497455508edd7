"""Queries and patterns back from the jail: what came of a run is graded and recorded once."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.feature import Kit
from bot.features.quiz.answering import at, settle
from bot.features.quiz.jailed import ANSWER, CROWDED, RAN
from bot.features.quiz.table import Table
from bot.grading import regex, sql
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.store.protocol import Tx
from bot.views import ran as views


def ran(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What came of a run: the verdict, or why there is none yet and the form stays open."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    if crowd := press.typed(CROWDED):
        return Reply(errors={ANSWER: views.crowded(crowd)})
    response = Response(text=press.typed(ANSWER))
    outcome = grade(table.item, response, ran=_outcome(table, press.typed(RAN)))
    if outcome.reason == "refused":
        return Reply(errors={ANSWER: views.refused(table.item.type, outcome)})
    return settle(table, response, outcome)


def _outcome(table: Table, text: str) -> sql.Ran | regex.Tried:
    if table.item.type == "sql":
        return msgspec.json.decode(text, type=sql.Ran)
    return msgspec.json.decode(text, type=regex.Tried)


def peeked(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The hint of a query: columns and number of rows of what is asked for."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    if crowd := press.typed(CROWDED):
        return reply(table.question(said=views.crowded(crowd)))
    expected = msgspec.json.decode(press.typed(RAN), type=sql.Ran).expected[0].table
    said = views.shape(table.reader, expected.columns, len(expected.rows)) if expected else ""
    return reply(table.changed(replace(table.asked, hint=True, hinted=said)).question())

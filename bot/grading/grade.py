"""The way from a question and an answer to a verdict; what reads typed answers loads with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.grading import sequence
from bot.grading.choice import case, choice
from bot.grading.verdict import Response, Verdict
from questions.areas import OWN_WORK
from questions.model import Case, Choice, Item, Match, Number, Open, Order, Regex, Short, Sql

if TYPE_CHECKING:
    from bot.grading.regex import Tried
    from bot.grading.sql import Ran


def grade(
    item: Item, response: Response, *, turn: int = 0, ran: Ran | Tried | None = None
) -> Verdict:
    """Grade an answer; pure. `turn` is 1 in answer to a directed question: then nothing is `close`.

    Answers of sql and regex are run outside the transaction: `ran` is what came of it. Raises
    ValueError without.
    """
    match item.body:
        case Choice() as body:
            return choice(body, response)
        case Number() as body:
            from bot.grading.number import number  # noqa: PLC0415 - 15 ms of the first question's

            return number(body, response.text)
        case Short() as body:
            from bot.grading.short import short  # noqa: PLC0415 - 35 ms

            return _decided(short(item, body, response.text), turn)
        case Order() as body:
            return sequence.order(body, response)
        case Match() as body:
            return sequence.match(body, response)
        case Open() as body:
            from bot.grading.opened import opened  # noqa: PLC0415 - 10 ms

            return opened(body, response.text, own=body.story or item.area == OWN_WORK)
        case Case() as body:
            return case(body, response)
        case Sql() | Regex() as body:
            return _run(body, response.text, ran)


def _run(body: Sql | Regex, text: str, ran: Ran | Tried | None) -> Verdict:
    from bot.grading import regex, sql  # noqa: PLC0415 - as above

    match body, ran:
        case Sql(), sql.Ran():
            return replace(sql.sql(body, ran, text), straightened=sql.readable(body, text)[1])
        case Regex(), regex.Tried():
            return replace(regex.regex(body, ran, text), straightened=regex.readable(body, text)[1])
    raise ValueError(body.solution)


def _decided(verdict: Verdict, turn: int) -> Verdict:
    if verdict.mark == "close" and turn > 0:
        return Verdict(mark="wrong", reason=verdict.reason, matched=verdict.matched)
    return verdict

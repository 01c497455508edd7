"""The way from a question and an answer to a verdict; what reads typed answers loads with one."""

from __future__ import annotations

from bot.grading import sequence
from bot.grading.choice import case, choice
from bot.grading.verdict import Response, Verdict
from questions.areas import OWN_WORK
from questions.model import Case, Choice, Item, Match, Number, Open, Order, Regex, Short, Sql


def grade(item: Item, response: Response, *, turn: int = 0) -> Verdict:
    """Grade an answer; pure. `turn` is 1 in answer to a directed question: then nothing is `close`.

    Raises ValueError for sql and regex, which are run outside the transaction.
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

            return opened(body, response.text, own=item.area == OWN_WORK)
        case Case() as body:
            return case(body, response)
        case Sql() | Regex():
            raise ValueError(item.id)


def _decided(verdict: Verdict, turn: int) -> Verdict:
    if verdict.mark == "close" and turn > 0:
        return Verdict(mark="wrong", reason=verdict.reason, matched=verdict.matched)
    return verdict

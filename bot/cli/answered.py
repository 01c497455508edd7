"""An answer that is right and one that is wrong, for any question of the bank."""

from __future__ import annotations

from bot.grading.verdict import Response
from questions.model import (
    Case,
    Choice,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Regex,
    Short,
    Sql,
)

VAGUE = "It depends on the project."  # an open answer that says nothing


def right(item: Item) -> Response:
    """What the key says."""
    match item.body:
        case Choice(options=options):
            return Response(picks=_where(options, right=True))
        case Case(steps=steps):
            return Response(picks=tuple(_where(step.options, right=True)[0] for step in steps))
        case Order(steps=names):
            return Response(picks=tuple(range(len(names))))
        case Match(pairs=pairs):
            return Response(picks=tuple(range(len(pairs))))
        case Number(answer=text) | Open(model_answer=text) | Sql(solution=text):
            return Response(text=text)
        case Regex(solution=text):
            return Response(text=text)
        case Short(answers=answers):
            return Response(text=answers[0])


def wrong(item: Item) -> Response:
    """What the first misconception of the question leads to."""
    picks = right(item).picks
    match item.body:
        case Choice(options=options):
            return Response(picks=_where(options, right=False)[:1])
        case Case(steps=steps):
            return Response(picks=(*picks[:-1], _where(steps[-1].options, right=False)[0]))
        case Order(pitfalls=pitfalls):
            first, second = pitfalls[0].swap
            return Response(picks=_exchanged(picks, first - 1, second - 1))
        case Match():
            return Response(picks=_exchanged(picks, 0, 1))
        case Number(known_wrong=known):
            return Response(text=known[0].value)
        case Short(near_misses=misses):
            return Response(text=misses[0].answers[0])
        case Sql(must_fail=fails) | Regex(must_fail=fails):
            return Response(text=fails[0].query)
        case Open():
            return Response(text=VAGUE)


def _where(options: tuple[Option, ...], *, right: bool) -> tuple[int, ...]:
    return tuple(at for at, option in enumerate(options) if option.right is right)


def _exchanged(picks: tuple[int, ...], first: int, second: int) -> tuple[int, ...]:
    found = list(picks)
    found[first], found[second] = found[second], found[first]
    return tuple(found)

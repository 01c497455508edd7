"""The right answer and the one given, as the person saw them."""

from __future__ import annotations

from bot.chat.say import Reader, lines, say
from bot.chat.text import spoken
from bot.views import shown
from bot.views.question import Asking
from questions.model import Case, Choice, Match, Number, Open, Option, Order, Short


def answer(asking: Asking) -> str:
    """The right answer as the person saw it, in the subset."""
    item, asked = asking.item, asking.asked
    match item.body:
        case Choice(options=options):
            rights = [
                f"{thing.letter}) {thing.text}"
                for thing in shown.things(item, asked)
                if options[thing.index].right
            ]
            return _each(rights)
        case Number(answer=value, unit=unit):
            return f"{value} {unit}".strip()
        case Short(answers=answers):
            return str(say(Reader(), "{answer}", answer=answers[0]))
        case Order(steps=steps):
            return " > ".join(shown.letters(item, asked, tuple(range(len(steps)))).split(", "))
        case Match(pairs=pairs):
            rights = [shown.letters(item, asked, (i,)) for i in range(len(pairs))]
            return ", ".join(f"{i + 1}{right}" for i, right in enumerate(rights))
        case Case(steps=steps):
            return _each([f"{n}. {_right(step.options).text}" for n, step in enumerate(steps, 1)])
        case Open():
            return "see the model answer under Explain"
        case body:
            return body.solution


def in_words(asking: Asking, room: int) -> str:
    """The right order or pairs in words, where there is room: the letters may be gone."""
    match asking.item.body:
        case Order(steps=steps):
            said = [lines(*(f"{n}. {step}" for n, step in enumerate(steps, 1)))]
        case Match(pairs=pairs):
            joined = (f"{n}. {pair.left}  ->  {pair.right}" for n, pair in enumerate(pairs, 1))
            rights = (f"{n}  ->  {pair.right}" for n, pair in enumerate(pairs, 1))
            said = [lines(*joined), lines(*rights)]
        case _:
            return ""
    return next((one for one in said if len(spoken(one)) + 2 <= room), "")


def given(asking: Asking) -> str:
    """What the person answered."""
    item, asked = asking.item, asking.asked
    response = asked.response
    if response is None:
        return ""
    if response.text:
        return str(say(Reader(), "{text}", text=" ".join(response.text.split())[:80]))
    match item.body:
        case Choice():
            return shown.letters(item, asked, response.picks) or "nothing chosen"
        case Order():
            return " > ".join(shown.letters(item, asked, response.picks).split(", "))
        case Match():
            by_left = [shown.letters(item, asked, (pick,)) for pick in response.picks]
            return ", ".join(f"{i + 1}{right}" for i, right in enumerate(by_left))
        case _:
            return ""


def _each(rights: list[str]) -> str:
    """One thing in the line, several below one another."""
    return rights[0] if len(rights) == 1 else "\n" + "\n".join(rights)


def _right(options: tuple[Option, ...]) -> Option:
    return next(option for option in options if option.right)

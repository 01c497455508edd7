"""One hint a question, derived from what the question is, never a step of the answer itself."""

from __future__ import annotations

from bot.chat.say import Reader, md, say
from bot.chat.text import flow
from bot.store.rows import Asked
from bot.views import shown
from questions.model import Case, Choice, Item, Match, Number, Open, Order, Regex, Short, Sql


def hint(reader: Reader, item: Item, asked: Asked) -> str:
    """The author's hint if there is one, else one of the question's kind.

    A wrong option removed; first letter and length; the unit and a value that is wrong; the first
    step; one right pair; one missing point; columns and rows of a query; a slip to beware of.
    """
    if item.hints:
        return say(reader, "Hint: {text}", text=md(flow(item.hints[0])))
    match item.body:
        case Choice(options=options):
            wrong = _first_wrong(item, asked, tuple(option.right for option in options))
            return say(reader, "Hint: it is not {letter}.", letter=wrong)
        case Case(steps=steps):
            rights = tuple(option.right for option in steps[asked.step].options)
            return say(
                reader, "Hint: it is not {letter}.", letter=_first_wrong(item, asked, rights)
            )
        case Short(answers=answers):
            first = answers[0]
            return say(
                reader,
                "Hint: it begins with {letter} and has {n} characters.",
                letter=first[0],
                n=len(first),
            )
        case Number(known_wrong=wrong):
            return say(reader, "Hint: many say {value}, and that is not it.", value=wrong[0].value)
        case Order() | Match() as body:
            return _placed(reader, item, body, asked)
        case Open(rubric=rubric):
            return say(
                reader, "Hint: a good answer also {point}", point=md(_lowered(rubric[-1].point))
            )
        case Sql() | Regex() as body:
            return _run(reader, body, asked)


def _placed(reader: Reader, item: Item, body: Order | Match, asked: Asked) -> str:
    if isinstance(body, Order):
        letter = shown.letters(item, asked, (0,))
        return say(reader, "Hint: {letter} comes first.", letter=letter)
    last = len(body.pairs)
    letter = shown.letters(item, asked, (last - 1,))
    return say(reader, "Hint: {n} belongs to {letter}.", n=last, letter=letter)


def _run(reader: Reader, body: Sql | Regex, asked: Asked) -> str:
    if isinstance(body, Sql):
        return asked.hinted
    why = " ".join(body.must_fail[0].why.split())
    return say(reader, "Hint: mind this slip. {why}", why=md(why))


def _first_wrong(item: Item, asked: Asked, right: tuple[bool, ...]) -> str:
    # the last wrong one as shown: which it is depends on the order alone, not on the key's place
    wrong = [t.letter for t in shown.things(item, asked) if not right[t.index]]
    return wrong[(len(item.id) + asked.step) % len(wrong)]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]

"""Everything there is to say of a decided question: each option's why, all sources."""

from __future__ import annotations

from bot.chat.cards import Button, Card
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.text import flow
from bot.store.rows import Asked
from bot.views import checked, ran, shown
from bot.views import spoken as looked
from bot.views.question import Asking, prompt, title
from questions.model import (
    Case,
    Choice,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pitfall,
    Regex,
    Short,
    Sql,
    Step,
)

ACCEPTED = 4  # ways to write an answer that are listed


def card(reader: Reader, asking: Asking) -> Card:
    """Everything there is to say of a decided question: each option's why, all sources."""
    return Card(
        view="explained",
        title=title(asking),
        text=whole(reader, asking.item, asking.asked),
        links=checked.links(asking.item),
        rows=(
            (
                Button(shown.onward(asking.quiz, asking.position), asking.token("next"), "primary"),
                Button("Back", asking.token("back")),
            ),
        ),
    )


def whole(reader: Reader, item: Item, asked: Asked) -> str:
    """A question with its key and all its reasons, in the order in which it was asked."""
    return paragraphs(prompt(item), reasons(reader, item, asked))


def reasons(reader: Reader, item: Item, asked: Asked) -> str:
    """The key and all its reasons alone."""
    return paragraphs(_each(reader, item, asked), flow(item.explain))


def _each(reader: Reader, item: Item, asked: Asked) -> str:
    match item.body:
        case Choice(options=options):
            things = shown.things(item, asked)
            return lines(*(_option_line(reader, options[t.index], t) for t in things))
        case Case(steps=steps):
            return paragraphs(*(_step(step, n) for n, step in enumerate(steps, 1)))
        case Order(steps=steps, pitfalls=pitfalls):
            right = (f"{n}. {step}" for n, step in enumerate(steps, 1))
            return paragraphs(
                lines(*right), lines(*(_pitfall(reader, pitfall) for pitfall in pitfalls))
            )
        case Match(pairs=pairs):
            return lines(*(f"{pair.left}  ->  {pair.right}" for pair in pairs))
        case Number(known_wrong=wrong):
            return lines(*(f"✗ {one.value}: {one.why}" for one in wrong))
        case Short() as body:
            return _short(reader, body)
        case Open() as body:
            return _opened(reader, body, asked)
        case Sql() | Regex():
            return ran.explained(reader, item, asked.response.text if asked.response else "")


def _pitfall(reader: Reader, pitfall: Pitfall) -> str:
    first, second = sorted(pitfall.swap)
    why = md(" ".join(pitfall.why.split()))
    return say(reader, "**{a} before {b}:** {why}", a=first, b=second, why=why)


def _step(step: Step, number: int) -> str:
    options = (f"{'✓' if one.right else '✗'} {one.text} {one.why}" for one in step.options)
    return lines(f"**{number}. {flow(step.ask)}**", *options)


def _short(reader: Reader, body: Short) -> str:
    told = tuple({answer.casefold(): answer for answer in reversed(body.answers)}.values())[::-1]
    more = ", ..." if len(told) > ACCEPTED else ""
    accepted = say(reader, "Accepted: {some}{more}", some=", ".join(told[:ACCEPTED]), more=more)
    misses = (
        say(reader, "✗ {answer}: {why}", answer=miss.answers[0], why=md(miss.why))
        for miss in body.near_misses
    )
    return lines(accepted, *misses)


def _opened(reader: Reader, body: Open, asked: Asked) -> str:
    flags = (f"- {flag}" for flag in body.red_flags)
    follow = (f"- {one}" for one in body.follow_ups)
    points = looked.points(reader, body, asked)
    return paragraphs(
        lines(say(reader, "**What I look for**"), *points),
        say(reader, "**A model answer**"),
        flow(body.model_answer),
        lines(say(reader, "**Red flags**"), *flags),
        lines(say(reader, "**Next, an interviewer would ask**"), *follow),
    )


def _option_line(reader: Reader, option: Option, thing: shown.Shown) -> str:
    mark = "✓" if option.right else "✗"
    head = say(reader, "**{mark} {letter})** ", mark=mark, letter=thing.letter)
    why = f" — {' '.join(option.why.split())}" if option.why else ""
    return f"{head}{thing.text}{why}"

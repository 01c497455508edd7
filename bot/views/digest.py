"""Monday's digest for admins: participation, and what most people get wrong; never one person's."""

from __future__ import annotations

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.say import Reader, count, lines, paragraphs, say
from bot.chat.tokens import make
from bot.views import shown, suspected

FEWEST = 5  # people behind any number


class Held(Struct, frozen=True):
    """A misconception and its name, how many hold it, and whether a daily could ask for it."""

    slug: str
    name: str
    people: int
    askable: bool


class Week(Struct, frozen=True, kw_only=True):
    """Totals of a week; `people` below `FEWEST` shows nothing else."""

    title: str
    people: int
    answers: int
    right: int
    before: int  # people of the week before
    held: tuple[Held, ...] = ()
    suspects: int = 0  # questions whose answers contradict their keys
    appeals: int = 0  # answers about which somebody has to decide


def card(reader: Reader, week: Week, *, buttons: bool = True) -> Card:
    """The digest; buttons only where a press still knows the community."""
    tokens = tuple(
        Button(f"Make {number} a daily", make("community-make", one.slug))
        for number, one in enumerate(week.held, 1)
        if one.askable
    )
    return Card(
        view="digest",
        title=week.title,
        text=paragraphs(
            _took_part(reader, week),
            _held(reader, week),
            _appeals(reader, week),
            suspected.waiting(reader, week.suspects),
        ),
        rows=(tokens,) if tokens and buttons else (),
        note=say(reader, "Totals of five or more people only; nobody's own answers are shown.")
        if buttons or not tokens
        else say(
            reader,
            "To make one of these a daily, type {command} in a channel, then Last week.",
            command=shown.command(reader, "community"),
        ),
    )


def _took_part(reader: Reader, week: Week) -> str:
    if week.people < FEWEST:
        return say(reader, "Fewer than five people took part, so there is nothing to show.")
    return lines(
        say(
            reader,
            "{people} took part ({before} the week before).",
            people=count(week.people, "person", "people"),
            before=week.before if week.before >= FEWEST else say(reader, "fewer than five"),
        ),
        say(
            reader,
            "{answers}, {share} right.",
            answers=count(week.answers, "answer", "answers"),
            share=shown.percent(week.right, week.answers),
        ),
    )


def _held(reader: Reader, week: Week) -> str:
    if week.people < FEWEST:
        return ""
    if not week.held:
        return say(reader, "No belief that is wrong is shared by five people or more.")
    rows = (
        say(
            reader,
            "{number}. {belief}: {people}",
            number=number,
            belief=one.name.removesuffix("."),
            people=count(one.people, "person", "people"),
        )
        for number, one in enumerate(week.held, 1)
    )
    return lines(say(reader, "**What most people get wrong, as each of them is told**"), *rows)


def _appeals(reader: Reader, week: Week) -> str:
    if not week.appeals:
        return ""
    return say(
        reader,
        '{appeals} ("I was right"). Decide with `{command}`.',
        appeals=count(week.appeals, "answer is appealed", "answers are appealed"),
        command=shown.command(reader, "moderate"),
    )


def queued(reader: Reader, belief: str, day: str) -> Card:
    """A question on it comes next; `belief` is its name, a sentence."""
    return Card(
        view="digest-queued",
        text=say(
            reader,
            "A question on this comes with the next daily ({day}): {belief}",
            day=day,
            belief=belief,
        ),
        to="private",
    )


def cannot(reader: Reader, why: str) -> str:
    """It cannot be made a daily."""
    sentences = {
        "no-challenge": "There is no daily here yet. Type {command} in the channel it belongs to.",
        "no-question": "I have no question on that which fits a daily.",
    }
    return say(reader, sentences[why], command=shown.command(reader, "challenge"))

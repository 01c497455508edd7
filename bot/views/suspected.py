"""Questions whose answers contradict their keys: each with the reason in words, never the key."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.say import Reader, count, lines, paragraphs, say
from bot.chat.tokens import make
from bot.learning.suspicion import Suspicion
from bot.views import shown


class Listed(Struct, frozen=True):
    """A suspected question: the name in its tokens, how it begins, its id, its answers, why."""

    name: str
    label: str
    id: str
    answers: int
    why: Suspicion


def card(reader: Reader, listed: Sequence[Listed], page: int, pages: int, said: str) -> Card:
    """A page of them."""
    rows = tuple(_row(reader, number, one) for number, one in enumerate(listed, 1))
    withdraw = tuple(
        Button(f"Withdraw {n}...", make("moderation-suspect", one.name, form=True), "danger")
        for n, one in enumerate(listed, 1)
    )
    keep = tuple(
        Button(f"Keep {n}", make("moderation-trust", one.name)) for n, one in enumerate(listed, 1)
    )
    more = (Button("More", make("moderation-suspects", page + 1)),) if page + 1 < pages else ()
    head = "People's answers contradict the keys of these questions. A key may be wrong, or two "
    head += "options right; it may also just be a hard question."
    none = say(reader, "No key is suspected.")
    return Card(
        view="moderation-suspects",
        title=say(reader, "Suspected questions"),
        text=paragraphs(said, say(reader, head) if rows else none, *rows),
        rows=tuple(
            row for row in (withdraw, keep, (*more, Button("Back", make("moderation-open")))) if row
        ),
    )


def _row(reader: Reader, number: int, one: Listed) -> str:
    return lines(
        f"{number}. {say(reader, '{label}', label=one.label)}",
        say(
            reader,
            "   {id}, {answers}: {why}",
            id=one.id,
            answers=count(one.answers, "answer", "answers"),
            why=reason(reader, one.why),
        ),
    )


def reason(reader: Reader, why: Suspicion) -> str:
    """In words, without the option that seems to be right."""
    if why.why == "missed":
        return say(reader, "those who are usually right miss it as well.")
    if why.strong > why.weak:
        return say(reader, "those who are usually right choose another option.")
    return say(reader, "another option is chosen as the right one would be.")


def trusted(reader: Reader) -> str:
    """The effect of Keep."""
    return say(reader, "It stays, and is not suspected here any more, unless it is changed.")


def waiting(reader: Reader, suspects: int) -> str:
    """A line of Monday's digest."""
    if not suspects:
        return ""
    return say(
        reader,
        "{keys}: look at them with `{command}`.",
        keys=count(suspects, "question may have a wrong key", "questions may have a wrong key"),
        command=shown.command(reader, "moderate"),
    )

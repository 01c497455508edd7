"""The few sentences that only Discord's adapter has to say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.begin import start
from bot.chat.cards import Button, Card, Form
from bot.chat.events import Value
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.text import clean, plain
from bot.chat.tokens import FORM

READER = Reader(platform="discord")


def greeting() -> Card:
    """Answer somebody who writes to the bot."""
    text = say(READER, "I do not read messages. Press the button, or type `/quiz`.")
    button = Button("Start a quiz", start(""), "primary")
    return Card(view="greeting", text=text, rows=((button,),), to="place")


def done() -> Card:
    """Answer a command that has nothing else to say."""
    return Card(view="done", text=say(READER, "Done."), to="private")


def shown() -> Card:
    """Stand in for a private answer that went to everybody instead."""
    return Card(view="shown", text=say(READER, "Here it is, for everybody."), to="private")


def unsent(
    token: str, form: Form | None, errors: Mapping[str, str], values: Mapping[str, Value]
) -> Card:
    """Say what is wrong with a sent form, what was typed, and offer it again."""
    labels = {field.id: field.label for field in form.fields} if form else {}
    wrong = [
        say(READER, "**{label}:** {error}", label=labels.get(field, field), error=md(error))
        for field, error in errors.items()
    ]
    typed = [clean(value).strip() for value in values.values() if isinstance(value, str)]
    kept = [plain(value) for value in typed if value]
    again = Button("Open the form again", FORM + token.removeprefix(FORM), "primary")
    return Card(
        view="unsent",
        text=paragraphs(
            say(READER, "Not sent yet, and nothing was counted."),
            lines(*wrong),
            *([say(READER, "**What you wrote:**"), *kept] if kept else []),
        ),
        rows=((again,),),
        tone="near",
        to="private",
    )

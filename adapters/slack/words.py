"""The few sentences that only Slack's adapter has to say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.cards import Button, Card, Form, Link
from bot.chat.commands import Table
from bot.chat.say import Reader, lines, say

READER = Reader(platform="slack")
COMMAND = "/"  # a button's value that begins with it calls a command; no token does
START = "quiz"
HOME = "progress"  # what a Home that is opened shows
AT_HOME = ("quiz", "progress", "leaderboard", "settings", "help")


def _start() -> tuple[tuple[Button, ...], ...]:
    return ((Button("Start a quiz", COMMAND + START, "primary"),),)


def greeting() -> Card:
    """Answer somebody who writes to the bot."""
    text = say(READER, "I do not read messages. Press the button, or type `/{name}`.", name=START)
    return Card(view="greeting", text=text, rows=_start(), to="private")


def mentioned() -> Card:
    """Answer somebody who mentions the bot, in a thread for instance."""
    text = say(READER, "A quiz is between you and me: I ask in our direct messages.")
    return Card(view="mentioned", text=text, rows=_start(), to="private")


def pointer(url: str) -> Card:
    """Say in a channel that the answer stands in the direct messages."""
    text = say(READER, "Your quiz is in our direct messages; only you see it.")
    return Card(view="pointer", text=text, links=(Link("Open it", url),), to="private")


def closed() -> Card:
    """What stays in a channel of a public card that could not be posted there."""
    text = say(
        READER, "I may not write in this channel. Invite me with `/invite`, then press again."
    )
    return Card(view="closed", text=text, tone="near", to="private")


def working() -> Card:
    """Stand in a modal until the answer is there."""
    return Card(view="working", text=say(READER, "Working…"))


def done() -> Card:
    """Answer an event that has nothing else to say."""
    return Card(view="done", text=say(READER, "Done."), to="private")


def shown() -> Card:
    """Stand in for a private answer that went to everybody instead."""
    return Card(view="shown", text=say(READER, "Here it is, for everybody."), to="private")


def goes_on() -> str:
    """Under a verdict in a modal: where its buttons are."""
    return say(READER, "Close this window: it goes on in the message behind it.")


def unsent(form: Form | None, errors: Mapping[str, str]) -> Card:
    """Say what is wrong with a form whose window has been answered already."""
    labels = {field.id: field.label for field in form.fields} if form else {}
    wrong = [
        say(READER, "**{label}:** {error}", label=labels.get(field, field), error=error)
        for field, error in errors.items()
    ]
    text = lines(say(READER, "Not sent, and nothing was counted. Open it again:"), *wrong)
    return Card(view="unsent", text=text, tone="near", to="private")


def at_home(table: Table) -> tuple[Button, ...]:
    """The buttons that the Home always has."""
    known = [name for name in AT_HOME if table.find(name)]
    return tuple(
        Button(
            "Start a quiz" if name == START else name.capitalize(),
            COMMAND + name,
            "primary" if name == START else "plain",
        )
        for name in known
    )

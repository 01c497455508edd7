"""The few sentences that only Slack's adapter has to say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.cards import Button, Card, Form, Link
from bot.chat.commands import Table
from bot.chat.say import Reader, lines, say

READER = Reader(platform="slack")
COMMAND = "/"  # a button's value that begins with it calls a command; no token does
START = "quiz"
FILES = "files:write"  # the permission to upload
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


def pointer(url: str, *, quiz: bool = True) -> Card:
    """Say in a channel that the answer stands in the direct messages."""
    text = say(READER, "Your quiz is in our direct messages; only you see it.")
    if not quiz:
        text = say(READER, "It is in our direct messages; only you see it.")
    return Card(view="pointer", text=text, links=(Link("Open it", url),), to="private")


def no_file(*, scope: bool) -> Card:
    """What stays of a file that Slack did not take; `scope` where the app may not upload."""
    text = say(
        READER,
        "I may not send files here: the app lacks the permission {name}. An admin can add it at "
        "api.slack.com/apps under OAuth & Permissions and install the app again.",
        name=FILES,
    )
    if not scope:
        text = say(READER, "Slack did not take the file. Please ask for it again.")
    return Card(view="no-file", text=text, tone="near", to="private")


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


def elsewhere(name: str) -> Card:
    """Answer the name of a channel, behind which a slash command gives no id."""
    text = say(READER, "I cannot tell which channel {name} is. Type this in the channel itself.",
               name=name)  # fmt: skip
    return Card(view="elsewhere", text=text, tone="near", to="private")


def outside() -> str:
    """What a daily lacks: we are not in the channel."""
    return say(READER, "I am not in the channel. Type /invite @Sparring in it.")


def invisible() -> str:
    """What a daily lacks: to us there is no such channel."""
    return say(
        READER,
        "I cannot see the channel. If it is private, type /invite @Sparring in it; if it is gone, "
        "choose another.",
    )


def archived() -> str:
    """What a daily lacks: a channel that is open."""
    return say(READER, "The channel is archived. Unarchive it, or choose another.")


def restricted() -> str:
    """What a daily lacks: the right to post."""
    return say(
        READER,
        "Only some people may post in the channel. Add me to its posting permissions, or choose "
        "another.",
    )


def no_channel() -> str:
    """What a daily lacks: a channel."""
    return say(READER, "This is a direct conversation. Type it in the channel where I shall post.")


def scope(name: str) -> str:
    """What a daily lacks: a permission of the app."""
    return say(
        READER,
        "I lack the permission {name}. Add it at api.slack.com/apps under OAuth & Permissions and "
        "install the app again.",
        name=name,
    )


def unlooked() -> str:
    """What a daily lacks: Slack's word on it."""
    return say(READER, "Slack did not let me look at the channel. Try again in a minute.")


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

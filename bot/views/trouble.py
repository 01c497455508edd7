"""What is said when something cannot be done: private, friendly, with what to do."""

from __future__ import annotations

from bot.chat.cards import Card, Field, Form
from bot.chat.commands import Table
from bot.chat.events import Platform
from bot.chat.say import Reader, md, say
from bot.views.shown import command


def mistake(text: str) -> Card:
    """A person's mistake, in a sentence that says what to do."""
    return Card(view="mistake", text=text, tone="near", to="private")


def busy() -> Card:
    """The store could not begin in time."""
    text = say(Reader(), "I am busy right now and nothing was counted. Please press again.")
    return Card(view="busy", text=text, tone="near", to="private")


def unsure() -> Card:
    """The connection died while it was saved; the same press again is counted once."""
    text = say(
        Reader(),
        "I lost my database while saving that. Please press again: it is counted once, whatever "
        "happened.",
    )
    return Card(view="unsure", text=text, tone="near", to="private")


def down() -> Card:
    """The database takes nothing now."""
    text = say(
        Reader(),
        "I cannot save anything right now, and nothing was counted. Please try again in a few "
        "minutes; whoever runs this bot sees the reason in its log.",
    )
    return Card(view="down", text=text, tone="bad", to="private")


def bug(number: str) -> Card:
    """A fault of ours, with the number under which it stands in the log."""
    text = say(
        Reader(),
        "Something broke on my side, and nothing was counted. Please try once more. "
        "If it happens again, tell whoever runs this bot the number `{number}`.",
        number=number,
    )
    return Card(view="bug", text=text, tone="bad", to="private")


def unknown_command(name: str, table: Table) -> str:
    """There is no command of this name."""
    known = ", ".join(f"`{spec.name}`" for spec in table.specs)
    said = "".join(sign for sign in name[:40].replace("`", "'") if sign.isprintable())
    shown = md(" ".join(said.split()))
    if not shown.text:
        return say(Reader(), "Name a command. I know: {known}.", known=md(known))
    return say(Reader(), "I do not know `{name}`. I know: {known}.", name=shown, known=md(known))


def unknown_button() -> str:
    """A token that no feature knows."""
    return say(Reader(), "This button is from another version of me. Begin afresh with `/quiz`.")


def admins_only(platform: Platform) -> str:
    """Only admins may do this."""
    who = {
        "discord": "people who may manage this server",
        "slack": "admins and owners of this workspace",
    }
    return say(
        Reader(),
        "Only {who} can do that. Ask one of them, or see what you can do with `{help}`.",
        who=who.get(platform, "admins"),
        help=md(command(Reader(platform=platform), "help")),
    )


def rights_unknown(platform: Platform) -> str:
    """The platform did not answer when it was asked whether this is an admin."""
    names = {"discord": "Discord", "slack": "Slack"}
    return say(
        Reader(),
        "{platform} does not say just now whether you may do that. Try again in a minute.",
        platform=names.get(platform, platform),
    )


def admins_elsewhere() -> str:
    """A direct conversation has nothing to decide about."""
    return say(Reader(), "That is decided for a community. Type it in one of its channels.")


def plain_form(token: str) -> Form:
    """A form without the question, for when the database is slow."""
    field = Field(id="answer", label="Your answer", kind="long")
    return Form(view="plain-form", token=token, title="Answer", fields=(field,))

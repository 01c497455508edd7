"""Help on one screen."""

from __future__ import annotations

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.commands import Spec, Table
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.views import shown


def card(reader: Reader, table: Table) -> Card:
    """Every command that works, one line each."""
    return Card(
        view="help",
        title="What I can do",
        text=paragraphs(
            say(
                reader, "I ask what backend interviews ask, say why, and bring back what you miss."
            ),
            lines(*(_line(reader, spec) for spec in table.specs)),
            say(
                reader,
                "Areas and topics by any name: `{a}`, `{b}`, `{c}`.",
                a=md(shown.command(reader, "quiz", "isolation levels")),
                b=md(shown.command(reader, "quiz", "sql+git senior 10")),
                c=md(shown.command(reader, "quiz", "python type:output")),
            ),
            lines(
                say(reader, "A streak: answer one question a day."),
                say(reader, "Your day ends at 04:00, unless you set another hour."),
                say(reader, "Every 7 days earn a freeze, at most two, used by itself."),
            ),
        ),
        rows=((Button("Five questions", start(""), "primary"),),),
    )


def _line(reader: Reader, spec: Spec) -> str:
    words = spec.usage.removeprefix(spec.name).strip()
    return say(
        reader, "`{how}` {about}", how=md(shown.command(reader, spec.name, words)), about=spec.about
    )

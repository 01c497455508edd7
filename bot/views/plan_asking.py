"""Asking for an interview: its role and date, the form, what is wrong with what was typed."""

from __future__ import annotations

from datetime import date

from bot.chat.cards import Button, Card, Choice, Field, Form
from bot.chat.say import Reader, md, paragraphs, say
from bot.chat.tokens import make
from bot.days import WEEKDAYS
from bot.views import shown
from questions.model import LEVELS, Level
from questions.roles import Role

WIDE = 34  # characters of a button
SAID = 40  # characters of what was typed that are shown again
PROPER = ("Python", "Java", "PHP", ".NET", "Node.js", "DevOps")  # names that stay as they are


def ask(reader: Reader) -> Card:
    """There is no plan yet."""
    how = md(shown.command(reader, "plan", "mid backend 12 Jan"))
    return Card(
        view="plan-none",
        title=say(reader, "When is your interview?"),
        text=say(
            reader,
            "Name the role and the day: I ask what such interviews ask, give you fifteen minutes "
            "for each day, and say how ready you will be. Or type it: `{how}`.",
            how=how,
        ),
        rows=((Button("Choose", make("plan", form=True), "primary"),),),
    )


def when(reader: Reader, role: Role, level: Level, what: str, said: str) -> Card:
    """The role is clear, the date is not."""
    return Card(
        view="plan-when",
        title=say(reader, "When is it?"),
        text=paragraphs(
            say(
                reader,
                "**{level} {role}**",
                level=level.capitalize(),
                role=titled(role),
            ),
            wrong(reader, what, said),
        ),
        rows=((Button("Set the date", make("plan", role.slug, level, form=True), "primary"),),),
    )


def unknown(
    reader: Reader, said: str, near: tuple[Role, ...], level: Level, on: date | None
) -> Card:
    """The words name no role."""
    date_part = on.isoformat() if on else ""
    buttons = tuple(
        Button(one.title[:WIDE], make("plan", one.slug, level, date_part, form=True))
        for one in near
    )
    every = Button("All roles", make("plan", "", level, date_part, form=True))
    text = (
        say(reader, 'I know no role "{said}". Did you mean one of these?', said=said[:SAID])
        if said and near
        else say(reader, 'I know no role "{said}". Choose one.', said=said[:SAID])
        if said
        else say(reader, "Choose one.")
    )
    return Card(
        view="plan-unknown",
        title=say(reader, "Which role?"),
        text=text,
        rows=((*buttons, every),),
    )


def wrong(reader: Reader, what: str, said: str) -> str:
    """What to do about a date that cannot be; '' asks for one."""
    sentences = {
        "": "Name its day: 12 Jan, next Friday, in 6 weeks.",
        "dates": 'I do not understand "{said}" as a day. Try 12 Jan, next Friday or in 6 weeks.',
        "past": '"{said}" is over. Name a day to come: 12 Jan, next Friday, in 6 weeks.',
        "far": '"{said}" is more than a year away. Name a day within a year, or just practise '
        "until then.",
    }
    said = said[:SAID].strip()
    return say(reader, sentences[what if said else ""], said=said)


def form(reader: Reader, roles: tuple[Role, ...], role: str, level: str, on: str) -> Form:
    """Role, level and date."""
    return Form(
        view="form-plan",
        token=make("plan", form=True),
        title=say(reader, "Your interview"),
        fields=(
            Field(
                id="role",
                label="Role",
                kind="select",
                choices=tuple(Choice(one.title, one.slug) for one in roles),
                start=role,
            ),
            Field(
                id="level",
                label="Level",
                kind="select",
                choices=tuple(Choice(one.capitalize(), one) for one in LEVELS),
                start=level,
            ),
            Field(
                id="date",
                label="Its day",
                hint="12 Jan, next Friday, in 6 weeks",
                start=on,
                limit=40,
            ),
        ),
        submit="Save",
    )


def dated(on: date) -> str:
    """`Tue 12 Jan 2027`."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {on:%b %Y}"


def titled(role: Role) -> str:
    """A role's title within a sentence: `backend developer`, but `Java developer`."""
    title = role.title
    return title if title.startswith(PROPER) else title[0].lower() + title[1:]

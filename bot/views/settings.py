"""Settings as sentences, each with Change, and the effect of every change."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from bot.chat.begin import start
from bot.chat.cards import Button, Card, Choice, Field, Form
from bot.chat.say import Reader, lines, say
from bot.chat.tokens import make
from bot.days import city
from bot.store.rows import Community, Member, Person
from bot.streaks import Stand
from bot.views import asking_how, shown, vacation
from bot.views.streak import on, told

WIDE = 3  # buttons in a row
HOURS = ("0", "1", "2", "3", "4", "5", "6")


def card(reader: Reader, person: Person, community: Community, member: Member, said: str) -> Card:
    """The current values in sentences."""
    settings = person.settings
    zone = settings.zone or community.zone
    whose = "" if settings.zone else say(reader, " (this community's zone)")
    if community.personal and not settings.zone:
        whose = say(reader, " (no other zone is set)")
    rest = community.rest if settings.rest is None else settings.rest
    name = member.name or "not shown yet"
    rows = [
        (_day(reader, settings.day_start, zone) + whose, "Change day", "zone"),
        (_rest(reader, rest), "Change rest days", "rest"),
        (vacation.line(reader, settings.away), "Change vacation", "away"),
        (_remind(reader, settings.remind_at, zone), "Change reminder", "remind"),
        (_level(reader, settings.level), "Change level", "level"),
        (asking_how.line(reader, settings), "Change how I ask", "ask"),
    ]
    if not community.personal:
        rows.append((_board(reader, name, hidden=member.hidden), "Change board", "board"))
    buttons = tuple(Button(label, make("set", which, form=True)) for _, label, which in rows)
    return Card(
        view="settings",
        title="Settings",
        text=lines(*([said, ""] if said else []), *(f"- {text}" for text, _, _ in rows)),
        rows=(
            *(buttons[at : at + WIDE] for at in range(0, len(buttons), WIDE)),
            (Button("Five questions", start(""), "primary"),),
        ),
    )


def _day(reader: Reader, hour: int, zone: str) -> str:
    return say(reader, "Your day ends {hour}:00, {city}", hour=f"{hour:02d}", city=city(zone))


def _rest(reader: Reader, rest: tuple[int, ...]) -> str:
    if not rest:
        return say(reader, "No rest days: a streak needs an answer every day")
    return say(
        reader,
        "Rest days: {days}. They keep your streak and add nothing to it",
        days=shown.weekdays(rest),
    )


def _remind(reader: Reader, when: str, zone: str) -> str:
    if not when:
        return say(reader, "No reminders")
    return say(
        reader,
        "A reminder at {when}, {city}, never on rest days, on vacation or when the day is done",
        when=when,
        city=city(zone),
    )


def _level(reader: Reader, level: str) -> str:
    if not level:
        return say(reader, "Level: by your answers")
    return say(reader, "Level: {level}", level=level)


def _board(reader: Reader, name: str, *, hidden: bool) -> str:
    if hidden:
        return say(reader, "You are not shown on this community's board")
    return say(reader, "On this community's board as {name}", name=name)


def day_form(reader: Reader, zone: str, hour: int) -> Form:
    """When a person's day ends."""
    hours = tuple(Choice(f"{int(hour):02d}:00", hour) for hour in HOURS)
    return Form(
        view="form-day",
        token=make("set", "zone", form=True),
        title="When does your day end?",
        text=say(reader, "An answer before that hour counts for the day before."),
        fields=(
            Field(
                id="zone",
                label="Your zone",
                hint="Berlin, New York, UTC",
                start=city(zone),
                limit=60,
            ),
            Field(
                id="hour", label="The day ends at", kind="select", choices=hours, start=str(hour)
            ),
        ),
        submit="Save",
    )


def rest_form(rest: tuple[int, ...]) -> Form:
    """Weekdays on which nothing is expected."""
    choices = tuple(Choice(name, str(number)) for number, name in enumerate(shown.FULL_DAYS))
    return Form(
        view="form-rest",
        token=make("set", "rest", form=True),
        title="Rest days",
        fields=(
            Field(
                id="rest",
                label="No answer is expected on",
                kind="checkboxes",
                required=False,
                choices=choices,
                start=",".join(str(number) for number in rest),
            ),
        ),
        submit="Save",
    )


def remind_form(when: str) -> Form:
    """The time of the daily reminder."""
    return Form(
        view="form-remind",
        token=make("set", "remind", form=True),
        title="Daily reminder",
        fields=(
            Field(
                id="time",
                label="Remind me at; empty for no reminder",
                hint="Such as 18:00",
                start=when,
                limit=5,
                required=False,
            ),
        ),
        submit="Save",
    )


def level_form(level: str) -> Form:
    """The level a person prepares for."""
    choices = (
        Choice("By my answers", "none"),
        Choice("Junior", "junior"),
        Choice("Mid", "mid"),
        Choice("Senior", "senior"),
    )
    return Form(
        view="form-level",
        token=make("set", "level", form=True),
        title="Which level?",
        fields=(
            Field(
                id="level",
                label="You are preparing for",
                kind="select",
                choices=choices,
                start=level or "none",
            ),
        ),
        submit="Save",
    )


def board_form(name: str, *, hidden: bool) -> Form:
    """How a person is shown on this community's board."""
    choices = (Choice("Show me", "show"), Choice("Hide me", "hide"))
    return Form(
        view="form-board",
        token=make("set", "board", form=True),
        title="This community's board",
        fields=(
            Field(id="name", label="Your name there", start=name, limit=40, required=False),
            Field(
                id="shown",
                label="On the board",
                kind="select",
                choices=choices,
                start="hide" if hidden else "show",
            ),
        ),
        submit="Save",
    )


class Turned(Struct, frozen=True):
    """A clock that was changed: how the streak stood by the old one, how it stands, the dates."""

    before: Stand
    after: Stand
    was: date
    today: date


def day_changed(reader: Reader, hour: int, turned: Turned) -> str:
    """The effect of a new zone or hour, which the reader has already."""
    says = "From now on your day ends {hour}:00, {city}"
    begins = say(reader, says, hour=f"{hour:02d}", city=city(reader.zone))
    other = say(reader, " Today is {day} there.", day=on(turned.today))
    there = other if turned.today != turned.was else ""
    after = turned.after
    if after.days < turned.before.days:
        back = say(reader, "Until your next answer you can still set it back.")
        return f"{begins}.{there} {told(reader, after.changes)} {back}"
    kept = say(reader, "; your streak of {n} stays", n=after.days) if after.days else ""
    return f"{begins}{kept}.{there}"


def rest_changed(reader: Reader, rest: tuple[int, ...], streak: int) -> str:
    """The effect of other rest days."""
    if not rest:
        return say(reader, "No rest days: from now on every day needs an answer.")
    kept = say(reader, " Your streak of {n} stays.", n=streak) if streak else ""
    return (
        say(
            reader,
            "{days}: no answer is expected, and the streak does not grow.",
            days=shown.weekdays(rest),
        )
        + kept
    )


def remind_changed(reader: Reader, when: str, zone: str) -> str:
    """The effect on reminders."""
    if not when:
        return say(reader, "I will not remind you.")
    return say(
        reader,
        "I will write to you at {when}, {city}, unless your day is done by then.",
        when=when,
        city=city(zone),
    )


def level_changed(reader: Reader, level: str) -> str:
    """The effect of another level."""
    if not level:
        return say(reader, "The level follows your answers.")
    return say(reader, "From the next quiz on: mostly {level} questions.", level=level)


def board_changed(reader: Reader, name: str, *, hidden: bool) -> str:
    """The effect on the board."""
    if hidden:
        return say(reader, "You are off this community's board. Your points are kept.")
    return say(reader, "You are on this community's board as {name}.", name=name)


def day_kept(reader: Reader) -> str:
    """The day stays as it is."""
    return say(reader, "Good, it stays as it is.")


def what_is(reader: Reader, what: str, field: str = "") -> dict[str, str]:
    """What is said of a value that cannot be: by the field it was typed into."""
    sentences = {
        "zone": "I do not know that zone. Name a big city in it, such as Berlin or New York.",
        "time": "I need a time such as 18:00.",
        "dates": "I need dates such as 24 Dec to 1 Jan, and a semicolon between two vacations.",
        "past": "A vacation can begin today at the earliest: what is over stays as it was.",
        "long": "A vacation has 92 days at most, and begins within a year.",
        "many": "Four vacations at most.",
    }
    return {field or what: say(reader, sentences[what])}

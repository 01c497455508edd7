"""Settings of a community and of one channel as sentences, each with Change."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from bot.chat.cards import Button, Card, Choice, Field, Form
from bot.chat.say import Reader, count, lines, say
from bot.chat.tokens import make
from bot.days import city
from bot.store.rows import Community
from bot.views import shown
from questions.areas import Areas
from questions.model import LEVELS, Level

STARTERS = {"anybody": "Anybody may start a game", "admins": "Only admins may start games"}
SAME = "same"  # in a form of a channel: as the community has it


class Choices(Struct, frozen=True, kw_only=True):
    """What holds: in the community, or in one channel (`here`) where `own` names what differs."""

    starters: str
    areas_off: tuple[str, ...]
    levels: tuple[Level, ...]
    quiet: tuple[str, ...]
    here: bool = False
    own: Collection[str] = ()


def card(
    reader: Reader, community: Community, choices: Choices, areas: Areas, external: str, said: str
) -> Card:
    """The community's settings; `external` is the admin who looks."""
    rules = community.rules
    rows = (
        say(reader, "Days and weeks are those of {city}", city=city(community.zone)),
        _rest(reader, community),
        *_limits(reader, choices, areas),
        _youngest(reader, rules.youngest),
        _winners(reader, here=bool(rules.winners)),
        _digest(reader, asked=external in rules.digest),
    )
    winners = Button("No winners", make("community-winners", "no"))
    digest = Button("No digest", make("community-digest", "no"))
    wanted = Button("Digest for me", make("community-digest"))
    return Card(
        view="community",
        title="This community",
        text=lines(*([said, ""] if said else []), *(f"- {row}" for row in rows)),
        rows=(
            (
                Button("Change days", make("community-set", "days", form=True)),
                Button("Change games", make("community-set", "games", form=True)),
                Button("Change questions", make("community-set", "limits", form=True)),
                Button("This channel", make("community-here")),
            ),
            (
                winners if rules.winners else Button("Winners here", make("community-winners")),
                digest if external in rules.digest else wanted,
                Button("Last week", make("community-week")),
            ),
        ),
    )  # fmt: skip


def here(reader: Reader, choices: Choices, areas: Areas, said: str) -> Card:
    """What holds in this channel."""
    rows = _limits(reader, choices, areas)
    head = say(
        reader,
        "In this channel the community's settings hold."
        if not choices.own
        else "In this channel differs: {what}.",
        what=", ".join(sorted(choices.own)),
    )
    return Card(
        view="community-here",
        title="This channel",
        text=lines(*([said, ""] if said else []), head, *(f"- {row}" for row in rows)),
        rows=(
            (
                Button("Change games", make("community-set-here", "games", form=True)),
                Button("Change questions", make("community-set-here", "limits", form=True)),
                *((Button("As everywhere", make("community-same")),) if choices.own else ()),
                Button("Back", make("community-back")),
            ),
        ),
    )


def holds(
    reader: Reader, what: str, community: Community, choices: Choices, areas: Areas
) -> tuple[str, ...]:
    """What holds of "days", "games" or "limits", in sentences for the audit log."""
    begin, quiet, *asked = _limits(reader, choices, areas)
    match what:
        case "days":
            zone = say(reader, "Zone {city}", city=city(community.zone))
            return zone, _rest(reader, community)
        case "games":
            age = _youngest(reader, community.rules.youngest)
            return (begin, quiet) if choices.here else (begin, quiet, age)
        case _:
            return tuple(asked)


def _limits(reader: Reader, choices: Choices, areas: Areas) -> tuple[str, ...]:
    quiet = (
        say(reader, "Quiet from {a} to {b}: no game begins", a=choices.quiet[0], b=choices.quiet[1])
        if choices.quiet
        else say(reader, "No quiet hours")
    )
    off = ", ".join(shown.area(areas, slug) for slug in choices.areas_off)
    return (
        say(reader, STARTERS[choices.starters]),
        quiet,
        say(reader, "Left out of games and dailies: {off}", off=off)
        if off
        else say(reader, "All areas are asked"),
        say(reader, "Levels in games and dailies: {levels}", levels=", ".join(choices.levels))
        if choices.levels and len(choices.levels) < len(LEVELS)
        else say(reader, "All levels are asked"),
    )


def _rest(reader: Reader, community: Community) -> str:
    if not community.rest:
        return say(reader, "No rest days: a streak needs an answer every day")
    why = "" if community.rules.rest_chosen else say(reader, " (no daily is posted then)")
    return say(reader, "Rest days: {days}", days=shown.weekdays(community.rest)) + why


def _youngest(reader: Reader, days: int) -> str:
    if not days:
        return say(reader, "Every account counts on boards")
    return say(
        reader,
        "On boards count accounts that are at least {days} old",
        days=count(days, "day", "days"),
    )


def _winners(reader: Reader, *, here: bool) -> str:
    if not here:
        return say(reader, "Nobody is told who won a week")
    return say(reader, "A week's best three are announced on Monday")


def _digest(reader: Reader, *, asked: bool) -> str:
    if not asked:
        return say(reader, "You get no digest")
    return say(reader, "You get a digest on Mondays: how many took part, what most get wrong")


def days_form(reader: Reader, community: Community) -> Form:
    """Zone and rest days."""
    weekdays = tuple(Choice(name, str(number)) for number, name in enumerate(shown.FULL_DAYS))
    return Form(
        view="form-community-days",
        token=make("community-set", "days", form=True),
        title="Days of this community",
        text=say(reader, "They hold for boards, and for people who have not set their own."),
        fields=(
            Field(
                id="zone",
                label="Zone",
                hint="Berlin, New York, UTC",
                start=city(community.zone),
                limit=60,
            ),
            Field(
                id="rest",
                label="Rest days; none ticked: as the dailies",
                kind="checkboxes",
                required=False,
                choices=weekdays,
                start=",".join(map(str, community.rest)) if community.rules.rest_chosen else "",
            ),
        ),
        submit="Save",
    )


def games_form(choices: Choices, youngest: int) -> Form:
    """Who may start games, quiet hours, and the age of accounts."""
    same = (Choice("As everywhere", SAME),) if choices.here else ()
    starters = (*same, *(Choice(label, name) for name, label in STARTERS.items()))
    start = choices.starters if not choices.here or "games" in choices.own else SAME
    age = Field(
        id="youngest",
        label="Days an account must be old for boards",
        hint="0: every account counts",
        start=str(youngest),
        limit=4,
    )
    return Form(
        view="form-community-games",
        token=make("community-set-here" if choices.here else "community-set", "games", form=True),
        title="Games",
        fields=(
            Field(
                id="starters", label="Who may start", kind="select", choices=starters, start=start
            ),
            Field(
                id="quiet",
                label="Quiet hours; empty for none",
                hint="Such as 22:00-07:00",
                start="-".join(choices.quiet),
                limit=11,
                required=False,
            ),
            *(() if choices.here else (age,)),
        ),
        submit="Save",
    )  # fmt: skip


def limits_form(reader: Reader, choices: Choices) -> Form:
    """Areas that are left out, and levels."""
    return Form(
        view="form-community-limits",
        token=make("community-set-here" if choices.here else "community-set", "limits", form=True),
        title="Questions in games and dailies",
        text=say(reader, "A person's own quizzes may still ask for every area by name."),
        fields=(
            Field(
                id="off",
                label="Areas to leave out; empty for none",
                hint="Such as: mobile, accessibility",
                start=", ".join(choices.areas_off),
                limit=300,
                required=False,
            ),
            Field(
                id="levels",
                label="Levels; none ticked: all",
                kind="checkboxes",
                required=False,
                choices=tuple(Choice(level.capitalize(), level) for level in LEVELS),
                start=",".join(choices.levels),
            ),
        ),
        submit="Save",
    )


def error(reader: Reader, what: str, said: str = "") -> str:
    """What is said of a value that cannot be."""
    sentences = {
        "zone": "I do not know that zone. Name a big city in it, such as Berlin or New York.",
        "quiet": "I need two times such as 22:00-07:00, or nothing.",
        "youngest": "I need a number of days from 0 to 365.",
        "off": "I do not know the area {said}. Write areas as in `/quiz`, with commas.",
        "everything": "Something has to be left to ask: leave out fewer areas.",
    }
    return say(reader, sentences[what], said=said)


def effect(reader: Reader, what: str) -> str:
    """What a change does."""
    sentences = {
        "days": "Saved. Boards begin their days and weeks by it; what was counted stays counted.",
        "games": "Saved. It holds for games from now on; one that runs goes on.",
        "limits": "Saved. It holds for what is drawn from now on; what stands open stays.",
        "winners": "On Mondays the best three of the week are announced in this channel.",
        "no-winners": "Nobody is announced any more.",
        "digest": "On Mondays you get a message of mine. Only you, and only totals of five or "
        "more people.",
        "no-digest": "You get no digest any more.",
        "same": "This channel is as everywhere again.",
    }
    return say(reader, sentences[what])

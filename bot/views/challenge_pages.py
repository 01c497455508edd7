"""The cards behind a challenge's buttons: what to change, its channels, what comes, its end."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.chat.cards import Button, Card, Choice, Select
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.days import city
from bot.store.community import Challenge
from bot.views import challenge_said as said
from bot.views import challenge_words as words
from bot.views import places, shown
from bot.views.challenge import Overview
from questions.model import Level


class Coming(Struct, frozen=True):
    """A date ahead: when it is posted and how hard, or that it is left out."""

    day: date
    instant: datetime
    level: Level
    skipped: bool = False


def change(reader: Reader, overview: Overview) -> Card:
    """What can be changed, with what stands."""
    challenge = overview.challenge
    about = words.areas(reader, challenge.areas, overview.areas)
    rows = (
        ("Time and zone", "when", words.time(challenge)),
        ("Weekdays", "days", words.weekdays(reader, challenge.weekdays)),
        ("Areas", "areas", about),
        ("Level", "level", words.levels(reader, challenge)),
        ("Reveal", "reveal", words.reveal(reader, challenge.reveal)),
        ("Kinds", "types", words.kinds(reader, challenge.types)),
    )
    buttons = tuple(
        Button(label, make("challenge-set", challenge.id, what, form=True))
        for label, what, _ in rows
    )
    return Card(
        view="challenge-change",
        title=say(reader, "Change the challenge"),
        text=lines(
            *(say(reader, "- **{label}:** {now}", label=label, now=now) for label, _, now in rows)
        ),
        rows=(buttons[:3], buttons[3:], (_back(challenge),)),
    )


def _back(challenge: Challenge) -> Button:
    return Button("Back", make("challenge-card", challenge.id))


def where(reader: Reader, overview: Overview, effect: str, missing: said.Missing = ()) -> Card:
    """The channels, and what can be done with them."""
    challenge = overview.challenge
    how = shown.command(reader, "challenge")
    buttons = []
    if overview.here and overview.here not in challenge.places:
        add = make("challenge-add", challenge.id, *overview.seal)
        buttons.append(Button("Add this channel", add, "primary"))
    if challenge.lost:
        buttons.append(Button("Try the lost again", make("challenge-retry", challenge.id)))
    choices = tuple(
        Choice(places.plain(reader, place, overview.here)[:75], place) for place in challenge.places
    )
    remove = Select(
        make("challenge-remove", challenge.id), say(reader, "Remove a channel"), choices
    )
    return Card(
        view="challenge-places",
        title=say(reader, "Where it is posted"),
        text=paragraphs(
            effect,
            said.lacks(reader, missing),
            lines(*(_place(reader, overview, place) for place in challenge.places)),
            say(
                reader,
                "To add another channel, type `{how}` there.",
                how=md(how),
            ),
        ),
        rows=((*buttons, _back(challenge)),),
        select=remove if len(choices) > 1 else None,
        tone="near" if missing else "plain",
    )


def _place(reader: Reader, overview: Overview, place: str) -> str:
    name = places.name(reader, place, overview.here)
    if place in overview.challenge.lost:
        return say(reader, "- ✗ {name}: I could not post there any more", name=name)
    return say(reader, "- {name}", name=name)


def coming(reader: Reader, overview: Overview, days: tuple[Coming, ...], effect: str) -> Card:
    """The next dates, those left out among them."""
    challenge = overview.challenge
    choices = tuple(
        Choice(words.short(one.day), one.day.isoformat()) for one in days if one.skipped
    )
    select = Select(
        make("challenge-unskip", challenge.id), say(reader, "Post one after all"), choices
    )
    return Card(
        view="challenge-comes",
        title=say(reader, "What comes · {city}", city=city(challenge.zone)),
        text=paragraphs(
            effect,
            say(reader, "Paused: nothing of this is posted until it goes on.")
            if challenge.paused
            else "",
            lines(*(_coming(reader, challenge, one) for one in days)),
        ),
        rows=(
            (
                Button("Skip a date", make("challenge-skip", challenge.id, form=True)),
                _back(challenge),
            ),
        ),
        select=select if choices else None,
        note=say(reader, "Nobody sees a question before it is posted, admins neither."),
    )


def _coming(reader: Reader, challenge: Challenge, one: Coming) -> str:
    when = words.at(reader, one.instant, challenge.zone, one.day)
    if one.skipped:
        return say(reader, "- {when}: left out", when=when)
    return say(reader, "- {when}: {level}", when=when, level=one.level)


def every(reader: Reader, challenges: tuple[Challenge, ...], here: str) -> Card:
    """All challenges of the community; one is chosen."""
    names = [_named(reader, one, here) for one in challenges]
    return Card(
        view="challenge-list",
        title=say(reader, "Challenges of this community"),
        text=lines(*(f"- {name}" for name in names)),
        select=Select(
            make("challenge-pick"),
            say(reader, "Choose one"),
            tuple(
                Choice(words.time(one)[:75], one.id, words.weekdays(reader, one.weekdays)[:75])
                for one in challenges
            ),
        ),
    )


def _named(reader: Reader, one: Challenge, here: str) -> str:
    return say(
        reader,
        "{time}, {days}, in {where}{paused}",
        time=words.time(one),
        days=words.weekdays(reader, one.weekdays),
        where=places.names(reader, one.places, here),
        paused=say(reader, " (paused)") if one.paused else "",
    )


def ending(reader: Reader, overview: Overview) -> Card:
    """Asked once more before it ends."""
    challenge = overview.challenge
    return Card(
        view="challenge-ending",
        title=say(reader, "End this challenge?"),
        text=paragraphs(
            _named(reader, challenge, overview.here),
            say(
                reader,
                "Nothing more is posted, and it cannot be brought back; a new one can be set up. "
                "Points and past questions stay. Pause stops it for a while.",
            ),
        ),
        rows=(
            (
                Button("End it", make("challenge-ended", challenge.id), "danger"),
                Button("Keep it", make("challenge-card", challenge.id)),
            ),
        ),
        tone="near",
    )


def over(reader: Reader, effect: str) -> Card:
    """It has ended."""
    return Card(view="challenge-over", title=say(reader, "Daily challenge"), text=effect)

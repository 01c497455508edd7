"""The forms behind Change and Skip a date, and what is said beside a field that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.chat.cards import Choice, Field, Form
from bot.chat.say import Reader, say
from bot.chat.tokens import make
from bot.days import city
from bot.store.community import LADDER, Challenge
from bot.views import challenge_words as words
from bot.views import shown

LADDER_WORD = "ladder"
SAME_DAY = "day"
LATER = "+24"


def _token(challenge: Challenge, what: str) -> str:
    return make("challenge-set", challenge.id, what, form=True)


def when(reader: Reader, challenge: Challenge) -> Form:
    """The time and the zone."""
    time = Field(
        id="time",
        label="Time",
        hint=say(reader, "Such as 18:00"),
        start=challenge.at,
        limit=20,
    )
    zone = Field(
        id="zone",
        label="Zone, or a big city in it",
        hint=say(reader, "Berlin, New York, UTC"),
        start=city(challenge.zone),
        limit=60,
    )
    return Form(
        view="form-challenge-when",
        token=_token(challenge, "when"),
        title="When is it posted?",
        fields=(time, zone),
        submit="Save",
    )


def weekdays(challenge: Challenge) -> Form:
    """The weekdays."""
    choices = tuple(Choice(name, str(number)) for number, name in enumerate(shown.FULL_DAYS))
    field = Field(
        id="days",
        label="Posted on",
        kind="checkboxes",
        required=False,
        choices=choices,
        start=",".join(map(str, challenge.weekdays)),
    )
    return Form(
        view="form-challenge-days",
        token=_token(challenge, "days"),
        title="On which weekdays?",
        fields=(field,),
        submit="Save",
    )


def typed(challenge: Challenge) -> str:
    """Its areas as one would type them: `databases; isolation levels`."""
    return "; ".join(name.rpartition("/")[2].replace("-", " ") for name in challenge.areas)


def areas(reader: Reader, challenge: Challenge) -> Form:
    """The areas, by their names."""
    field = Field(
        id="areas",
        label="Areas or topics; empty for all",
        hint=say(reader, "Such as databases; git; isolation levels"),
        start=typed(challenge),
        limit=400,
        required=False,
    )
    return Form(
        view="form-challenge-areas",
        token=_token(challenge, "areas"),
        title="About what?",
        fields=(field,),
        submit="Save",
    )


def level(challenge: Challenge) -> Form:
    """Rising through the week, or one level."""
    choices = (
        Choice("Rising: junior on Monday, senior on Friday", LADDER_WORD),
        Choice("All junior", "junior"),
        Choice("All mid", "mid"),
        Choice("All senior", "senior"),
    )
    one = challenge.levels[0] if len(set(challenge.levels)) == 1 else ""
    start = LADDER_WORD if challenge.levels == LADDER else one
    field = Field(id="level", label="Level", kind="select", choices=choices, start=start)
    return Form(
        view="form-challenge-level",
        token=_token(challenge, "level"),
        title="How hard?",
        fields=(field,),
        submit="Save",
    )


def reveal(reader: Reader, challenge: Challenge) -> Form:
    """When the answer is shown."""
    choices = (
        Choice("When the next one comes", "next"),
        Choice("The same day, at the time below", SAME_DAY),
        Choice("24 hours later", LATER),
    )
    timed = ":" in challenge.reveal
    how = Field(
        id="reveal",
        label="The answer is shown",
        kind="select",
        choices=choices,
        start=SAME_DAY if timed else challenge.reveal,
    )
    time = Field(
        id="time",
        label="At; only for the same day",
        hint=say(reader, "Such as 17:00"),
        start=challenge.reveal if timed else "",
        limit=20,
        required=False,
    )
    return Form(
        view="form-challenge-reveal",
        token=_token(challenge, "reveal"),
        title="When is the answer shown?",
        fields=(how, time),
        submit="Save",
    )


def types(challenge: Challenge) -> Form:
    """The kinds of question."""
    choices = tuple(Choice(words.KINDS[kind], kind) for kind in words.KINDS)
    field = Field(
        id="types",
        label="What it asks for",
        kind="checkboxes",
        required=False,
        choices=choices,
        start=",".join(challenge.types),
    )
    return Form(
        view="form-challenge-types",
        token=_token(challenge, "types"),
        title="Which kinds of question?",
        fields=(field,),
        submit="Save",
    )


def skip(reader: Reader, challenge: Challenge, next_day: date | None) -> Form:
    """A date on which nothing is posted."""
    field = Field(
        id="date",
        label="Leave out",
        hint=say(reader, "tomorrow, Friday, 24 Dec or 2026-12-24"),
        start=words.short(next_day) if next_day else "",
        limit=40,
    )
    return Form(
        view="form-challenge-skip",
        token=make("challenge-skip", challenge.id, form=True),
        title="Skip a date",
        fields=(field,),
        submit="Skip",
    )


def wrong(reader: Reader, field: str, why: str, **values: object) -> Mapping[str, str]:
    """What is wrong with a value, by the field it was typed into."""
    return {field: say(reader, WRONG[why], **values)}


WRONG = {
    "time": "I need a time such as 18:00.",
    "zone": "I do not know that zone. Name a big city in it, such as Berlin or New York.",
    "revealed": "The answer is shown at {reveal}, which would be too early. Change that first.",
    "days": "Choose at least one weekday. To stop for a while, press Pause.",
    "unknown": "I have no area called {names}.",
    "meant": "I have no area called {names}. Did you mean {near}?",
    "off": "Switched off for this community: {names}.",
    "level": "Choose one of the levels.",
    "reveal": "Choose when the answer is shown.",
    "early": "It is posted at {at}: the answer has to come later than that.",
    "types": "Choose at least one kind.",
    "date": "I need a date such as tomorrow, Friday, 24 Dec or 2026-12-24.",
    "past": "{day} is over.",
    "off-day": "Nothing is posted on a {weekday}: there is nothing to skip.",
    "skipped": "{day} is left out already.",
    "posted": "The one of {day} is posted already.",
    "far": "That is more than a year away.",
}

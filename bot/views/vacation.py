"""Vacations: the dates a person has named, the form that asks for them, the effect."""

from __future__ import annotations

from bot.chat.cards import Field, Form
from bot.chat.say import Reader, say
from bot.chat.tokens import make
from bot.streaks import Span
from bot.views.streak import on


def line(reader: Reader, away: tuple[Span, ...]) -> str:
    """How it stands in the settings."""
    if not away:
        return say(reader, "No vacation is named")
    sentence = "Vacation: {dates}. It keeps your streak, adds nothing to it, and I am quiet"
    return say(reader, sentence, dates=_spans(away))


def form(away: tuple[Span, ...]) -> Form:
    """Dates on which nothing is expected."""
    return Form(
        view="form-away",
        token=make("set", "away", form=True),
        title="Vacation",
        fields=(
            Field(
                id="away",
                label="First and last date; empty for none",
                hint="24 Dec to 1 Jan; 1 Mar to 7 Mar",
                start="; ".join(f"{span.since} to {span.until}" for span in away),
                limit=120,
                required=False,
            ),
        ),
        submit="Save",
    )


def changed(reader: Reader, away: tuple[Span, ...], streak: int) -> str:
    """The effect of other vacations."""
    if not away:
        return say(reader, "No vacation: from now on your days are as usual.")
    kept = say(reader, " Your streak of {n} stays.", n=streak) if streak else ""
    sentence = "{dates}: no answer is expected, the streak does not grow, and I am quiet."
    return say(reader, sentence, dates=_spans(away)) + kept


def _spans(away: tuple[Span, ...]) -> str:
    dates = (
        on(span.since) if span.since == span.until else f"{on(span.since)} to {on(span.until)}"
        for span in away
    )
    return ", ".join(dates)

"""How a person is asked, as they chose: options hidden at first, Hard and Easy."""

from __future__ import annotations

from bot.chat.cards import Choice, Field, Form
from bot.chat.say import Reader, say
from bot.chat.tokens import make
from bot.store.rows import Settings


def line(reader: Reader, settings: Settings) -> str:
    """How it stands in the settings."""
    shown = "Options are shown at once"
    hidden = "Options are hidden until you ask for them"
    said = say(reader, hidden) if settings.blind else say(reader, shown)
    return said + (say(reader, "; Hard and Easy stand under ⋯") if settings.ease else "")


def form(settings: Settings) -> Form:
    """What is off until somebody asks for it."""
    chosen = (("blind", settings.blind), ("ease", settings.ease))
    return Form(
        view="form-ask",
        token=make("set", "ask", form=True),
        title="How I ask",
        fields=(
            Field(
                id="ask",
                label="Choose what you like",
                kind="checkboxes",
                required=False,
                choices=(
                    Choice(
                        "Hide the options at first",
                        "blind",
                        "Say it to yourself, then look: it is harder, and you remember more",
                    ),
                    Choice(
                        "Offer Hard and Easy",
                        "ease",
                        "Under ⋯ of a right answer: it comes back sooner, or later",
                    ),
                ),
                start=",".join(name for name, on in chosen if on),
            ),
        ),
        submit="Save",
    )


def changed(reader: Reader, settings: Settings) -> str:
    """The effect."""
    shown = "From the next question on the options are shown at once"
    hidden = "From the next question on the options are hidden until you ask for them"
    ease = " Under ⋯ of a right answer you can say that it was hard or easy."
    said = say(reader, hidden) if settings.blind else say(reader, shown)
    return said + "." + (say(reader, ease) if settings.ease else "")

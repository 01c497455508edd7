"""What is kept about a person, in plain words."""

from __future__ import annotations

from bot.chat.cards import Button, Card, File
from bot.chat.say import Reader, count, lines, paragraphs, say
from bot.chat.tokens import make

KEPT = (
    "your answers with their time, and what they were worth",
    "what you seem to know and when a question comes back",
    "your settings, streak and open quizzes",
    "your id and name on this platform, to show you on boards",
)


def card(reader: Reader) -> Card:
    """`/privacy`."""
    return Card(
        view="privacy",
        title="What I keep about you",
        text=paragraphs(
            lines(*(f"- {one}" for one in KEPT)),
            say(
                reader,
                "Nobody else sees your practice: boards show points, never a wrong answer. "
                "Nothing is sent to anybody. I do not read messages that are not written to me.",
            ),
        ),
        rows=(
            (
                Button("Export everything", make("privacy-export")),
                Button("Delete everything", make("privacy-ask"), "danger"),
            ),
        ),
    )


def exported(reader: Reader, file: File, rows: int) -> Card:
    """The export."""
    text = say(
        reader, "Everything I keep about you, {n}, is in the file.", n=count(rows, "row", "rows")
    )
    return Card(view="privacy-export", title="Your data", text=text, file=file, to="private")


def ask(reader: Reader, person: str) -> Card:
    """Delete needs a second press, by the same person."""
    return Card(
        view="privacy-ask",
        title="Delete everything?",
        text=say(
            reader,
            "Answers, streak, points, settings: all of it goes at once, in every community, "
            "and cannot be brought back. Export it first if you may want it.",
        ),
        rows=(
            (
                Button("Delete everything", make("privacy-delete", person), "danger"),
                Button("Export everything", make("privacy-export")),
            ),
        ),
        tone="bad",
    )


def deleted(reader: Reader) -> Card:
    """It is gone."""
    return Card(
        view="privacy-deleted",
        title="Deleted",
        text=say(reader, "Everything I kept about you is gone. `/quiz` starts from scratch."),
    )


def not_yours(reader: Reader) -> str:
    """Somebody else's button."""
    return say(reader, "This button belongs to somebody else, or to data that is gone already.")


def unknown(reader: Reader, said: str) -> str:
    """Neither export nor delete."""
    return say(reader, "{said}? I can `export` or `delete` what I keep about you.", said=said[:30])

"""What people are told about reports and withdrawn questions."""

from __future__ import annotations

from bot.chat.cards import Card
from bot.chat.say import Reader, say


def reported(reader: Reader) -> Card:
    """A report was taken."""
    text = say(reader, "Thank you. The admins here see your report; they do not see your name.")
    return Card(view="reported", text=text, to="private")


def kept_to_oneself(reader: Reader) -> Card:
    """A report in a direct conversation, where there is no admin."""
    text = say(reader, "Thank you. Your report is kept for whoever looks after questions.")
    return Card(view="reported", text=text, to="private")


def no_reason(reader: Reader) -> dict[str, str]:
    """A report, withdrawal or refusal without a word."""
    return {"reason": say(reader, "Say in a few words what is wrong.")}


def gone(reader: Reader) -> str:
    """A Report button whose question is nowhere any more."""
    return say(reader, "This question is no longer kept.")


def withdrawn(reader: Reader, reason: str) -> str:
    """What stands above a verdict on a question that was withdrawn after it."""
    why = " ".join(reason.split()).rstrip(".")
    return say(reader, "**Withdrawn:** {why}. Full points.", why=why)

"""The reminder: what is due, the streak, one button to begin and one to be quiet."""

from __future__ import annotations

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.say import Reader, md, say
from bot.chat.tokens import make
from bot.views import shown


def card(reader: Reader, due: int, streak: int) -> Card:
    """`3 due, your streak is 4`."""
    what = say(reader, "{n} due", n=due) if due else say(reader, "Five new questions")
    run = say(reader, ", your streak is {n}.", n=streak) if streak else say(reader, ".")
    return Card(
        view="reminder",
        title="Today's questions",
        text=what + run,
        rows=((Button("Begin", start(""), "primary"), Button("No more reminders", make("quiet"))),),
    )


def quiet(reader: Reader) -> Card:
    """Reminders are off."""
    how = shown.command(reader, "settings")
    return Card(
        view="reminder-off",
        text=say(reader, "I will not remind you any more. `{how}` brings it back.", how=md(how)),
    )

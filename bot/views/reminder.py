"""The reminder: what is due, the streak, one button to begin and one to be quiet."""

from __future__ import annotations

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.say import Reader, lines, md, say
from bot.chat.tokens import make
from bot.views import shown


def card(reader: Reader, due: int, streak: int, interview: int | None = None) -> Card:
    """`3 due, your streak is 4`; `interview` is in so many days, where one is to come."""
    begin = start("") if interview is None else make("plan-start")
    due_ones = say(reader, "{n} due", n=due)
    if interview is None:
        what = due_ones if due else say(reader, "Five new questions")
    else:
        what = say(reader, "Fifteen minutes") + (f", {due_ones}" if due else "")
    run = say(reader, ", your streak is {n}.", n=streak) if streak else say(reader, ".")
    return Card(
        view="reminder",
        title="Today's questions",
        text=lines("" if interview is None else _ahead(reader, interview), what + run),
        rows=((Button("Begin", begin, "primary"), Button("No more reminders", make("quiet"))),),
    )


def _ahead(reader: Reader, days: int) -> str:
    if not days:
        return say(reader, "Your interview is today. Good luck!")
    if days == 1:
        return say(reader, "Your interview is tomorrow.")
    return say(reader, "Your interview is in {n} days.", n=days)


def quiet(reader: Reader) -> Card:
    """Reminders are off."""
    how = shown.command(reader, "settings")
    return Card(
        view="reminder-off",
        text=say(reader, "I will not remind you any more. `{how}` brings it back.", how=md(how)),
    )

"""What `/daily` and `/review` say where there is more than one daily, or none."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.views import shown
from bot.views.daily import Posted, area_words, date_words, reveal_words

ROW = 4  # buttons beside one another


def waiting(reader: Reader, card: Card, more: tuple[Posted, ...]) -> Card:
    """A daily to be answered, and buttons for the others of today."""
    if not more:
        return card
    note = say(reader, "{n} more of today below.", n=len(more))
    buttons = tuple(Button(_name(one), make("daily-show", one.daily.id)) for one in more[:ROW])
    return replace(card, rows=(*card.rows, buttons), note=lines(card.note, note))


def overview(reader: Reader, answered: tuple[Posted, ...], missed: tuple[Posted, ...]) -> Card:
    """Today's are answered; what was missed of the last days can be tried."""
    done = [
        say(reader, "- {name}: answered.", name=_name(one)) + reveal_words(reader, one.reveals)
        for one in answered
    ]
    gone = [say(reader, "- {name}", name=_name(one)) for one in missed]
    seen = tuple(
        Button(f"My answer: {_area(one)}", make("daily-mine", one.daily.id)) for one in answered
    )
    tries = tuple(
        Button(f"Try {date_words(one.daily.day)}", make("daily-try", one.daily.id))
        for one in missed
    )
    return Card(
        view="daily-list",
        title="Daily",
        text=paragraphs(
            lines(say(reader, "**Today**"), *done)
            if done
            else say(reader, "Nothing is open today."),
            lines(say(reader, "**Missed**, to try for no points:"), *gone) if gone else "",
        ),
        rows=tuple(row for row in (seen[:ROW], tries[:ROW]) if row),
    )


def nothing(reader: Reader, *, running: bool) -> Card:
    """There is no daily: what an admin can do, and what there is instead."""
    how = md(shown.command(reader, "challenge"))
    text = (
        say(reader, "No daily is open now, and you missed none of the last seven days.")
        if running
        else say(
            reader,
            "There is no daily challenge here yet. An admin starts one with `{how}` in a channel.",
            how=how,
        )
    )
    return Card(
        view="daily-none",
        title="Daily",
        text=text,
        rows=((Button("Five questions", start(""), "primary"),),),
    )


def alone(reader: Reader) -> str:
    """A direct conversation has no daily."""
    how = shown.command(reader, "daily")
    return say(
        reader,
        "A daily belongs to a community. Type `{how}` in one of its channels.",
        how=md(how),
    )


def _name(post: Posted) -> str:
    return f"{date_words(post.daily.day)} · {_area(post)}"


def _area(post: Posted) -> str:
    return area_words(post.areas, post.item)


def for_today(reader: Reader, due: int, a_day: int) -> str:
    """After a break: how many of what is due are for today, and that the rest can wait."""
    if due <= a_day:
        return ""
    return say(
        reader,
        "{due} are due. {a_day} a day are enough: the most urgent come first, the rest can wait.",
        due=due,
        a_day=a_day,
    )


def nothing_due(reader: Reader, back: datetime | None, now: datetime) -> Card:
    """Nothing is due for a review: when the next question comes back."""
    if back is None:
        text = say(
            reader, "Nothing to review yet. What you answer comes back here before you forget it."
        )
    else:
        day = shown.day(back, now, reader.zone)
        on = "" if day in ("today", "tomorrow") else "on "
        text = say(
            reader, "Nothing is due. The next question comes back {on}{day}.", on=on, day=day
        )
    return Card(
        view="review-none",
        title="Review",
        text=text,
        rows=((Button("Five questions", start(""), "primary"),),),
    )

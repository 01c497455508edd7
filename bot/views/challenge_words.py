"""How a challenge's parts are named: dates, weekdays, levels, areas, kinds of question."""

from __future__ import annotations

from datetime import date, datetime

from bot.chat.say import Reader, say
from bot.days import WEEKDAYS, city
from bot.store.community import LADDER, Challenge
from bot.views import shown
from questions.areas import Areas
from questions.model import Type

RUN = 3  # weekdays in a row from which "Monday to Wednesday" is shorter
KINDS: dict[Type, str] = {
    "single": "One choice",
    "output": "What a program prints",
    "multi": "Several choices",
    "numeric": "A number",
    "short": "A word or a command",
    "open": "An answer in sentences",
}


def short(day: date) -> str:
    """`Wed 25 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


def at(reader: Reader, instant: datetime, zone: str, day: date) -> str:
    """`Wed 25 Nov, 09:00`, as clocks show it in the zone."""
    there = instant.astimezone(Reader(zone=zone).tz)
    return say(reader, "{day}, {clock}", day=short(day), clock=f"{there:%H:%M}")


def weekdays(reader: Reader, chosen: tuple[int, ...]) -> str:
    """`Monday to Friday`, `every day`, `Mon, Wed`."""
    days = sorted(chosen)
    if len(days) == len(WEEKDAYS):
        return say(reader, "every day")
    if len(days) >= RUN and days == list(range(days[0], days[-1] + 1)):
        first, last = shown.FULL_DAYS[days[0]], shown.FULL_DAYS[days[-1]]
        return say(reader, "{first} to {last}", first=first, last=last)
    if len(days) == 1:
        return say(reader, "every {day}", day=shown.FULL_DAYS[days[0]])
    return shown.weekdays(tuple(days))


def levels(reader: Reader, challenge: Challenge) -> str:
    """`from junior on Monday to senior on Friday`, `all mid`, or level by level."""
    days = sorted(challenge.weekdays)
    used = [challenge.levels[day] for day in days]
    if len(set(used)) == 1:
        return say(reader, "all {level}", level=used[0])
    if challenge.levels == LADDER and days == [0, 1, 2, 3, 4]:
        return say(reader, "from junior on Monday to senior on Friday")
    groups = []
    for level in dict.fromkeys(used):
        on = tuple(day for day in days if challenge.levels[day] == level)
        groups.append(say(reader, "{level} on {days}", level=level, days=shown.weekdays(on)))
    return "; ".join(groups)


def areas(reader: Reader, chosen: tuple[str, ...], known: Areas) -> str:
    """The titles of areas, or `all areas`."""
    if not chosen:
        return say(reader, "all areas")
    return ", ".join(shown.short_title(titled(known, name)) for name in chosen)


def titled(known: Areas, name: str) -> str:
    """The title of an area, or of a topic that is written `area/topic`."""
    area, _, topic = name.partition("/")
    return (
        known.topic(area, topic).title
        if known.has(area, topic) and topic
        else shown.area(known, area)
    )


def kinds(reader: Reader, chosen: tuple[Type, ...]) -> str:
    """`one choice, a number`."""
    words = (KINDS.get(kind, kind) for kind in chosen)
    return ", ".join(say(reader, word[:1].lower() + word[1:]) for word in words)


def reveal(reader: Reader, how: str) -> str:
    """When the answer is shown, as a sentence."""
    words = reveal_words(reader, how)
    return words[:1].upper() + words[1:]


def reveal_words(reader: Reader, how: str) -> str:
    """When the answer is shown."""
    if how == "next":
        return say(reader, "the answer is shown when the next one comes")
    if how.startswith("+"):
        return say(reader, "the answer is shown {hours} hours later", hours=how[1:])
    return say(reader, "the answer is shown the same day at {time}", time=how)


def time(challenge: Challenge) -> str:
    """`18:00, Berlin`."""
    return f"{challenge.at}, {city(challenge.zone)}"

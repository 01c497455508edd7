"""What is said of a change to a challenge: its effect, or why it cannot be."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.chat.rights import OPTIONAL
from bot.chat.say import Md, Reader, lines, md, say
from bot.days import city
from bot.store.community import Challenge
from bot.views import challenge_words as words
from bot.views import places, shown

Missing = tuple[str | Md, ...]  # what the bot lacks, a sentence each


class Ahead(Struct, frozen=True):
    """When the next one comes, and what is open until it does; None where there is none."""

    next: tuple[date, datetime] | None = None
    open: date | None = None
    today: date | None = None


def comes(reader: Reader, challenge: Challenge, ahead: Ahead) -> str:
    """When the next one comes: `The next one: Thu 26 Nov, 09:00, Berlin.`."""
    if ahead.next is None:
        return say(reader, "No date is left for it.")
    day, instant = ahead.next
    when = words.at(reader, instant, challenge.zone, day)
    return say(reader, "The next one: {when}, {city}.", when=when, city=city(challenge.zone))


def changed(
    reader: Reader, before: Challenge, ahead: Ahead, what: str, *, paused: bool = False
) -> str:
    """From when on it holds: `From Thu 26 Nov: 18:00, Berlin. Today's stays open until then.`.

    `before` is the challenge as it was: by it goes what is open.
    """
    if paused or ahead.next is None:
        return say(reader, "Once it goes on: {what}.", what=md(what))
    start = say(reader, "From {day}: {what}.", day=words.short(ahead.next[0]), what=md(what))
    return f"{start} {stays(reader, before, ahead)}".rstrip()


def stays(reader: Reader, challenge: Challenge, ahead: Ahead) -> str:
    """What becomes of the question that is open."""
    if ahead.open is None:
        return ""
    whose = (
        say(reader, "Today's")
        if ahead.open == ahead.today
        else say(reader, "That of {day}", day=words.short(ahead.open))
    )
    if challenge.reveal == "next":
        return say(reader, "{whose} stays open until then.", whose=whose)
    return say(reader, "{whose} stays as it is.", whose=whose)


def todays(reader: Reader, challenge: Challenge, ahead: Ahead) -> str:
    """Today's is posted now."""
    now = say(reader, "Today's is on its way.")
    return now if challenge.paused else f"{now} {comes(reader, challenge, ahead)}"


def paused(reader: Reader, ahead: Ahead) -> str:
    """Nothing more is posted."""
    text = say(reader, "Paused: nothing is posted until it goes on.")
    if ahead.open is None:
        return text
    return text + say(reader, " What is open can be answered, and its answer is shown as planned.")


def skipped(reader: Reader, day: date, challenge: Challenge, ahead: Ahead) -> str:
    """A date is left out."""
    text = say(reader, "{day} is left out.", day=words.short(day))
    return text if challenge.paused else f"{text} {comes(reader, challenge, ahead)}"


def unskipped(reader: Reader, challenge: Challenge, day: date, over: datetime | None) -> str:
    """A date is not left out any more; `over` is its time, where that has passed."""
    if over is None:
        return say(reader, "{day} is posted after all.", day=words.short(day))
    at = f"{over.astimezone(ZoneInfo(challenge.zone)):%H:%M}"
    sentence = (
        "{day} is not left out any more, but its time, {at}, is over. To have it all the same, "
        "press Back, then Post today's now."
    )
    return say(reader, sentence, day=words.short(day), at=at)


def added(reader: Reader, place: str, here: str) -> str:
    """One more channel."""
    name = places.name(reader, place, here)
    return say(
        reader,
        "From the next one on also in {name}: the same question, shown and answered at the same "
        "moments. A person answers once, wherever.",
        name=name,
    )


def removed(reader: Reader, place: str, here: str) -> str:
    """One channel fewer."""
    name = places.name(reader, place, here)
    return say(reader, "No more dailies in {name}. What was posted there stays.", name=name)


def retried(reader: Reader, lost: tuple[str, ...], here: str) -> str:
    """Lost channels are tried again."""
    names = places.names(reader, lost, here)
    return say(reader, "I try again in {names} when the next one comes.", names=names)


def ended(reader: Reader, ahead: Ahead) -> str:
    """It is over."""
    text = say(reader, "Ended: nothing more is posted. Points and past questions stay.")
    if ahead.open is None:
        return text
    return text + say(reader, " What is open can be answered, and its answer is shown as planned.")


def rests(reader: Reader, rest: tuple[int, ...]) -> str:
    """The rest days of the community follow."""
    if not rest:
        return say(reader, "There are no rest days here any more: each day has a daily.")
    return say(
        reader,
        "Rest days here are now {days}: they keep a streak and add nothing.",
        days=shown.weekdays(rest),
    )


def zoned(reader: Reader, zone: str) -> str:
    """The community's zone is the first challenge's."""
    return say(
        reader, "Days and weeks here are counted in {city} time from now on.", city=city(zone)
    )


def lacks(reader: Reader, missing: Missing, *, refused: bool = False) -> str:
    """Everything the bot may not do there, at once."""
    if not missing:
        return ""
    if refused:
        head = say(reader, "Nothing was posted. What I lack first:")
    elif all(_optional(one) for one in missing):
        head = say(reader, "I can post. What I lack:")
    else:
        head = say(reader, "What I lack before I can post:")
    return lines(head, *(say(reader, "- {one}", one=one) for one in missing))


def _optional(one: str | Md) -> bool:
    return OPTIONAL in (one.text if isinstance(one, Md) else one)


def lacks_in(reader: Reader, place: str, missing: Missing, here: str) -> Missing:
    """The same sentences, each with the channel it is about."""
    name = places.name(reader, place, here)
    return tuple(md(say(reader, "{name}: {one}", name=name, one=one)) for one in missing)


def not_here(reader: Reader) -> str:
    """A challenge belongs to a channel."""
    return say(
        reader,
        "A daily is posted in a channel. Type `{how}` in the channel that shall have it.",
        how=md(shown.command(reader, "challenge")),
    )


def no_words(reader: Reader, typed: str) -> str:
    """Nothing is typed after the command but a channel."""
    return say(
        reader,
        "I take no words here, such as {typed}. Type `{how}` alone: it shows the challenge, and "
        "Change sets time, weekdays, areas and the rest. For another channel, type it there.",
        typed=f'"{typed[:40]}"',
        how=md(shown.command(reader, "challenge")),
    )


def gone(reader: Reader) -> str:
    """A challenge that has ended or was never here."""
    return say(
        reader,
        "This challenge has ended. Type `{how}` to see what there is.",
        how=md(shown.command(reader, "challenge")),
    )


def stands(reader: Reader) -> str:
    """The proposal was taken up already."""
    return say(reader, "This channel has its challenge already. Here it is.")


def too_many(reader: Reader, most: int) -> str:
    """There is room for so many."""
    return say(
        reader,
        "A community has at most {most} challenges. End one of them first, or add this channel to "
        "one.",
        most=most,
    )


def many_places(reader: Reader, most: int) -> str:
    """There is room for so many channels."""
    return say(reader, "A challenge has at most {most} channels.", most=most)


def no_post(reader: Reader, why: str) -> str:
    """Why nothing can be posted now."""
    sentences = {
        "stands": "Today's is posted already: one question a day. See What comes.",
        "alone": "I have too few questions that fit to show another one. Widen areas or level.",
        "empty": "I have no question that fits this challenge. Widen its areas, level or types.",
        "nowhere": "It has no channel to post in. Press Channels to add one.",
        "lost": "None of its channels takes my posts. Press Channels to try them again.",
    }
    return say(reader, sentences[why])


def last_place(reader: Reader) -> str:
    """A challenge needs a channel."""
    return say(reader, "That is its only channel. Press End to stop the challenge.")


def thin(reader: Reader) -> str:
    """Nothing fits what was chosen."""
    return say(reader, "No question fits that now: days on which none does are left out and said.")

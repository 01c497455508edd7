"""The challenge as its admin sees it: what stands, in sentences, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.days import city
from bot.store.community import Challenge
from bot.views import challenge_said as said
from bot.views import challenge_words as words
from bot.views import places
from questions.areas import Areas


class Overview(Struct, frozen=True, kw_only=True):
    """A challenge with what a card says of it.

    `begun` tells that it has posted or will. `open` is the id of the daily that can be answered,
    `posted` whether today's is posted.
    `here` is the channel in which the card is read, with `seal` as parts of a token. `quiet` are
    the quiet hours in which it posts, if it does.
    """

    challenge: Challenge
    areas: Areas
    ahead: said.Ahead = said.Ahead()
    begun: bool = True
    open: str = ""
    posted: bool = False
    here: str = ""
    seal: tuple[str, str] = ("", "")
    several: bool = False
    quiet: tuple[str, ...] = ()


def proposal(
    reader: Reader,
    overview: Overview,
    missing: said.Missing,
    start: date | None,
    *,
    refused: bool = False,
) -> Card:
    """What would be set up here; nothing is saved yet."""
    challenge, seal = overview.challenge, (*overview.seal, overview.challenge.id)
    rows = [
        _row(Button("Preview for me", make("challenge-preview", "-", *seal))),
        _row(
            Button("Post the first now", make("challenge-begin", "now", *seal), "primary"),
            Button(_start(overview, start), make("challenge-begin", "next", *seal)),
        ),
        _row(
            Button("Change...", make("challenge-new", *seal)),
            *([Button("The others", make("challenge-list"))] if overview.several else []),
        ),
    ]
    return Card(
        view="challenge-proposal",
        title="A daily challenge, as I propose it",
        text=paragraphs(
            lines(*(f"- {one}" for one in _sentences(reader, overview))),
            _zoneless(reader, challenge),
            said.lacks(reader, missing, refused=refused),
        ),
        rows=tuple(rows),
        note=say(reader, "Only you see this, and nothing is saved before you press."),
        tone="near" if missing else "plain",
    )


def _zoneless(reader: Reader, challenge: Challenge) -> str:
    if city(challenge.zone) != "UTC":
        return ""
    return say(reader, "Nobody has set a zone here: Change sets time and zone.")


def card(
    reader: Reader,
    overview: Overview,
    effect: str = "",
    missing: said.Missing = (),
    *,
    refused: bool = False,
) -> Card:
    """What stands, in sentences, under the effect of what was just done."""
    challenge = overview.challenge
    return Card(
        view="challenge",
        title=say(reader, "Daily challenge · {time}", time=words.time(challenge)),
        text=paragraphs(
            effect,
            said.lacks(reader, missing, refused=refused),
            lines(*(f"- {one}" for one in _sentences(reader, overview))),
        ),
        rows=tuple(_buttons(overview)),
        tone="near" if missing else "plain",
    )


def _sentences(reader: Reader, overview: Overview) -> Iterator[str]:
    challenge = overview.challenge
    where = places.names(reader, challenge.places, overview.here)
    yield say(
        reader,
        "{state}{days} at {time}, in {where}",
        state=md(_state(reader, overview)),
        days=words.weekdays(reader, challenge.weekdays),
        time=words.time(challenge),
        where=where,
    )
    about = say(
        reader,
        "{areas}; {levels}",
        areas=words.areas(reader, challenge.areas, overview.areas),
        levels=words.levels(reader, challenge),
    )
    yield about[:1].upper() + about[1:]
    yield say(reader, "Asks for {kinds}", kinds=words.kinds(reader, challenge.types))
    yield words.reveal(reader, challenge.reveal)
    yield say(reader, "It pings nobody")
    if overview.quiet:
        yield say(
            reader,
            "Its time lies in the quiet hours, {a} to {b}: they hold for games, not for dailies",
            a=overview.quiet[0],
            b=overview.quiet[1],
        )
    yield from _news(reader, overview)


def _state(reader: Reader, overview: Overview) -> str:
    if not overview.challenge.paused:
        return say(reader, "Posted ")
    if overview.begun:
        return say(reader, "**Paused.** Else posted ")
    return say(reader, "**Not started yet.** To be posted ")


def _news(reader: Reader, overview: Overview) -> Iterator[str]:
    challenge, ahead = overview.challenge, overview.ahead
    if challenge.skips:
        dates = ", ".join(words.short(day) for day in challenge.skips)
        yield say(reader, "Left out: {dates}", dates=dates)
    if challenge.lost:
        names = places.names(reader, challenge.lost, overview.here)
        yield say(
            reader,
            "✗ I could not post in {names} any more. Mend it there, then press Channels",
            names=names,
        )
    if overview.open and ahead.open:
        yield say(reader, "The question of {day} is open", day=words.short(ahead.open))
    if not challenge.paused and ahead.next:
        yield say(
            reader,
            "Next: {when}, {city}; {level}",
            when=words.at(reader, ahead.next[1], challenge.zone, ahead.next[0]),
            city=city(challenge.zone),
            level=challenge.levels[ahead.next[0].weekday()],
        )


def _row(*buttons: Button) -> tuple[Button, ...]:
    return buttons


def _start(overview: Overview, start: date | None) -> str:
    """`Start tomorrow`, or the day on which it would."""
    today = overview.ahead.today
    if start is None or today is None or (start - today).days <= 1:
        return "Start tomorrow"
    return f"Start {words.short(start)}"


def _buttons(overview: Overview) -> Iterator[tuple[Button, ...]]:
    own = overview.challenge.id
    yield _row(
        Button("Change...", make("challenge-change", own)),
        Button("Channels", make("challenge-places", own, *overview.seal)),
        Button("What comes", make("challenge-comes", own)),
    )
    now = Button("Post today's now", make("challenge-today", own))
    today = () if overview.posted else (now,)
    if not overview.begun:
        yield _row(
            Button("Preview for me", make("challenge-preview", own)),
            Button("Post the first now", make("challenge-today", own), "primary"),
            Button("Start", make("challenge-on", own)),
        )
    else:
        yield _row(
            Button("Go on", make("challenge-on", own), "primary")
            if overview.challenge.paused
            else Button("Pause", make("challenge-pause", own)),
            Button("Skip a date", make("challenge-skip", own, form=True)),
            *today,
        )
    yield from _rest(overview)


def _rest(overview: Overview) -> Iterator[tuple[Button, ...]]:
    own = overview.challenge.id
    if overview.begun:
        preview = Button("Preview for me", make("challenge-preview", own))
        yield (preview, *_withdraw(overview))
    new = make("challenge-propose", *overview.seal)
    yield (
        Button("End", make("challenge-end", own), "danger"),
        *([Button("New challenge", new)] if overview.here else []),
        *([Button("The others", make("challenge-list"))] if overview.several else []),
    )


def _withdraw(overview: Overview) -> tuple[Button, ...]:
    """For the question that is open, by its date: it may be one of days ago."""
    if not overview.open or overview.ahead.open is None:
        return ()
    token = make("daily-withdraw", overview.open, form=True)
    label = f"Withdraw the question of {words.short(overview.ahead.open)}"
    return (Button(label, token, "danger"),)


def preview(reader: Reader, post: Card) -> Card:
    """A post as it would look, with another question and nothing to press."""
    note = say(
        reader,
        "A preview, only for you: the real one asks another question and has its buttons.",
    )
    return Card(
        view="challenge-preview",
        title=post.title,
        text=post.text,
        links=post.links,
        picture=post.picture,
        note="\n".join(part for part in (post.note, note) if part),
        to="private",
    )

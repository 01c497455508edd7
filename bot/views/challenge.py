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


class Standing(Struct, frozen=True, kw_only=True):
    """A challenge with what a card says of it.

    `begun` tells that it has posted or will. `open` is the id of the daily that can be answered,
    `posted` whether today's is posted.
    `here` is the channel in which the card is read, with `seal` as parts of a token.
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


def proposal(
    reader: Reader,
    standing: Standing,
    missing: said.Missing,
    start: date | None,
    *,
    refused: bool = False,
) -> Card:
    """What would be set up here; nothing is saved yet."""
    challenge, seal = standing.challenge, (*standing.seal, standing.challenge.id)
    rows = [
        _row(Button("Preview for me", make("challenge-preview", "-", *seal))),
        _row(
            Button("Post the first now", make("challenge-begin", "now", *seal), "primary"),
            Button(_start(standing, start), make("challenge-begin", "next", *seal)),
        ),
        _row(
            Button("Change...", make("challenge-new", *seal)),
            *([Button("The others", make("challenge-list"))] if standing.several else []),
        ),
    ]
    return Card(
        view="challenge-proposal",
        title="A daily challenge, as I propose it",
        text=paragraphs(
            lines(*(f"- {one}" for one in _sentences(reader, standing))),
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
    standing: Standing,
    effect: str = "",
    missing: said.Missing = (),
    *,
    refused: bool = False,
) -> Card:
    """What stands, in sentences, under the effect of what was just done."""
    challenge = standing.challenge
    return Card(
        view="challenge",
        title=say(reader, "Daily challenge · {time}", time=words.time(challenge)),
        text=paragraphs(
            effect,
            said.lacks(reader, missing, refused=refused),
            lines(*(f"- {one}" for one in _sentences(reader, standing))),
        ),
        rows=tuple(_buttons(standing)),
        tone="near" if missing else "plain",
    )


def _sentences(reader: Reader, standing: Standing) -> Iterator[str]:
    challenge = standing.challenge
    where = places.names(reader, challenge.places, standing.here)
    yield say(
        reader,
        "{state}{days} at {time}, in {where}",
        state=md(_state(reader, standing)),
        days=words.weekdays(reader, challenge.weekdays),
        time=words.time(challenge),
        where=where,
    )
    about = say(
        reader,
        "{areas}; {levels}",
        areas=words.areas(reader, challenge.areas, standing.areas),
        levels=words.levels(reader, challenge),
    )
    yield about[:1].upper() + about[1:]
    yield say(reader, "Asks for {kinds}", kinds=words.kinds(reader, challenge.types))
    yield words.reveal(reader, challenge.reveal)
    yield say(reader, "It pings nobody")
    yield from _news(reader, standing)


def _state(reader: Reader, standing: Standing) -> str:
    if not standing.challenge.paused:
        return say(reader, "Posted ")
    if standing.begun:
        return say(reader, "**Paused.** Else posted ")
    return say(reader, "**Not started yet.** To be posted ")


def _news(reader: Reader, standing: Standing) -> Iterator[str]:
    challenge, ahead = standing.challenge, standing.ahead
    if challenge.skips:
        dates = ", ".join(words.short(day) for day in challenge.skips)
        yield say(reader, "Left out: {dates}", dates=dates)
    if challenge.lost:
        names = places.names(reader, challenge.lost, standing.here)
        yield say(
            reader,
            "✗ I could not post in {names} any more. Mend it there, then press Places",
            names=names,
        )
    if standing.open and ahead.open:
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


def _start(standing: Standing, start: date | None) -> str:
    """`Start tomorrow`, or the day on which it would."""
    today = standing.ahead.today
    if start is None or today is None or (start - today).days <= 1:
        return "Start tomorrow"
    return f"Start {words.short(start)}"


def _buttons(standing: Standing) -> Iterator[tuple[Button, ...]]:
    own = standing.challenge.id
    yield _row(
        Button("Change...", make("challenge-change", own)),
        Button("Places", make("challenge-places", own, *standing.seal)),
        Button("What comes", make("challenge-comes", own)),
    )
    now = Button("Post today's now", make("challenge-today", own))
    today = () if standing.posted else (now,)
    if not standing.begun:
        yield _row(
            Button("Preview for me", make("challenge-preview", own)),
            Button("Post the first now", make("challenge-today", own), "primary"),
            Button("Start", make("challenge-on", own)),
        )
    else:
        yield _row(
            Button("Go on", make("challenge-on", own), "primary")
            if standing.challenge.paused
            else Button("Pause", make("challenge-pause", own)),
            Button("Skip a date", make("challenge-skip", own, form=True)),
            *today,
        )
    yield from _rest(standing)


def _rest(standing: Standing) -> Iterator[tuple[Button, ...]]:
    own = standing.challenge.id
    if standing.begun:
        preview = Button("Preview for me", make("challenge-preview", own))
        withdraw = make("daily-withdraw", standing.open, form=True) if standing.open else ""
        drop = (Button("Withdraw today's question", withdraw, "danger"),) if withdraw else ()
        yield (preview, *drop)
    new = make("challenge-propose", *standing.seal)
    yield (
        Button("End", make("challenge-end", own), "danger"),
        *([Button("New challenge", new)] if standing.here else []),
        *([Button("The others", make("challenge-list"))] if standing.several else []),
    )


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

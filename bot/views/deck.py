"""Flash cards of questions: what is asked on the front, the key and its reasons on the back."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bot.chat.cards import Card, File
from bot.chat.decks import Deck, Note, Source
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.text import flow
from bot.store.rows import Asked
from bot.views import explained, shown
from bot.views.question import prompt
from questions.model import Case, Choice, Item, Match, Number, Order

TITLE = "Sparring: missed"
FILE = "sparring-missed.apkg"
MEDIA = "application/octet-stream"  # .apkg has no media type of its own


def note(reader: Reader, item: Item, asked: Asked) -> Note:
    """A question in the order in which it was asked."""
    source = next(iter(item.sources), None)
    return Note(
        id=f"{item.owner}/{item.id}/{item.seed}",
        front=paragraphs(prompt(item), *_asked(reader, item, asked)),
        back=paragraphs(_key(reader, item), explained.reasons(reader, item, asked)),
        source=Source(f"{source.title}, {source.section}", source.url) if source else None,
        labels=(item.area, f"{item.area}::{item.topic}", item.level),
    )


def card(reader: Reader, deck: Deck, more: int) -> Card:
    """The file; `more` counts older ones that are not in it."""
    notes = count(len(deck.notes), "question you missed is", "questions you missed are")
    left = say(reader, "The oldest {n} do not fit.", n=more) if more else ""
    text = say(
        reader,
        "{n} in the file, each with its answer, the reasons and the source. Open it in Anki; "
        "a newer file brings its cards up to date and keeps what Anki knows of them.",
        n=notes,
    )
    file = File(FILE, media=MEDIA, deck=deck)
    return Card(
        view="progress-anki", title="For Anki", text=lines(text, left), file=file, to="private"
    )


def none(reader: Reader) -> str:
    """Nothing to be packed."""
    how = md(shown.command(reader, "quiz"))
    return say(reader, "There is no missed question to put into a deck yet. `{how}` asks.", how=how)


def _asked(reader: Reader, item: Item, asked: Asked) -> Iterator[str]:
    match item.body:
        case Choice() | Order():
            yield _things(item, asked)
        case Match(pairs=pairs):
            yield lines(*(f"{n}. {pair.left}" for n, pair in enumerate(pairs, 1)))
            yield _things(item, asked)
        case Case(steps=steps):
            for number, step in enumerate(steps):
                ask = say(reader, "**Step {n}.** {ask}", n=number + 1, ask=md(flow(step.ask)))
                yield lines(ask, _things(item, replace(asked, step=number)))
        case Number(unit=unit) if unit:
            yield say(reader, "Answer with a number (unit: {unit}).", unit=unit)
        case _:
            pass


def _things(item: Item, asked: Asked) -> str:
    return lines(*(f"{thing.letter}) {thing.text}" for thing in shown.things(item, asked)))


def _key(reader: Reader, item: Item) -> str:
    if not isinstance(item.body, Number):
        return ""  # it stands among the reasons
    number = f"{item.body.answer} {item.body.unit}".strip()
    return say(reader, "**Answer:** {number}", number=number)

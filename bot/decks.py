"""Decks for Anki: notes as an .apkg, which is a zip around an SQLite file."""

from __future__ import annotations

import itertools
import sqlite3
import zipfile
from contextlib import closing
from html import escape
from io import BytesIO
from typing import Final

import genanki

from bot.chat.decks import Deck, Note, Source
from bot.chat.text import Fence, Span, blocks, place_words

# Anki knows decks and kinds of notes by their numbers; ours were drawn once and stay.
DECK: Final = 1_763_821_447
KIND: Final = 1_402_957_331
FIELDS: Final = ("Question", "Answer", "Source")
FRONT: Final = "{{Question}}"
BACK: Final = '{{FrontSide}}<hr id="answer">{{Answer}}<p class="source">{{Source}}</p>'
STYLE: Final = (
    ".card {font: 18px/1.45 sans-serif; text-align: left; max-width: 42em; margin: 0 auto}"
    " pre {font: 15px/1.4 monospace; white-space: pre-wrap; padding: 8px; border: 1px solid #8888}"
    " code {font-family: monospace} .source {font-size: 14px}"
)
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # of zip files: the same deck gives the same bytes


def packed(deck: Deck) -> bytes:
    """Pack a deck: the same one gives the same bytes. It takes long: never on the event loop."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in (("collection.anki2", _collection(deck)), ("media", b"{}")):
            about = zipfile.ZipInfo(name, EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(about, data)
    return out.getvalue()


def _collection(deck: Deck) -> bytes:
    kind = genanki.Model(
        KIND,
        "Sparring",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    made = genanki.Deck(DECK, deck.title)
    for note in deck.notes:
        made.add_note(_note(kind, note))
    seconds = deck.at.timestamp()
    with closing(sqlite3.connect(":memory:")) as base:
        genanki.Package(made).write_to_db(
            base.cursor(), seconds, itertools.count(int(seconds * 1000))
        )
        base.commit()
        return base.serialize()


def _note(kind: genanki.Model, note: Note) -> genanki.Note:
    return genanki.Note(
        model=kind,
        fields=[html(note.front), html(note.back), _source(note.source)],
        guid=genanki.guid_for("sparring", note.id),
        tags=list(note.labels),
    )


def _source(source: Source | None) -> str:
    if source is None or not source.url.startswith("https://"):
        return escape(source.label) if source else ""
    return f'<a href="{escape(source.url)}">{escape(source.label)}</a>'


def html(text: str) -> str:
    """The subset as HTML in which nothing is live."""
    return "".join(
        f"<pre>{escape(block.code)}</pre>"
        if isinstance(block, Fence)
        else f"<p>{''.join(map(_span, block.spans))}</p>"
        for block in blocks(text)
    )


def _span(span: Span) -> str:
    said = escape(place_words(span.text) if span.kind == "place" else span.text)
    match span.kind:
        case "bold":
            return f"<b>{said}</b>"
        case "code":
            return f"<code>{said}</code>"
        case _:
            return said.replace("\n", "<br>")

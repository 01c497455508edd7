"""Cards as messages and forms as modals: golden payloads, limits, hostile texts everywhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import words
from adapters.discord.forms import modal
from adapters.discord.render import COMPONENTS_V2, EPHEMERAL, message, token
from bot.chat.cards import Button, Card, Choice, Field, FieldKind, Form, Link, Picture, Select
from bot.chat.say import Reader, say
from bot.chat.text import fence, plain
from tests.adapters.discord.drill import PNG
from tests.adapters.discord.gallery import CARDS, FORMS
from tests.adapters.discord.hostile import TEXTS, live
from tests.adapters.discord.rules import DOCUMENT, Json, complaints, walk

GOLDEN = Path(__file__).with_name("golden")
SEND, OPEN = 4, 9
needs_document = pytest.mark.skipif(
    not DOCUMENT.exists(), reason="../shared/platforms/discord-openapi.json is not there"
)


def _golden(name: str, drawn: Any) -> None:
    path = GOLDEN / f"{name}.json"
    if os.environ.get("SPARRING_GOLDEN"):
        path.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n")
    assert drawn == json.loads(path.read_text())


def _faults(kind: int, data: Json, files: tuple[str, ...] = ()) -> list[str]:
    return complaints("POST", "/interactions/1/t/callback", {"type": kind, "data": data}, files)


@pytest.mark.parametrize("name", CARDS)
def test_golden_card(name: str) -> None:
    """
    A card is drawn as it was drawn when somebody looked at its picture.
    """
    _golden(name, message(CARDS[name]).body)


@pytest.mark.parametrize("name", FORMS)
def test_golden_form(name: str) -> None:
    """
    A form is drawn as it was drawn when somebody looked at its picture.
    """
    _golden(name, modal(FORMS[name]))


def test_every_golden_file_is_of_a_card() -> None:
    """
    No payload is left of a card that is gone.
    """
    assert {path.stem for path in GOLDEN.glob("*.json")} == {*CARDS, *FORMS}


@needs_document
@pytest.mark.parametrize("name", [*CARDS, *FORMS])
def test_discord_would_take_it(name: str) -> None:
    """
    Every golden payload is one that Discord accepts.
    """
    if name in FORMS:
        assert _faults(OPEN, modal(FORMS[name])) == []
        return
    drawn = message(CARDS[name])
    assert _faults(SEND, drawn.body, tuple(file for file, _ in drawn.files)) == []


def test_only_for_one() -> None:
    """
    Private is a flag of the message; Components V2 always is.
    """
    assert message(CARDS["daily-open"]).body["flags"] == COMPONENTS_V2
    assert message(CARDS["daily-open"], private=True).body["flags"] == COMPONENTS_V2 | EPHEMERAL


def test_the_smallest_card() -> None:
    """
    A card without anything still is a message.
    """
    assert message(Card(view="x")).body == {
        "flags": COMPONENTS_V2,
        "components": [{"type": 10, "content": "…"}],
        "allowed_mentions": {"parse": []},
        "attachments": [],
    }


def test_the_same_token_twice() -> None:
    """
    Two buttons with one token have two custom ids that lead to it.
    """
    row = (Button("Yes", "next:1"), Button("Also yes", "next:1"))
    [_, drawn] = message(Card(view="x", text="x", rows=(row,))).body["components"]
    ids = [button["custom_id"] for button in drawn["components"]]

    assert ids == ["next:1", "next:1#2"]
    assert [token(one) for one in ids] == ["next:1", "next:1"]


def _largest() -> Card:
    rows = tuple(tuple(Button("b" * 90, f"b:{r}:{b}") for b in range(7)) for r in range(6))
    choices = tuple(Choice("c" * 200, f"c{n % 28}", "d" * 200) for n in range(30))
    return Card(
        view="x",
        title="t" * 900,
        text=plain("*") * 6000,
        rows=rows,
        note="n" * 3000,
        tone="bad",
        select=Select("select", "p" * 200, choices),
        links=tuple(Link("l" * 300, "https://a.example/" + "u" * 300) for _ in range(9)),
        picture=Picture(PNG, "a" * 2000),
    )


@needs_document
def test_the_largest_card() -> None:
    """
    A card that breaks every limit is cut where it can be seen, and accepted.
    """
    drawn = message(_largest())
    parts = list(walk(drawn.body["components"]))
    text = next(part["content"] for part in parts if part["type"] == 10)

    assert _faults(SEND, drawn.body, ("picture.png",)) == []
    assert "cut here" in text
    assert "more buttons do not fit here" in text
    assert len([part for part in parts if part["type"] == 2]) > 25


@needs_document
def test_the_largest_form() -> None:
    """
    A form that breaks every limit is cut where it can be seen, and accepted.
    """
    choices = tuple(Choice("c" * 200, f"c{n}", "d" * 200) for n in range(30))
    kinds: list[tuple[FieldKind, int]] = [
        ("text", 0),
        ("long", 0),
        ("select", 30),
        ("checkboxes", 9),
        ("checkboxes", 30),
    ]
    fields = tuple(
        Field(
            id=f"f{n}",
            label="l" * 90,
            kind=kind,
            hint="h" * 300,
            limit=9000,
            start="s" * 9000,
            choices=choices[:many],
        )
        for n, (kind, many) in enumerate(kinds)
    )
    for several in (fields, fields[:4]):
        drawn = modal(
            Form(view="x", token="!t" * 50, title="t" * 90, text="w " * 4000, fields=several)
        )
        assert _faults(OPEN, drawn) == []
        assert "…" in json.dumps(drawn["components"][0], ensure_ascii=False)


def test_five_fields_keep_the_question_in_small_print() -> None:
    """
    Where the text has no place of its own it is cut into the first field's description.
    """
    fields = tuple(Field(id=f"f{n}", label=f"Field {n}") for n in range(5))
    drawn = modal(Form(view="x", token="!t", title="t", text="**What** is it?", fields=fields))

    assert len(drawn["components"]) == 5
    assert drawn["components"][0]["description"] == "What is it?"
    assert "description" not in drawn["components"][1]


def _everywhere(text: str) -> Iterator[Any]:
    said = say(Reader(), "Hello {name}, you said {it}.", name=text, it=plain(text))
    row = (Button(text, "press"),)
    picture = Picture(PNG, text)
    choices = (Choice(text, "a", text), Choice("b", "b"))
    yield message(Card(view="x", title=text, text=said, rows=(row,), note=text, tone="good")).body
    yield message(Card(view="x", text=fence(text), links=(Link(text, "https://a.example"),))).body
    yield message(Card(view="x", text=f"**{plain(text)}**", picture=picture)).body
    yield message(Card(view="x", select=Select("s", text, choices))).body
    yield message(words.unsent("!t", None, {text: text}, {"a": text})).body
    fields = (
        Field(id="a", label=text, hint=text, start=text[:9]),
        Field(id="b", label="b", kind="checkboxes", choices=choices),
    )
    yield modal(Form(view="x", token="!t", title=text, text=plain(text), fields=fields))


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_at_every_place(text: str) -> None:
    """
    Wherever a text can stand, nothing of it is live, and no message may mention anybody.
    """
    ours = ("### ", "-# ", "**")
    for drawn in _everywhere(text):
        assert drawn.get("allowed_mentions", {"parse": []}) == {"parse": []}
        assert "content" not in drawn
        for part in walk(drawn["components"]):
            if part["type"] == 10:
                words_only = part["content"].replace("](https://a.example)", "")
                found = [one for one in live(words_only) if one not in ours]
                assert found == [], part["content"]


@needs_document
@pytest.mark.parametrize("text", TEXTS[::3])
def test_hostile_texts_are_accepted(text: str) -> None:
    """
    Discord accepts what is drawn of hostile texts: no label is empty, nothing too long.
    """
    for drawn in _everywhere(text):
        kind = OPEN if "title" in drawn else SEND
        files = tuple(one["filename"] for one in drawn.get("attachments", []))
        assert _faults(kind, drawn, files) == []

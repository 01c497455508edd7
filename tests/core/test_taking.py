"""What a person takes along: the learning state as JSON, missed questions as a deck for Anki."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.decks import Deck, Note, Source
from bot.decks import EPOCH, html, packed
from bot.features.taking import PLAYING
from bot.views.shown import authored
from questions.model import Item
from tests import bank, jailed_items
from tests.daily.setting import Here, answers
from tests.games.channel import Playing, questions
from tests.sampling.progress import DECK
from tests.stage import Actor, Stage

ITEMS = (*bank.ITEMS, *bank.many(20), *jailed_items.RUN)


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation with a question of each type, and many to press."""
    one = Stage(url, bank.collection(ITEMS))
    yield one
    await one.close()


def opened(data: bytes) -> list[tuple[str, list[str], list[str]]]:
    """Each note of an .apkg: its id in Anki, its fields, its tags."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert json.loads(file.read("media")) == {}
        collection = file.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(collection)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        notes = base.execute("SELECT guid, flds, tags FROM notes ORDER BY id").fetchall()
        (cards,) = base.execute("SELECT count(*) FROM cards").fetchone()
    assert cards == len(notes)
    return [(guid, fields.split("\x1f"), tags.split()) for guid, fields, tags in notes]


async def misses(actor: Actor, kind: str) -> None:
    """Ask for one question of a type and say that one does not know."""
    await actor.says(f"type:{kind} 1")
    await actor.presses("Don't know")
    await actor.presses("Finish")


async def deck(actor: Actor) -> list[tuple[str, list[str], list[str]]]:
    card = await actor.says("progress anki")
    assert card.file is not None, card.text
    return opened(card.file.content)


def ids(card: Card) -> set[str]:
    """The questions of a deck."""
    assert card.file is not None
    assert card.file.deck is not None
    return {note.id.split("/")[1] for note in card.file.deck.notes}


async def test_the_learning_state_is_one_json_file(ada: Actor) -> None:
    """It holds what is believed, when questions come back, the streak and the days."""
    await misses(ada, "short")
    card = await ada.says("progress export")
    assert card.to == "private"
    assert card.file is not None
    assert (card.file.name, card.file.media) == ("sparring-learning.json", "application/json")
    state = json.loads(card.file.content)
    assert (state["answers"], state["streak"]["days"]) == (1, 1)
    assert state["ability"]["areas"][bank.SHORT.area]["n"] == 1
    assert [one["item"] for one in state["questions"]] == [bank.SHORT.id]
    assert [(one["area"], one["answered"], one["right"]) for one in state["days"]] == [
        (bank.SHORT.area, 1, 0)
    ]


async def test_the_deck_holds_exactly_what_was_missed(ada: Actor, stage: Stage) -> None:
    """Each missed question once, with its key; none answered right, none of somebody else."""
    kinds = ("single", "multi", "output", "numeric", "short", "order", "match", "case", "open")
    other = stage.person("ben")
    await misses(other, "short")
    await ada.says("databases type:single 1")
    await ada.presses(ada.letter("Both succeed"))
    await ada.presses("Finish")
    for kind in kinds[2:]:
        await misses(ada, kind)
    notes = await deck(ada)
    assert len(notes) == len(kinds) - 2
    assert {tags[2] for _, _, tags in notes} <= {"junior", "mid", "senior"}
    card = await ada.says("progress anki")
    assert ids(card) == {bank.BY_TYPE[kind].id for kind in kinds[2:]}  # type: ignore[index]  # its types
    fronts = " ".join(fields[0] for _, fields, _ in notes)
    backs = " ".join(fields[1] for _, fields, _ in notes)
    assert "git reflog" in backs
    assert "git reflog" not in fronts
    assert all(fields[2].startswith('<a href="https://') for _, fields, _ in notes)


async def test_a_question_missed_twice_is_one_note(ada: Actor, stage: Stage) -> None:
    """The deck has a note for a question, and the same note at the next export."""
    await misses(ada, "short")
    first = await deck(ada)
    stage.clock.forward(days=2)
    await misses(ada, "short")
    second = await deck(ada)
    assert [guid for guid, _, _ in second] == [guid for guid, _, _ in first]
    assert len(second) == 1


async def test_nothing_missed_is_said(ada: Actor) -> None:
    """An empty deck is not sent."""
    assert "no missed question" in (await ada.says("progress anki")).text
    assert "I can `export`" in (await ada.says("progress everything")).text


async def test_an_open_daily_is_never_in_a_deck(stage: Stage, ada: Actor) -> None:
    """Whoever missed it gets it after the reveal: not before, and from no other community."""
    here = Here(stage)
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada, "deadlock")
    (daily,) = await here.dailies()
    assert daily.ref is not None
    await here.at(24, 12)
    alone = stage.person("ada", community="")
    for whoever in (ada, alone):
        assert "no missed question" in (await whoever.says("progress anki")).text
    await misses(alone, "short")
    assert ids(await alone.says("progress anki")) == {bank.SHORT.id}
    await here.at(25, 9)
    assert ids(await alone.says("progress anki")) == {bank.SHORT.id, daily.ref.id}


async def test_a_running_game_tells_nothing(tmp_path: Path) -> None:
    """What a game asks is in a deck once nobody can answer it any more."""
    playing = Playing(Stage(tmp_path / "game.db", questions(12)))
    ada = playing.player("ada")
    await playing.begins(ada)
    await ada.answers("deadlock", after=5)
    assert "no missed question" in (await ada.says("progress anki")).text
    await playing.forward(PLAYING.total_seconds() + 5)
    assert len(ids(await ada.says("progress anki"))) == 1
    await playing.stage.close()


async def test_a_running_interview_tells_nothing(tmp_path: Path) -> None:
    """What an interview asked is in a deck once it is over."""
    areas = ("databases", "concurrency", "sql", "caching")
    opens = (replace(bank.OPEN, id=f"open-{n}", hash=f"o{n}", area=a) for n, a in enumerate(areas))
    stage = Stage(tmp_path / "interview.db", bank.collection((*bank.many(12), *opens)))
    ada = stage.person("ada")
    await ada.says("interview backend")
    await ada.presses("Don't know")
    assert "no missed question" in (await stage.person("ada").says("progress anki")).text
    while ada.card and "Don't know" in [button.label for button in ada.card.buttons]:
        await ada.presses("Don't know")
    assert "in the file" in (await ada.says("progress anki")).text
    await stage.close()


def test_the_same_deck_gives_the_same_bytes() -> None:
    """A deck is packed the same way each time, however late."""
    data = packed(DECK)
    assert packed(replace(DECK)) == data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {one.date_time for one in file.infolist()} == {EPOCH}


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "{{Answer}} <b>", "a & b < c"])
def test_nothing_is_live_in_a_note(evil: str) -> None:
    """Text of a question stands for itself: it is no HTML of the card."""
    assert "<script" not in html(evil)
    note = Note(id="x", front=evil, back=f"```\n{evil}\n```", source=Source(evil, "javascript:x"))
    ((_, fields, _),) = opened(packed(Deck("x", DECK.at, (note,))))
    assert all("<script" not in field and "javascript" not in field for field in fields)


def test_every_type_makes_a_card() -> None:
    """Questions of each type have a front that asks and a back that answers."""
    from bot.chat.say import Reader  # noqa: PLC0415 - beside what it is for
    from bot.store.rows import Asked  # noqa: PLC0415
    from bot.views.deck import note  # noqa: PLC0415

    def made(item: Item) -> Note:
        return note(Reader(), item, Asked(ref=item.ref, type=item.type, order=authored(item)))

    notes = {item.type: made(item) for item in (*bank.ITEMS, *jailed_items.RUN)}
    assert set(notes) == {*bank.BY_TYPE, "sql", "regex"}
    assert all(note.front and note.back for note in notes.values())
    assert "A) " in notes["single"].front
    assert "✓" not in "".join(note.front for note in notes.values())
    assert notes["numeric"].back.startswith("**Answer:** 50 workers")

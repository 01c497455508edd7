"""Every query and pattern of the bank, run in the real jail, through all three faces."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from bot.app import bank as opened
from bot.grading.verdict import Mark
from bot.store.rows import Answer
from questions.model import Item, Regex, Sql
from tests import bank
from tests.drivers.screen import Screen
from tests.parity.conversation import Talk
from tests.parity.test_parity import FACES
from tests.stage import Stage

KINDS = ("sql", "regex")
MOST = 20  # questions of a quiz
WHOLE = bool(os.environ.get("WHOLE"))  # `make proofs` gives every wrong answer on every face


class Given(Struct, frozen=True):
    """What the log holds of an answer."""

    item: str
    mark: Mark
    misconception: str


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> tuple[Item, ...]:
    """All of the bank whose answers are run."""
    whole = opened(tmp_path_factory.mktemp("cache"))
    every = (item for area in whole.areas.areas for item in whole.items(area.slug))
    return tuple(item for item in every if item.type in KINDS)


def answer(item: Item, number: int) -> str:
    """The solution, then each answer that must fail; '' after the last."""
    assert isinstance(item.body, Sql | Regex)
    texts = (item.body.solution, *(one.query for one in item.body.must_fail))
    return texts[number] if number < len(texts) else ""


def wanted(item: Item, number: int) -> Given:
    """How the log should hold it."""
    assert isinstance(item.body, Sql | Regex)
    if number == 0:
        return Given(item.id, "right", "")
    return Given(item.id, "wrong", item.body.must_fail[number - 1].misconception)


@asynccontextmanager
async def talking(
    face: str, path: Path, items: tuple[Item, ...]
) -> AsyncIterator[tuple[Talk, Stage, str]]:
    stage = Stage(path, bank.collection(items))
    async with FACES[face](stage) as (driver, restart, external):
        yield Talk(driver, restart), stage, external
    await stage.close()


async def answers(talk: Talk, items: Mapping[str, Item], number: int, many: int) -> None:
    """Answer every question of a quiz with the answer of this number."""
    for left in range(many, 0, -1):
        item = shown(items, talk.screen)
        said = await talk.types(answer(item, number))
        check(item, number, said)
        await talk.presses("Next" if left > 1 else "Finish")


def shown(items: Mapping[str, Item], screen: Screen) -> Item:
    """The question that stands there, known by how its prompt begins."""
    seen = " ".join(screen.text.split())
    (found,) = [item for words, item in items.items() if words in seen]
    return found


def check(item: Item, number: int, screen: Screen) -> None:
    """What the person is told: right, or not and by which mistake."""
    text = " ".join(f"{screen.title} {screen.text}".split())
    assert isinstance(item.body, Sql | Regex)
    if number == 0:
        assert "\u2713 Right on all" in text, (item.id, text)
        return
    why = " ".join(item.body.must_fail[number - 1].why.split())
    assert "\u2717 Not right" in text, (item.id, number, text)
    assert plain(why)[:60] in plain(text), (item.id, number, text)


def plain(text: str) -> str:
    """Letters alone: faces escape marks in their own ways."""
    return "".join(filter(str.isalnum, text))


async def logged(stage: Stage, external: str) -> list[Given]:
    """What is recorded."""
    origin = msgspec.structs.replace(stage.person().origin(), person=external)
    rows = await stage.store.look(origin, lambda tx: tx.log())
    found = []
    for row in rows:
        kept = msgspec.json.decode(row.data, type=Answer)
        assert row.ref is not None
        found.append(Given(row.ref.id, kept.verdict.mark, kept.verdict.misconception))
    return found


@pytest.mark.parametrize("face", FACES)
async def test_every_item_is_graded_by_what_it_gives(
    face: str, items: tuple[Item, ...], tmp_path: Path
) -> None:
    """
    Its solution passes, and each answer that must fail fails with its own misconception.

    Solutions are given on every face, wrong answers on one after the other.
    """
    assert {item.type for item in items} == set(KINDS)
    most = max(len(item.body.must_fail) for item in items if isinstance(item.body, Sql | Regex))
    for number in range(most + 1):
        if number and not WHOLE and list(FACES)[number % len(FACES)] != face:
            continue
        for some in quizzes(tuple(item for item in items if answer(item, number))):
            known = {beginning(item): item for item in some}
            path = tmp_path / f"{some[0].id}{number}.db"
            async with talking(face, path, some) as (talk, stage, external):
                await talk.says(f"/quiz type:{some[0].type} {len(some)}")
                await answers(talk, known, number, len(some))
                found = await logged(stage, external)
            expected = [wanted(item, number) for item in some]
            assert sorted(found, key=str) == sorted(expected, key=str)


def quizzes(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """The items of each kind, as many at once as a quiz may have."""
    for kind in KINDS:
        every = [item for item in items if item.type == kind]
        yield from (tuple(every[at : at + MOST]) for at in range(0, len(every), MOST))


def beginning(item: Item) -> str:
    """Words of a prompt that stand in no other, without marks."""
    text = " ".join(item.prompt.split())
    return max(text.split("`"), key=len)[:60].strip()


async def test_a_slip_is_said_where_it_can_be_mended(tmp_path: Path) -> None:
    """A query that SQLite cannot read is no answer on any face, and the next one counts."""
    from tests import jailed_items  # noqa: PLC0415 - one use

    for face in FACES:
        path = tmp_path / f"{face}.db"
        async with talking(face, path, (jailed_items.SQL,)) as (talk, stage, external):
            await talk.says("/quiz type:sql 1")
            said = await talk.types("select nme from club")
            assert "There is no column nme" in f"{said.title} {said.text} {said.note}", face
            assert await logged(stage, external) == []
            if face == "discord":
                await talk.presses("Open the form again")
                await talk.driver.fill("ada", {"answer": jailed_items.QUERY.solution})
            else:
                await talk.driver.fill("ada", {"answer": jailed_items.QUERY.solution})
            (found,) = await logged(stage, external)
            assert found.mark == "right"

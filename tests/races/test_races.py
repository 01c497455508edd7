from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.races.pressing import FACES
from tests.stage import Stage

ROOT = Path(__file__).parents[2]
PEOPLE, PRESSES = 200, int(os.environ.get("RACES", "2"))  # `make kill` presses 20 times


def community(face: str) -> str:
    """The community in which the drivers' people are."""
    return "discord:700" if face == "discord" else "slack:T1"


async def shared_question(stage: Stage, face: str) -> str:
    """Ask a question in the channel; gives the token of its letters without the letter."""
    ada = stage.person("host", community=community(face))
    await ada.says("type:single 1")
    await ada.presses("Don't know")
    await ada.presses("⋯")
    card = await ada.presses("Ask the channel")
    return card.buttons[0].token.rpartition(":")[0]


def counted(url: str, instance: str) -> tuple[int, int]:
    """Rows of the log for this question, and the people among them."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("select count(*), count(distinct person) from log where instance = :i"),
            {"i": instance},
        ).one()
    engine.dispose()
    return int(rows[0]), int(rows[1])


async def pressed_again(stage: Stage, face: str, token: str) -> None:
    """
    Whoever was told "busy, press again" does so; on a fast machine that is nobody.

    A queued press is dropped after 2 s: how many are depends on the machine, that each person
    counts exactly once does not.
    """
    for _ in range(10):
        if counted(stage.url, token.split(":")[1])[1] == PEOPLE:
            return
        await FACES[face](stage.door, token, range(PEOPLE), 1)


@pytest.mark.parametrize("face", FACES)
async def test_everybody_counts_once_on_sqlite(face: str, tmp_path: Path) -> None:
    """200 people who each press several times at once give exactly 200 answers."""
    stage = Stage(tmp_path / "race.db")
    token = await shared_question(stage, face)
    pressed = await FACES[face](stage.door, token, range(PEOPLE), PRESSES)
    assert pressed == PEOPLE * PRESSES
    await pressed_again(stage, face, token)
    await stage.store.close()
    assert counted(stage.url, token.split(":")[1]) == (PEOPLE, PEOPLE)


@pytest.mark.parametrize("face", FACES)
async def test_everybody_counts_once_in_two_processes(face: str, server_url: str) -> None:
    """The same people, pressing in two processes at once on PostgreSQL, are counted once."""
    stage = Stage(server_url)
    token = await shared_question(stage, face)
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.races.pressing", server_url, face, token,
            "0", str(PEOPLE), str(PRESSES // 2), cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    printed = [(await worker.communicate())[0] for worker in workers]
    assert [int(out) for out in printed] == [PEOPLE * PRESSES // 2] * 2
    await pressed_again(stage, face, token)
    await stage.store.close()
    assert counted(server_url, token.split(":")[1]) == (PEOPLE, PEOPLE)

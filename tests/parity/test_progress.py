"""Progress on all three faces: the same words, the same picture byte for byte, the same files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from adapters.discord.limits import ALT
from tests import bank
from tests.drivers.discord import DiscordDriver
from tests.drivers.screen import Screen
from tests.drivers.slack import SlackDriver
from tests.drivers.terminal import TerminalDriver
from tests.parity.conversation import Driver
from tests.parity.test_parity import FACES
from tests.stage import Stage

PNG = b"\x89PNG"
ASKED = 24


async def practised(driver: Driver) -> Screen:
    """Progress after two quizzes of the letter A."""
    for _ in range(2):
        await driver.command("ada", f"/quiz {ASKED // 2}")
        for _ in range(ASKED // 2):
            seen = await driver.press("ada", "A")
            await driver.press("ada", "Finish" if "Finish" in seen.buttons else "Next")
    return await driver.command("ada", "/progress")


def sent(face: str, driver: Driver) -> tuple[bytes, ...]:
    """Everything that was uploaded, in its order."""
    if face == "slack":
        return tuple(cast("SlackDriver", driver).wire.uploads.values())
    wire = cast("DiscordDriver", driver).wire
    return tuple(data for request in wire.requests for data in request.files.values())


@pytest.fixture
def open_stage(tmp_path: Path) -> Callable[[str], Stage]:
    """A stage of its own for each face, all with the same bank."""
    return lambda face: Stage(tmp_path / f"{face}.db", bank.collection(bank.many(60)))


async def test_slack_and_discord_show_the_same_picture(
    open_stage: Callable[[str], Stage],
) -> None:
    """The words and the picture are the same, and the characters of a terminal are gone."""
    seen: dict[str, Screen] = {}
    pictures: dict[str, tuple[bytes, ...]] = {}
    files: dict[str, tuple[bytes, ...]] = {}
    for face in ("slack", "discord"):
        stage = open_stage(face)
        async with FACES[face](stage) as (driver, _, _external):
            seen[face] = await practised(driver)
            pictures[face] = sent(face, driver)
            await driver.command("ada", "/progress anki")
            files[face] = sent(face, driver)[len(pictures[face]) :]
        await stage.close()
    slack, discord = seen["slack"], seen["discord"]
    assert slack.text.split() == discord.text.split()
    assert "█" not in slack.text + discord.text
    assert slack.picture == discord.picture
    assert slack.picture.startswith("Chance of a right answer, mid level: ")
    assert len(slack.picture) <= ALT
    assert [one[:4] for one in pictures["slack"]] == [PNG]
    assert pictures["slack"] == pictures["discord"]
    assert slack.private
    assert discord.private
    ((slack_deck,), (discord_deck,)) = files["slack"], files["discord"]
    assert zipfile.ZipFile(io.BytesIO(slack_deck)).namelist() == ["collection.anki2", "media"]
    assert len(slack_deck) == len(discord_deck)


async def test_a_terminal_draws_bars_and_writes_files(
    open_stage: Callable[[str], Stage], tmp_path: Path
) -> None:
    """The bars are characters; where the picture and the files are is said."""
    stage = open_stage("terminal")
    kept: dict[str, bytes] = {}

    def save(name: str, data: bytes) -> str:
        kept[name] = data
        return name

    async with FACES["terminal"](stage) as (driver, _, _external):
        chat = cast("TerminalDriver", driver)._chat
        path = tmp_path / "seen.png"
        chat._draw = lambda png: (path.write_bytes(png), str(path))[1]
        chat._save = save
        seen = await practised(driver)
        assert "█" in seen.text
        assert f"Picture: {path}".replace(" ", "") in re.sub(r"\s", "", seen.text)
        assert path.read_bytes()[:4] == PNG
        anki = await driver.command("ada", "/progress anki")
        state = await driver.command("ada", "/progress export")
    assert "Written to sparring-missed.apkg" in anki.text
    assert "Written to sparring-learning.json" in state.text
    assert kept["sparring-missed.apkg"][:2] == b"PK"
    await stage.close()

"""The way to an interview on every face: typed, by the form, begun, and asked for blindly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import bank
from tests.drivers.screen import Screen
from tests.drivers.terminal import TerminalDriver
from tests.parity.test_parity import FACES
from tests.stage import Stage

Values = Mapping[str, Any]
FORM: Mapping[str, Values] = {
    "terminal": {"role": "Java developer", "level": "Senior", "date": "in 6 weeks"},
    "slack": {"role": "java", "level": "senior", "date": "in 6 weeks"},
    "discord": {"role": ("java",), "level": ("senior",), "date": "in 6 weeks"},
}
ASK: Mapping[str, Values] = {
    "terminal": {"ask": "Hide the options at first"},
    "slack": {"ask": ("blind",)},
    "discord": {"ask": ("blind",)},
}


@pytest.mark.parametrize("face", FACES)
async def test_a_plan_is_made_and_begun_on_every_face(face: str, tmp_path: Path) -> None:
    """In one line or by the form; its button begins, and works after a restart."""
    stage = Stage(tmp_path / "plan.db", bank.collection(bank.many(60)))
    async with FACES[face](stage) as (driver, restart, _):

        async def fill(label: str, values: Values) -> Screen:
            if isinstance(driver, TerminalDriver):  # asks field by field, at once
                driver._typed = list(values.values())
                return await driver.press("ada", label)
            await driver.press("ada", label)
            return await driver.fill("ada", values)

        card = await driver.command("ada", "/plan mid backend in 50 days")
        assert "Mid backend developer" in card.text
        assert "in 50 days." in card.text
        card = await fill("Change", FORM[face])
        assert "Senior Java developer" in card.text
        assert "in 42 days." in card.text
        await restart()
        asked = await driver.press("ada", "Begin")
        assert asked.title.startswith("1 of ") or "1 of " in asked.text
        await driver.command("ada", "/settings")
        await fill("Change how I ask", ASK[face])
        hidden = await driver.command("ada", "/quiz databases")
        assert "Say it to yourself, then look at the options." in hidden.text
        assert "Both succeed" not in hidden.text
        assert "Both succeed" in (await driver.press("ada", "Show the options")).text
        await driver.command("ada", "/plan")
        gone = await driver.press("ada", "Forget it")
        assert "Forgotten" in gone.title + gone.text
    await stage.store.close()

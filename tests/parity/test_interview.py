"""An interview through all three faces: its forms, its report, and the way back to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import bank
from tests.parity.test_parity import FACES
from tests.stage import Stage

SAID = "420 requests per second, measured with a load test; the limit was I/O."
SURE: Mapping[str, Any] = {"terminal": "I am sure", "slack": "sure", "discord": ("sure",)}
REPORT = (
    "3 of 3 points heard",
    "you were sure",
    "Where you were sure, you were not wrong.",
)


@pytest.mark.parametrize("face", FACES)
async def test_an_interview_is_held_on_every_face(face: str, tmp_path: Path) -> None:
    """The form asks how sure one is, the follow-up comes, the report is seen again."""
    stage = Stage(tmp_path / "interview.db", bank.collection())
    async with FACES[face](stage) as (driver, restart, _):

        async def fill(label: str, values: Mapping[str, Any]) -> str:
            await driver.press("ada", label)
            return (await driver.fill("ada", values)).text

        await driver.command("ada", "/interview backend")
        await restart()
        asked = await fill("Answer", {"answer": SAID, "sure": SURE[face]})
        assert "What breaks next?" in asked
        report = await fill("Answer", {"answer": "The pool"})
        assert [words for words in REPORT if words not in report] == []
        await driver.command("ada", "/progress")
        again = await driver.press("ada", "See the interview")
        assert [words for words in REPORT if words not in again.text] == []
        looked = await driver.press("ada", "Answer 1")
        assert "The pool" in looked.text
    await stage.store.close()

"""A stage for the terminal, on a file of its own, and a terminal there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import bank
from tests.adapters.terminal.playing import Terminal
from tests.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """An installation with sixty questions to press."""
    one = Stage(tmp_path / "terminal.db", bank.collection(bank.many()), seed=None)
    yield one
    await one.store.close()


@pytest.fixture
def terminal(stage: Stage) -> Terminal:
    """Nobody else is there."""
    return Terminal(stage, company=False)

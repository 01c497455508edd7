from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.appeals.repair import repaired
from tests.stage import Stage

ANSWERS = 400  # `python -m tests.appeals.repair 10000` does the whole


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation on each database, every statement checked for its owner."""
    one = Stage(url)
    yield one
    await one.store.close()


@pytest.mark.parametrize("seed", [1, 2])
async def test_an_upheld_appeal_repairs_everybody(stage: Stage, seed: int) -> None:
    """All who gave it are right; caches equal a replay, as if accepted from the start."""
    one = await repaired(stage, ANSWERS, seed)
    assert one.wrong == ()
    assert one.left == 0
    assert one.answers == ANSWERS
    assert one.corrections > one.regraded > ANSWERS / 20

"""The stage of these tests: a real store of each kind, and somebody who acts on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Actor, Stage


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation on each database, every statement checked for its owner."""
    one = Stage(url)
    yield one
    await one.close()


@pytest.fixture
def ada(stage: Stage) -> Actor:
    """Somebody in the community."""
    return stage.person("ada")

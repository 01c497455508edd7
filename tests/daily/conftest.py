"""A community with a daily challenge on each database, and somebody in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.daily.setting import Here, collection
from tests.stage import Actor, Stage


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """An installation with questions for dailies, every statement checked for its owner."""
    one = Stage(url, collection())
    yield one
    await one.close()


@pytest.fixture
def here(stage: Stage) -> Here:
    """The community."""
    return Here(stage)


@pytest.fixture
def ada(stage: Stage) -> Actor:
    """Somebody in it."""
    return stage.person("ada")

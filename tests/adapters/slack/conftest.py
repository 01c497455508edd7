from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.adapters.slack.conversing import Kept, door
from tests.drivers.slack import SlackDriver, driving


@pytest.fixture
def store() -> Kept:
    return Kept()


@pytest.fixture
async def slack(store: Kept) -> AsyncIterator[SlackDriver]:
    """People in a channel."""
    async with driving(door(store)) as driver:
        yield driver


@pytest.fixture
async def direct(store: Kept) -> AsyncIterator[SlackDriver]:
    """People in their direct messages with the app."""
    async with driving(door(store), direct=True) as driver:
        yield driver

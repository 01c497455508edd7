"""What tests at Discord's wire begin with: each brings the driver that it needs."""

from __future__ import annotations

import pytest

from adapters.discord.post import Poster
from tests.adapters.discord.wire import Wire
from tests.drivers.discord import DiscordDriver


@pytest.fixture
def wire(driver: DiscordDriver) -> Wire:
    return driver.wire


@pytest.fixture
def poster(driver: DiscordDriver) -> Poster:
    return driver.client.poster

"""The jail as the corpus of attacks wants it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from jail import Jail
from tests.jail import attack


@pytest.fixture
async def jail() -> AsyncIterator[Jail]:
    """As many at once as the corpus flies, so that the tests are quick."""
    jail = Jail(slots=attack.FLYING)
    yield jail
    await jail.close()

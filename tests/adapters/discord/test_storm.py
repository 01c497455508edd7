"""A storm of 429s; ten times as large by `python -m tests.adapters.discord.storm`."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.adapters.discord.storm import weather


async def test_a_storm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """
    Two hundred posts to forty channels arrive once, in order, and none before Discord allows it.
    """
    caplog.set_level(logging.CRITICAL)
    came = await weather(200, 1, tmp_path)

    assert (came.shown, came.twice, came.out_of_order, came.early) == (200, 0, 0, 0)
    assert came.busiest_second <= 50
    assert came.seen["429 everywhere"] > 0
    assert came.seen["429 of a route"] > 0
    assert came.seen["broken off"] > 0

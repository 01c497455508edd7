from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.daily.redelivery import REVEALED, Event, Expected, run


async def test_presses_delivered_again_and_late_count_once(tmp_path: Path) -> None:
    """Presses delivered up to four times over 25 hours, with a restart: every score is exact."""
    found = await run(f"sqlite:///{tmp_path / 'again.db'}", 1_000)
    assert found.wrong == ()
    assert found.answers > 150
    assert found.deliveries > 2_000


async def test_presses_delivered_again_count_once_on_postgresql(server_url: str) -> None:
    """The same on PostgreSQL, one delivery after the other."""
    found = await run(server_url, 200, at_once=1)
    assert found.wrong == ()
    assert found.answers > 20


class Strict(Expected):
    """As if what arrives after the reveal counted never."""

    def in_time(self, event: Event, now: datetime) -> bool:
        return now < REVEALED


class Lax(Expected):
    """As if what is pressed after the reveal counted too."""

    def in_time(self, event: Event, now: datetime) -> bool:
        return True


@pytest.mark.parametrize("rule", [Strict, Lax])
async def test_another_rule_would_be_found_out(tmp_path: Path, rule: type[Expected]) -> None:
    """Held against another rule the same scores are wrong: the comparison can fail."""
    found = await run(f"sqlite:///{tmp_path / 'other.db'}", 600, rule=rule)
    assert found.wrong

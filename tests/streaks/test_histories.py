from __future__ import annotations

import pytest

from tests.streaks.histories import play


@pytest.mark.parametrize("batch", range(8))
def test_folding_on_is_folding_again(batch: int) -> None:
    """In any zones, late or not: the streak is what the whole log says, and a second model too."""
    for number in range(40):
        play(f"{batch}.{number}")

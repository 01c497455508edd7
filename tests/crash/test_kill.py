"""What was acknowledged survives kill -9, and the harness would see it if it did not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def kills(*arguments: str) -> tuple[int, dict[str, int], str]:
    command = [sys.executable, "-m", "tests.crash.kill", *arguments]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    seen = {words.split()[-1]: int(n) for n, words in re.findall(r"(\d+) ([a-z ]+)", ran.stdout)}
    return ran.returncode, seen, ran.stdout + ran.stderr


def test_nothing_acknowledged_is_lost_or_counted_twice() -> None:
    """10 kills in mid-press: each acknowledged answer stands exactly once, no other twice."""
    code, seen, text = kills("10")
    assert code == 0, text
    assert (seen["lost"], seen["twice"]) == (0, 0)
    assert seen["acknowledged"] > 100


def test_acknowledging_first_is_seen_to_lose() -> None:
    """The same with the acknowledgement before the commit is seen to lose answers."""
    code, seen, text = kills("10", "--ack-first")
    assert code == 1, text
    assert seen["lost"] > 0

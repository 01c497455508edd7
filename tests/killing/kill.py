"""kill -9 again and again while presses are in flight; then count what was acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, text

from bot.replay import derive
from storage.doctor import findings

ROOT = Path(__file__).parents[2]
IN_FLIGHT = 8  # presses that a kill must interrupt to count
ACKS_EACH = 20  # acknowledged answers at least in each life: 2,000 in 100


@dataclass
class History:
    """What was seen from outside, over all lives."""

    sent: list[str] = field(default_factory=list)
    acked: list[str] = field(default_factory=list)
    in_flight: list[int] = field(default_factory=list)  # at each kill that counts
    kills: int = 0


@dataclass
class Life:
    """One process's lines."""

    sent: list[str] = field(default_factory=list)
    acked: list[str] = field(default_factory=list)

    def hear(self, line: bytes) -> None:
        """Take in a line; one that was cut off by the kill says nothing."""
        word, _, instance = line.decode().rstrip("\n").partition(" ")
        if instance and line.endswith(b"\n"):
            (self.sent if word == "sent" else self.acked).append(instance)


def one_life(url: str, order: str, history: History, rng: random.Random) -> None:
    """Start a victim, wait until enough is acknowledged, kill it in the middle of something."""
    victim = subprocess.Popen(
        [sys.executable, "-m", "tests.killing.victim", url, order], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert victim.stdout is not None
    flying = 0 if order == "early" else IN_FLIGHT
    life = heard(victim.stdout, ACKS_EACH + rng.randrange(20), flying)
    victim.kill()
    rest, _ = victim.communicate()
    for line in rest.splitlines(keepends=True):
        life.hear(line)
    history.sent += life.sent
    history.acked += life.acked
    interrupted = len(life.sent) - len(life.acked)
    history.kills += 1
    if interrupted >= flying:
        history.in_flight.append(interrupted)


def heard(out: IO[bytes], acks: int, flying: int) -> Life:
    """Listen until that many are acknowledged and that many more are on their way."""
    life = Life()
    while line := out.readline():
        life.hear(line)
        if len(life.acked) >= acks and len(life.sent) - len(life.acked) >= flying:
            break
    return life


def faults(url: str, history: History) -> list[str]:
    """What is wrong afterwards: lost, doubled or invented answers, caches that are not the log."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("select instance from log where kind = 'answer'")).all()
    engine.dispose()
    stored = Counter(str(row[0]) for row in rows)
    found = [f"lost: {one}" for one in history.acked if stored[one] == 0]
    found += [f"twice: {one}" for one, times in stored.items() if times > 1]
    found += [f"never sent: {one}" for one in stored.keys() - set(history.sent)]
    looked = findings(url, replay=derive)
    # a test server need not survive a power failure; what it holds must be whole all the same
    bad = [one for one in looked if one.level == "bad" and one.what != "durability"]
    return found + [f"{one.what}: {one.text}" for one in bad]


def killed(url: str, kills: int, order: str = "late") -> tuple[History, list[str]]:
    """Kill until that many kills each interrupted enough presses; gives what was found."""
    history, rng = History(), random.Random(20261122)
    while len(history.in_flight) < kills:
        one_life(url, order, history, rng)
    return history, faults(url, history)


def main(kills: str = "100") -> int:
    """Print what was counted; 1 if anything was wrong, or if the harness finds no planted fault."""
    with tempfile.TemporaryDirectory() as folder:
        history, wrong = killed(f"sqlite:///{folder}/kill.db", int(kills))
        planted, seen = killed(f"sqlite:///{folder}/early.db", max(3, int(kills) // 10), "early")
    print(
        f"{history.kills} kills, {len(history.in_flight)} of them with at least "
        f"{min(history.in_flight)} presses in flight; {len(history.sent)} sent, "
        f"{len(history.acked)} acknowledged, {len(wrong)} faults"
    )
    print(f"acknowledged before the commit: {len(planted.acked)} acknowledged, {len(seen)} faults")
    for one in wrong[:20]:
        print(one)
    return int(bool(wrong) or not seen)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

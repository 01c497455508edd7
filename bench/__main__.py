"""Run the scripts of this folder, all or those named, and write docs/performance.md of all."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime

import msgspec

from bench.measure import MARK, Row, root

SCRIPTS = (
    "sqlite",
    "postgres",
    "slack",
    "discord",
    "cache",
    "start",
    "grading",
    "boards",
    "learning",
    "draw",
    "fanout",
    "games",
    "jail",
    "picture",
)
GRADED = re.compile(r"^short .*p99 +(\d+) us", re.MULTILINE)
GRADED_LIMIT = 250  # us
HEAD = """# Performance

Ratios against floors that run interleaved in the same process, medians of rounds; what the floors
are stands in the first lines of each script of `bench/`. Only ratios mean anything: machines are
noisy. Where a floor writes to the disk, look at what its row cost: with slow syncs (over 1 ms)
everything hides behind them, with fast ones (0.15 ms) our own work shows. `make bench` writes this
table, `make bench ARGS=slack` runs one script.

| goal | figure | at most | | medians | command |
| --- | --- | --- | --- | --- | --- |
"""


def main(names: list[str]) -> int:
    """1 where a script failed; a goal that is missed is in the table and no failure."""
    lines: list[str] = []
    failed = 0
    for name in names or SCRIPTS:
        print(f"-- {name}", flush=True)
        ended = subprocess.run(  # noqa: S603 - our own scripts
            [sys.executable, "-m", f"bench.{name}"], stdout=subprocess.PIPE, text=True, check=False
        )
        failed |= ended.returncode
        shown = [line for line in ended.stdout.splitlines() if not line.startswith(MARK)]
        print("\n".join(shown), flush=True)
        lines += [_line(row, name) for row in _rows(ended.stdout)]
    if not names and not failed:
        table = HEAD + "\n".join(lines) + f"\n\n{_machine()}\n"
        (root() / "docs" / "performance.md").write_text(table, encoding="utf-8")
    return int(failed != 0)


def _rows(printed: str) -> list[Row]:
    marked = (line for line in printed.splitlines() if line.startswith(MARK))
    rows = [msgspec.json.decode(line.removeprefix(MARK), type=Row) for line in marked]
    if graded := GRADED.search(printed):
        rows.append(Row("a short answer graded, p99", int(graded[1]), GRADED_LIMIT, "us"))
    return rows


def _line(row: Row, name: str) -> str:
    met = "met" if row.met else "missed"
    unit = row.unit if row.unit == "x" else f" {row.unit}"
    shown = f"{row.figure:.3g}{unit}", f"{row.limit:g}{unit}"
    return (
        f"| {row.goal} | {shown[0]} | {shown[1]} | {met} | {row.note} | `make bench ARGS={name}` |"
    )


def _machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}; load at the end {load}."
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

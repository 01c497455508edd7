"""Every import contract fails when it is broken: a planted import is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLANTED = {
    "Imports point inwards": ("bot/days.py", "import bot.features.feature"),
    "The core knows no platform, no database and no scheduler": (
        "bot/features/help.py",
        "import sqlalchemy",
    ),
    "Only the root reads settings": ("storage/chain.py", "import bot.config"),
    "The question bank stands alone": ("questions/names.py", "import bot.days"),
    "Adapters and storage do not know each other": (
        "adapters/terminal/render.py",
        "import storage.errors",
    ),
}


@pytest.mark.parametrize("contract", PLANTED)
def test_a_broken_contract_is_found(contract: str, tmp_path: Path) -> None:
    """One import against the direction breaks exactly the contract that forbids it."""
    for name in ("bot", "questions", "adapters", "storage"):
        unwanted = shutil.ignore_patterns("__pycache__", "bank", "words")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path, line = PLANTED[contract]
    planted = tmp_path / path
    planted.write_text(f"{planted.read_text('utf-8')}\n{line}\n", "utf-8")
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode != 0
    assert f"{contract} BROKEN" in ran.stdout

"""Every import contract fails when it is broken: a planted import is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.features.later import Function
from bot.features.table import features

ROOT = Path(__file__).parents[1]
PLANTED = {
    "Imports point inwards": ("bot/days.py", "import bot.features.feature"),
    "The core knows no platform, no database and no scheduler": (
        "bot/features/help.py",
        "import sqlalchemy",
    ),
    "The jail knows nothing of the bot": ("jail/gate.py", "import bot.days"),
    "Inside the jail there is only the standard library": (
        "jail/inside/rules.py",
        "import jail.values",
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
    for name in ("bot", "questions", "adapters", "storage", "jail"):
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


def test_every_handler_that_loads_later_exists() -> None:
    """A handler that is only named leads to a function, so that no button is dead."""
    maps = ("on_command", "on_press", "on_form", "on_suggest", "on_due", "on_outcome", "on_job")
    named = [
        handler
        for feature in features()
        for which in maps
        for handler in getattr(feature, which).values()
        if isinstance(handler, Function)
    ]
    assert len(named) > 50
    for handler in named:
        assert callable(handler.found()), handler.name


def test_what_few_press_is_not_loaded_at_the_start() -> None:
    """The table of features names the channel's modules and imports none of them."""
    code = "import sys, bot.features.table; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    packages = ("challenge", "community", "game")
    loaded = [
        name
        for name in said.stdout.split()
        if name.startswith(tuple(f"bot.features.{one}." for one in packages))
    ]
    assert loaded == []

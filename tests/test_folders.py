"""Folders: the terminal and the bots keep answers in one place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = str(Path(__file__).parents[1])
SAID = "from bot.cli import play; from bot.config import load; print(play._data(), load().data)"


@pytest.mark.parametrize(
    ("given", "data"),
    [
        ({}, ".local/share/sparring"),
        ({"XDG_DATA_HOME": "/kept"}, "/kept/sparring"),
        ({"XDG_DATA_HOME": "/kept", "SPARRING_DATA": "/own"}, "/own"),
    ],
    ids=["usual", "by the system", "chosen"],
)
def test_play_and_run_find_the_same_answers(
    tmp_path: Path, given: dict[str, str], data: str
) -> None:
    """Wherever a person's data are, what reads no settings finds them as settings do."""
    said = subprocess.run(
        [sys.executable, "-c", SAID], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": PROJECT, **given},
    )  # fmt: skip
    assert said.stdout.split() == [str(tmp_path / data)] * 2

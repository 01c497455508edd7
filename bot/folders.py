"""Folders: where a person's data and what can be made again live, unless they say otherwise.

By the XDG base directory specification. Nothing is loaded for it: `play` begins with it.
"""

from __future__ import annotations

import os
from pathlib import Path

NAME = "sparring"


def data() -> Path:
    """Answers and all that is derived from them."""
    return _under("XDG_DATA_HOME", Path(".local", "share"))


def cache() -> Path:
    """What is made again where it is gone."""
    return _under("XDG_CACHE_HOME", Path(".cache"))


def _under(variable: str, usual: Path) -> Path:
    return Path(os.environ.get(variable) or Path.home() / usual) / NAME

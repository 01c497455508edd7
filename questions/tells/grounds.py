"""Which addresses are primary sources: those below a host that questions/hosts.yaml lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from questions.checks import primary_hosts
from questions.rules.grounds import primary

FILE = Path(__file__).parents[1] / "hosts.yaml"


@cache
def _hosts() -> Mapping[str, str]:
    return primary_hosts(FILE)[0]


def listed(url: str) -> bool:
    """Whether the address belongs to a listed host."""
    return primary(url, _hosts())

"""The bank in other forms."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.app import BANK
from bot.cli.failing import Wrong


def rows(form: str) -> Iterator[str]:
    """Lines of the export; raises Wrong for an unknown format."""
    from questions.export import rows as exported  # noqa: PLC0415 - loads templates
    from questions.loading import load  # noqa: PLC0415

    if form != "jsonl":
        raise Wrong(f"I can write jsonl, not {form}.")
    items = [entry.item for entry in load(BANK / "bank").entries]
    for row in exported(items):
        yield json.dumps(row, ensure_ascii=False)

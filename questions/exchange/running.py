"""The commands `export` and `import`: what they print and leave behind."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from questions.areas import load as known_areas
from questions.exchange.files import Form
from questions.exchange.importing import Order, bring
from questions.exchange.writing import exported, left_out
from questions.mistakes import counted, shown
from questions.model import Item


def exporting(items: Sequence[Item], form: str, output: Path | None) -> int:
    """Write the items to a file, or print them; what the format cannot hold is said on stderr."""
    text = exported(items, form)
    if output is None:
        sys.stdout.write(text)
    elif output.exists():
        print(f"{shown(output)} is there already: name another file.", file=sys.stderr)  # noqa: T201 the answer of a command
        return 1
    else:
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            print(f"{shown(output)} cannot be written: {error.strerror}.", file=sys.stderr)  # noqa: T201 the same
            return 1
    for sentence in left_out(items, form):
        print(sentence, file=sys.stderr)  # noqa: T201 the same
    return 0


def importing(root: Path, path: Path, form: Form | None, order: Order) -> int:
    """Bring a file in and print what came of it; 0 when it was written and nothing is to do."""
    known = known_areas(root / "areas.yaml")
    if order.area and not known.has(order.area, order.topic):
        place = f"{order.area}/{order.topic}".rstrip("/")
        print(f"{place}: no such area and topic in areas.yaml")  # noqa: T201 the same
        return 1
    brought = bring(root, path, form, order)
    for mistake in brought.mistakes:
        print(mistake)  # noqa: T201 the same
    for file, number in brought.written.items():
        print(f"{file}: {counted(number, 'question')}, none of them proven")  # noqa: T201 the same
    if not brought.written:
        what = f"{counted(len(brought.mistakes), 'mistake')}, nothing was written"
        hint = "" if order.draft else "; --draft --to FILE writes what can be read"
        print(f"{shown(path)}: {what}{hint}")  # noqa: T201 the same
        return 1
    return 1 if brought.mistakes else 0

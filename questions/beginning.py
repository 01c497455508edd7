"""A new item begun: a skeleton in the file where it belongs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from questions import areas
from questions.areas import Areas
from questions.loading import load
from questions.mistakes import shown
from questions.model import LEVELS, TYPES
from questions.skeletons import skeleton


class NotBegun(Exception):
    """Why nothing was written, in a sentence."""


def begin(root: Path, area: str, topic: str, kind: str, name: str = "", level: str = "") -> str:
    """Add a skeleton to the bank below `root`, and say what to do next; raises NotBegun."""
    known = areas.load(root / "areas.yaml")
    _placed(known, area, topic)
    kinds = [one for one in TYPES if one == kind]
    if not kinds:
        raise NotBegun(f"There is no type '{kind}'. {_near(kind, TYPES)}")
    if level and level not in LEVELS:
        raise NotBegun(f"There is no level '{level}'. {_near(level, LEVELS)}")
    taken = {entry.item.id for entry in load(root / "bank").entries}
    if name in taken:
        raise NotBegun(f"The id '{name}' is taken: ids are never used twice, choose another.")
    path = root / "bank" / area / f"{topic}.yaml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    chosen = name or _free(topic, taken, before)
    parted = f"{before.rstrip()}\n\n" if before.strip() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(parted + skeleton(kinds[0], chosen, level), encoding="utf-8")
    line = parted.count("\n") + 1
    return "\n".join(
        (
            f"{shown(path)}:{line}: {chosen}, a skeleton of type {kind}. Now:",
            f"  fill it in, and    sparring questions check {area}",
            f"  prove its key by   sparring questions prove {area}",
            f"  look at it by      sparring questions show {chosen} --face terminal",
        )
    )


def _placed(known: Areas, area: str, topic: str) -> None:
    """Raise NotBegun with the nearest names where there is no such area or topic."""
    if not known.has(area):
        raise NotBegun(f"There is no area '{area}'. {_near(area, (a.slug for a in known.areas))}")
    if known.has(area, topic):
        return
    elsewhere = [a.slug for a in known.areas if known.has(a.slug, topic)]
    if elsewhere:
        raise NotBegun(f"The topic '{topic}' belongs to '{elsewhere[0]}', not to '{area}'.")
    topics = (one.slug for one in known.area(area).topics)
    raise NotBegun(f"There is no topic '{topic}' in '{area}'. {_near(topic, topics)}")


def _near(said: str, names: Iterable[str]) -> str:
    """The three names that are most like what was said, or all where none is."""
    listed = list(names)
    found = difflib.get_close_matches(said, listed, 3, cutoff=0.5)
    if found:
        return f"Did you mean {' or '.join(found)}?"
    return f"There are: {', '.join(listed)}."


def _free(topic: str, taken: Iterable[str], before: str) -> str:
    """An id that stands neither in the bank nor in what cannot be read of the file."""
    used = set(taken)
    number = 1
    while (name := f"{topic}-{number}") in used or f"id: {name}\n" in before:
        number += 1
    return name

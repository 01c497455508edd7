"""An item as one row: a column for each text in it, named by the way to it (`options.2.why`)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from questions.exchange.plain import Fields, Plain

# In the order in which columns stand.
NAMES = (
    "id", "area", "topic", "level", "type", "status", "replaced_by", "minutes", "fixed_order",
    "prompt", "language", "version", "code", "options", "right", "wrong", "ask", "answer",
    "tolerance", "unit", "value", "known_wrong", "answers", "near_misses", "steps", "constraints",
    "pitfalls", "swap", "pairs", "left", "extra_right", "schema", "name", "rows", "fixtures",
    "ordered", "dialect", "accept", "reject", "solution", "query", "why", "misconception",
    "must_fail", "point", "weight", "phrasings", "anchors", "misconceptions", "rubric",
    "red_flags", "model_answer", "follow_ups", "story", "explain", "title", "section",
    "url", "sources", "hints", "reviewed",
)  # fmt: skip
PLACE = ("area", "topic")
DEPTH = 6
_RANK = {name: rank for rank, name in enumerate(NAMES)}
_NUMBER = re.compile(r"[1-9][0-9]?")  # of the entries of a list, 99 at most
# A spreadsheet runs a cell that begins so. An apostrophe before it keeps it text there; one is
# taken off again when it is read. A number alone is none.
_RUN = re.compile(r"'*(?:[=+\-@\t\r]|\Z)")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def inert(value: str) -> str:
    """The text as a cell that no spreadsheet runs and that is not empty."""
    if _PLAIN_NUMBER.fullmatch(value):
        return value
    return f"'{value}" if _RUN.match(value) else value


def meant(cell: str) -> str:
    """The text of a cell: what `inert` put before it is taken off."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell[1:]) else cell


def cells(found: Mapping[str, Plain]) -> dict[str, str]:
    """Every text of an item by its column."""
    return {path: inert(value) for path, value in _walk(found, "")}


def _walk(value: Plain | Mapping[str, Plain], path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    parts = enumerate(value, 1) if isinstance(value, list) else value.items()
    for key, part in parts:
        yield from _walk(part, f"{path}.{key}" if path else str(key))


def header(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """All columns that some row needs, in order."""
    return sorted({path for row in rows for path in row} | {"id", *PLACE}, key=_rank)


def _rank(path: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else _RANK[part] for part in path.split("."))


def unknown(columns: Sequence[str]) -> Iterator[str]:
    """What is wrong with the names of columns, in sentences."""
    for at, path in enumerate(columns):
        parts = path.split(".")
        if parts[0] == "proof":
            yield f"column '{path}': proofs are programs and are not imported, take it out"
        elif path in columns[:at]:
            yield f"column '{path}' stands twice"
        elif len(parts) > DEPTH or not all(p in _RANK or _NUMBER.fullmatch(p) for p in parts):
            near = difflib.get_close_matches(parts[0], NAMES, 1, cutoff=0.5) if path else []
            hint = f", did you mean '{near[0]}'?" if near else " (such as options.1.right)"
            yield f"column '{path[:40]}' is none of a question{hint}"


def gathered(row: Mapping[str, str]) -> tuple[Fields, list[str]]:
    """The fields that the filled cells of a row make, and sentences on cells that clash."""
    root: dict[str, object] = {}
    wrong: list[str] = []
    for path, cell in row.items():
        *way, last = path.split(".")
        at = root
        for part in way:
            deeper = at.setdefault(part, {})
            if not isinstance(deeper, dict):
                wrong.append(f"column '{path}' and what it is a part of are both filled")
                break
            at = deeper
        else:
            if last in at:
                wrong.append(f"column '{path}' and a part of it are both filled")
            at.setdefault(last, meant(cell))
    made = _joined(root)
    return (made if isinstance(made, dict) else {}), wrong


def _joined(value: object) -> Plain:
    """Tables whose keys are numbers become lists, in the order of these."""
    if not isinstance(value, dict):
        return str(value)
    if value and all(key.isdigit() for key in value):
        return [_joined(value[key]) for key in sorted(value, key=int)]
    return {key: _joined(part) for key, part in value.items()}

"""The rules of docs/authors.md: every breach in a bank, with file and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from questions import areas, beliefs
from questions.areas import Areas
from questions.beliefs import Beliefs
from questions.loading import Entry, load
from questions.mistakes import Mistake, shown
from questions.rules.bodies import body
from questions.rules.grounds import grounds
from questions.rules.options import options
from questions.rules.stems import Fault, negative, stem
from questions.yamltext import Table, Text, parse

MAX_NEGATIVE = 0.05  # of the items of an area (rule 6)
MAX_ID = 60  # characters
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


class Whole(Struct, frozen=True):
    """All files of a bank as they were read, and the mistakes of reading and checking, sorted."""

    entries: tuple[Entry, ...]
    areas: Areas
    beliefs: Beliefs
    mistakes: tuple[Mistake, ...]


def everything(root: Path) -> Whole:
    """Read and check all files below `root`."""
    loaded = load(root / "bank")
    hosts, wrong = primary_hosts(root / "hosts.yaml")
    named, unsaid = beliefs.load(root / beliefs.FOLDER)
    known = areas.load(root / "areas.yaml")
    found = check(loaded.entries, known, hosts, named)
    mistakes = sorted({*loaded.mistakes, *wrong, *unsaid, *found})
    return Whole(loaded.entries, known, named, tuple(mistakes))


def check(
    entries: Sequence[Entry],
    known: Areas,
    hosts: Mapping[str, str],
    named: Beliefs = MappingProxyType({}),
) -> list[Mistake]:
    """All breaches in these entries, which must be the whole bank: ids are compared.

    `hosts` maps each primary host to whose manual it is, as `primary_hosts` reads it; `named` are
    the misconceptions with their sentences, whose use is checked where there are any.
    """
    found = [
        entry.mistake(place, text)
        for entry in entries
        for rule in (_place(entry, known), _rules(entry, hosts))
        for place, text in rule
    ]
    used = beliefs.unused(named, entries, _drawn()) if named else ()
    return [*found, *_ids(entries), *_retired(entries), *_negatives(entries), *used]


def _drawn() -> set[str]:
    """The misconceptions that draws of templates betray."""
    from questions.templates import ALL  # noqa: PLC0415 - only a change of the bank is checked

    return {slug for template in ALL for slug in template.why}


def primary_hosts(path: Path) -> tuple[dict[str, str], list[Mistake]]:
    """The hosts of `questions/hosts.yaml`, whose manual each is, and the mistakes there."""
    root, mistakes = parse(shown(path), path.read_bytes())
    if not isinstance(root, Table):
        return {}, mistakes or [Mistake(shown(path), 1, "hosts are a table: host, whose manual")]
    hosts: dict[str, str] = {}
    for host, whose in root.cells.items():
        if isinstance(whose, Text) and whose.value.strip():
            hosts[host] = whose.value
        else:
            mistakes.append(Mistake(shown(path), root.lines[host], f"say whose manual {host} is"))
    return hosts, mistakes


def _rules(entry: Entry, hosts: Mapping[str, str]) -> Iterator[Fault]:
    yield from stem(entry.item)
    yield from options(entry.item)
    yield from body(entry.item)
    yield from grounds(entry.item, hosts)


def _place(entry: Entry, known: Areas) -> Iterator[Fault]:
    item = entry.item
    if not known.has(item.area):
        yield (), f"area '{item.area}' is not in questions/areas.yaml: move the file"
    elif not known.has(item.area, item.topic):
        yield (), f"topic '{item.topic}' is not in area '{item.area}' of questions/areas.yaml"


def _ids(entries: Sequence[Entry]) -> Iterator[Mistake]:
    first: dict[str, Entry] = {}
    for entry in entries:
        name = entry.item.id
        if name and (not _ID.fullmatch(name) or len(name) > MAX_ID):
            text = f"an id is words of small letters and digits with hyphens, at most {MAX_ID}"
            yield entry.mistake(("id",), text)
        if name and name in first:
            other = first[name]
            text = f"the id is taken, see {other.path}:{other.line('id')}: choose another"
            yield entry.mistake(("id",), text)
        first.setdefault(name, entry)


def _retired(entries: Sequence[Entry]) -> Iterator[Mistake]:
    known = {entry.item.id: entry.item for entry in entries}
    for entry in entries:
        item = entry.item
        if not item.retired:
            if item.replaced_by:
                yield entry.mistake(("replaced_by",), "only an item with 'status: retired' has it")
        elif not item.replaced_by:
            yield entry.mistake(("status",), "a retired item says what came instead: 'replaced_by'")
        elif item.replaced_by == item.id or item.replaced_by not in known:
            text = f"replaced_by '{item.replaced_by}' is no other item of the bank"
            yield entry.mistake(("replaced_by",), text)


def _negatives(entries: Sequence[Entry]) -> Iterator[Mistake]:
    sizes = Counter(entry.item.area for entry in entries)
    marked = [entry for entry in entries if negative(entry.item)]
    counts = Counter(entry.item.area for entry in marked)
    for entry in marked:
        area = entry.item.area
        if counts[area] > MAX_NEGATIVE * sizes[area]:
            share = f"{counts[area]} of {sizes[area]} items of {area} ask what does NOT hold"
            yield entry.mistake(("prompt",), f"{share}, {MAX_NEGATIVE:.0%} at most: turn it round")

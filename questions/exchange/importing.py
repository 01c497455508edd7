"""Questions from other programs: read and checked as ours are, then written as YAML."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from questions import areas, beliefs
from questions.checks import check, primary_hosts
from questions.exchange import naming
from questions.exchange.files import Form, Record, Refused
from questions.exchange.house import dumped
from questions.exchange.plain import table
from questions.exchange.reading import read
from questions.loading import Entry, entered, load
from questions.mistakes import Mistake, shown
from questions.rules.grounds import SLUG
from questions.yamltext import Series, Table, parse

Place = tuple[str, str]  # area and topic
MOST_MISTAKES = 2_000  # to name; who has more mends these first
_SOMEWHERE = "elsewhere"  # the name in a folder of drafts for what does not say where it belongs
_ASIDE = " "  # put after a path, so that what is imported is never taken for the bank's own


class Order(Struct, frozen=True):
    """What is wanted: the place for all of them ('' as the file says), and where to write."""

    area: str = ""
    topic: str = ""
    to: Path | None = None
    draft: bool = False


class Brought(Struct, frozen=True):
    """What came of it: the files written with the number of questions, and what is to be mended.

    With mistakes nothing is written, but for a draft.
    """

    written: dict[str, int]
    mistakes: tuple[Mistake, ...]


def bring(root: Path, path: Path, form: Form | None, order: Order) -> Brought:
    """Take the questions of a file into the bank below `root`, or into files of their own."""
    try:
        taken = read(path, form)
        records = [_placed(one, order) for one in taken.records]
        targets = _targets(root, records, order)
    except Refused as stop:
        return Brought({}, (stop.mistake,))
    if taken.refused:
        return Brought({}, tuple(sorted(taken.refused)))
    if not records:
        return Brought({}, (Mistake(shown(path), 1, "no question is in it"),))
    bank = load(root / "bank").entries
    named = list(naming.named(records, (entry.item.id for entry in bank)))
    files = {to: [one for one in named if targets[_place(one)] == to] for to in targets.values()}
    texts = {to: _behind(to, dumped(one.fields for one in each)) for to, each in files.items()}
    found = set(taken.doubts)
    if order.draft:
        found.update(_to_do(root, files, texts, bank))
    else:
        found.update(_mistakes(root, _entries(shown(path), named, found), bank))
        found.update(m for to, text in texts.items() for m in parse(shown(to), text.encode())[1])
    if found and not order.draft:
        return Brought({}, tuple(sorted(found)))
    _put(texts)
    counts = {shown(to): len(each) for to, each in files.items()}
    return Brought(counts, tuple(sorted(found)))


def _placed(record: Record, order: Order) -> Record:
    """Where the order says, else where the file says; a name that is no slug is none."""
    area, topic = order.area or record.area, order.topic or record.topic
    return replace(
        record,
        area=area if SLUG.fullmatch(area) else "",
        topic=topic if SLUG.fullmatch(topic) else "",
    )


def _place(record: Record) -> Place:
    return record.area, record.topic


def _targets(root: Path, records: Sequence[Record], order: Order) -> dict[Place, Path]:
    """The file for each place; raises Refused where there cannot be one."""
    places = dict.fromkeys(map(_place, records))
    bank, to = (root / "bank").resolve(), order.to
    if order.draft and (to is None or to.resolve().is_relative_to(bank)):
        text = "a draft is no part of the bank: say another file by --to"
        raise Refused(shown(to) if to else "--draft", 1, text)
    if to is None or to.is_dir():
        below = bank if to is None else to
        made = {
            (area, topic): below / (area or _SOMEWHERE) / f"{topic or _SOMEWHERE}.yaml"
            for area, topic in places
        }
    elif len(places) > 1:
        text = f"{len(places)} topics do not go into one file: name a folder, or --area and --topic"
        raise Refused(shown(to), 1, text)
    else:
        made = dict.fromkeys(places, to)
    for file in made.values():
        if file.exists() and not file.resolve().is_relative_to(bank):
            raise Refused(shown(file), 1, "it is there already: name another")
    return made


def _entries(name: str, records: Sequence[Record], found: set[Mistake]) -> list[Entry]:
    """The items of these records; the mistakes of their form are added to `found`."""
    tables = ((table(one.fields, one.line), one) for one in records)
    return _entered(name, tables, found)


def _entered(name: str, tables: Iterable[tuple[Table, Record]], found: set[Mistake]) -> list[Entry]:
    """The items of tables; where there are too many mistakes, only the first of them."""
    entries: list[Entry] = []
    for node, record in tables:
        entry, wrong = entered(name, node, record.area, record.topic)
        entries += [entry] if entry else []
        found.update(wrong)
        if len(found) > MOST_MISTAKES:
            text = f"more than {MOST_MISTAKES:,} mistakes: what follows was not read"
            found.add(Mistake(name, node.line, text))
            break
    return entries


def _to_do(
    root: Path, files: Mapping[Path, list[Record]], texts: Mapping[Path, str], bank: Sequence[Entry]
) -> set[Mistake]:
    """What is to be done in the files of a draft, at the lines that they will have."""
    found: set[Mistake] = set()
    entries: list[Entry] = []
    for path, each in files.items():
        made, wrong = parse(shown(path), texts[path].encode())
        found.update(wrong)
        nodes = made.entries if isinstance(made, Series) else []
        pairs = zip(nodes, each, strict=False)  # a file that cannot be read has none
        tables = ((node, record) for node, record in pairs if isinstance(node, Table))
        entries += _entered(shown(path), tables, found)
    return found | set(_mistakes(root, entries, bank))


def _mistakes(root: Path, entries: Sequence[Entry], bank: Sequence[Entry]) -> Iterator[Mistake]:
    """What our rules say of these beside the bank."""
    known = areas.load(root / "areas.yaml")
    hosts, _ = primary_hosts(root / "hosts.yaml")
    named, _ = beliefs.load(root / beliefs.FOLDER)
    mine = [replace(entry, path=entry.path + _ASIDE) for entry in entries]
    for mistake in check([*bank, *mine], known, hosts, named):
        if mistake.path.endswith(_ASIDE):
            yield replace(mistake, path=mistake.path.removesuffix(_ASIDE))


def _behind(path: Path, text: str) -> str:
    """The text behind what the file holds already."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    return f"{before.rstrip()}\n\n{text}" if before.strip() else text


def _put(texts: Mapping[Path, str]) -> None:
    """Write all files, each at once: none begins to change before all are on the disk."""
    ready: list[tuple[Path, Path]] = []
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)  # as editors leave it
        ready.append((Path(name), path))
    for made, path in ready:
        made.replace(path)

"""The bank as one compiled file, so that an unchanged bank is there in milliseconds."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from questions import areas, model
from questions.areas import Areas
from questions.mistakes import BankErrors
from questions.model import Item

HERE = Path(__file__).parent
NAME = "bank.msgpack"
TABLES = frozenset({"areas.yaml", "hosts.yaml"})
SAYINGS = "misconceptions"  # a folder of tables
_CHECKSUM = 4  # bytes


def schema(kinds: Iterable[type[Struct]]) -> str:
    """A hash of the fields of these values, which a cache must have been written for."""
    fields = [(kind.__name__, kind.__struct_fields__, kind.__annotations__) for kind in kinds]
    return hashlib.sha256(repr(fields).encode()).hexdigest()


_SCHEMA = schema(
    kind
    for kind in (*vars(model).values(), *vars(areas).values())
    if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Struct
)

Stamp = tuple[str, int, int]  # path below the root, bytes, nanoseconds of the last change


class Loaded(Struct, frozen=True):
    """The items below a root, sorted by path, and the areas that they belong to."""

    items: tuple[Item, ...]
    areas: Areas
    beliefs: dict[str, str] = {}  # what each misconception says to a person, by its name


class _Cached(Struct, frozen=True):
    """The items and areas, and the state of the files from which they were made."""

    schema: str
    stamps: tuple[Stamp, ...]
    content: dict[str, str]  # hash by name
    items: msgspec.Raw
    areas: msgspec.Raw
    beliefs: dict[str, str]


_DECODER = msgspec.msgpack.Decoder(_Cached)
_ITEMS = msgspec.msgpack.Decoder(tuple[Item, ...])
_AREAS = msgspec.msgpack.Decoder(Areas)


def load_bank(root: Path = HERE, cache_dir: Path | None = None) -> tuple[Item, ...]:
    """As `load`, the items alone."""
    return load(root, cache_dir).items


def load(root: Path = HERE, cache_dir: Path | None = None) -> Loaded:
    """All items below `root`, which holds `bank/`, `areas.yaml` and `hosts.yaml`, and the areas.

    With a cache directory the compiled bank is kept there; a missing, broken or old one is made
    anew, and a directory that cannot be written costs only time. Raises BankErrors with every
    mistake of the files.
    """
    stamps = _stamps(root)
    path = cache_dir / NAME if cache_dir is not None else None
    cached = _read(path) if path is not None else None
    if cached is not None and cached.stamps == stamps and (found := _loaded(cached)) is not None:
        return found
    content = _content(root, stamps)
    found = (cached and _patched(root, cached, content)) or _compiled(root)
    if path is not None:
        items, known = (
            msgspec.Raw(msgspec.msgpack.encode(part)) for part in (found.items, found.areas)
        )
        _write(path, _Cached(_SCHEMA, stamps, content, items, known, found.beliefs))
    return found


def _patched(root: Path, cached: _Cached, content: dict[str, str]) -> Loaded | None:
    """What is cached with the changed files read anew; None where all has to be compiled.

    Mistakes are left to that, which names their lines.
    """
    changed = {name for name, seen in content.items() if cached.content.get(name) != seen}
    tables = any(name in TABLES or name.startswith(SAYINGS) for name in changed)
    old = None if tables else _loaded(cached)
    if old is None or cached.content == content:
        return old
    from questions import beliefs  # noqa: PLC0415 as below
    from questions.checks import check, primary_hosts  # noqa: PLC0415
    from questions.loading import Entry, files, read  # noqa: PLC0415
    from questions.yamltext import Table  # noqa: PLC0415

    kept: dict[str, list[Entry]] = defaultdict(list)
    for item in old.items:
        kept[f"bank/{item.area}/{item.topic}.yaml"].append(Entry(item, "", Table(1, {}, {})))
    entries: list[Entry] = []
    for path in files(root / "bank"):
        name = os.path.relpath(path, root)
        if name in changed:
            kept[name], mistakes = read(name, path.relative_to(root / "bank"), path.read_bytes())
            if mistakes:
                return None
        entries += kept[name]
    hosts, _ = primary_hosts(root / "hosts.yaml")
    if check(entries, old.areas, hosts, beliefs.load(root / SAYINGS)[0]):
        return None
    return Loaded(tuple(entry.item for entry in entries), old.areas, old.beliefs)


def _compiled(root: Path) -> Loaded:
    # YAML and the rules are loaded only where no cache serves.
    from questions.checks import everything  # noqa: PLC0415

    found = everything(root)
    if found.mistakes:
        raise BankErrors(found.mistakes)
    says = {name: belief.says for name, belief in found.beliefs.items()}
    return Loaded(tuple(entry.item for entry in found.entries), found.areas, says)


def _stamps(root: Path) -> tuple[Stamp, ...]:
    """Names, sizes and times of all files that make the bank, sorted."""
    sayings = root / SAYINGS
    folders = (root / "bank", *([sayings] if sayings.is_dir() else ()))
    found = [_stamp(root, entry) for folder in folders for entry in _files(folder)]
    tables = [entry for entry in os.scandir(root) if entry.name in TABLES]
    return tuple(sorted([*found, *(_stamp(root, entry) for entry in tables)]))


def _stamp(root: Path, entry: os.DirEntry[str]) -> Stamp:
    facts = entry.stat()
    return os.path.relpath(entry.path, root), facts.st_size, facts.st_mtime_ns


def _files(folder: Path | str) -> Iterable[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path)
            elif entry.name.endswith((".yaml", ".yml")):
                yield entry


def _content(root: Path, stamps: Iterable[Stamp]) -> dict[str, str]:
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name, _, _ in stamps}


def _read(path: Path) -> _Cached | None:
    """The cache, or None when it is missing, broken or of another schema."""
    try:
        data = path.read_bytes()
        if zlib.crc32(data[_CHECKSUM:]) != int.from_bytes(data[:_CHECKSUM]):
            return None
        cached = _DECODER.decode(memoryview(data)[_CHECKSUM:])
    except (OSError, msgspec.MsgspecError):
        return None
    return cached if cached.schema == _SCHEMA else None


def _loaded(cached: _Cached) -> Loaded | None:
    try:
        items, known = _ITEMS.decode(cached.items), _AREAS.decode(cached.areas)
        return Loaded(items, known, cached.beliefs)
    except msgspec.MsgspecError:
        return None


def _write(path: Path, cached: _Cached) -> None:
    """Put the cache in place at once; a reader sees the old one or the new one."""
    data = msgspec.msgpack.encode(cached)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=NAME)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.crc32(data).to_bytes(_CHECKSUM) + data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

"""The bank as one compiled file, so that an unchanged bank is there in milliseconds."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from questions import model
from questions.mistakes import BankErrors
from questions.model import Item

HERE = Path(__file__).parent
NAME = "bank.msgpack"
_CHECKSUM = 4  # bytes


def schema(kinds: Iterable[type[Struct]]) -> str:
    """A hash of the fields of these values, which a cache must have been written for."""
    fields = [(kind.__name__, kind.__struct_fields__, kind.__annotations__) for kind in kinds]
    return hashlib.sha256(repr(fields).encode()).hexdigest()


_SCHEMA = schema(
    kind
    for kind in vars(model).values()
    if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Struct
)

Stamp = tuple[str, int, int]  # path below the root, bytes, nanoseconds of the last change


class _Cached(Struct, frozen=True):
    """The items, and the state of the files from which they were made."""

    schema: str
    stamps: tuple[Stamp, ...]
    content: str
    items: msgspec.Raw


_DECODER = msgspec.msgpack.Decoder(_Cached)
_ITEMS = msgspec.msgpack.Decoder(tuple[Item, ...])


def load_bank(root: Path = HERE, cache_dir: Path | None = None) -> tuple[Item, ...]:
    """All items below `root`, which holds `bank/`, `areas.yaml` and `hosts.yaml`, sorted by path.

    With a cache directory the compiled bank is kept there; a missing, broken or old one is made
    anew, and a directory that cannot be written costs only time. Raises BankErrors with every
    mistake of the files.
    """
    stamps = _stamps(root)
    path = cache_dir / NAME if cache_dir is not None else None
    cached = _read(path) if path is not None else None
    if cached is not None and cached.stamps == stamps and (items := _items(cached)) is not None:
        return items
    content = _content(root, stamps)
    items = _items(cached) if cached is not None and cached.content == content else None
    if items is None:
        items = _compiled(root)
    if path is not None:
        _write(path, _Cached(_SCHEMA, stamps, content, msgspec.Raw(msgspec.msgpack.encode(items))))
    return items


def _compiled(root: Path) -> tuple[Item, ...]:
    # YAML and the rules are loaded only where no cache serves.
    from questions.checks import everything  # noqa: PLC0415

    entries, mistakes = everything(root)
    if mistakes:
        raise BankErrors(mistakes)
    return tuple(entry.item for entry in entries)


def _stamps(root: Path) -> tuple[Stamp, ...]:
    """Names, sizes and times of all files that make the bank, sorted."""
    found = [_stamp(root, entry) for entry in _files(root / "bank")]
    tables = [entry for entry in os.scandir(root) if entry.name in {"areas.yaml", "hosts.yaml"}]
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


def _content(root: Path, stamps: Iterable[Stamp]) -> str:
    seen = hashlib.sha256()
    for name, _, _ in stamps:
        data = (root / name).read_bytes()
        seen.update(f"{name}\0{len(data)}\0".encode() + data)
    return seen.hexdigest()


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


def _items(cached: _Cached) -> tuple[Item, ...] | None:
    try:
        return _ITEMS.decode(cached.items)
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

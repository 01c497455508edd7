"""The compiled bank is the bank, whatever happened to its file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from questions import areas, cache, loading
from questions.cache import NAME, load, load_bank
from questions.mistakes import BankErrors
from questions.model import Item
from tests.questions.written import ALL, ORDER, OUTPUT, SINGLE, bank, changed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A bank with an item of each type."""
    bank(tmp_path, "".join(ALL.values()))
    return tmp_path


def unread(root: Path, pattern: str = "bank/**/*.yaml") -> None:
    """Makes the files useless without changing what the cache sees of them."""
    for path in root.glob(pattern):
        facts = path.stat()
        path.write_bytes(b"#" * facts.st_size)
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def items(root: Path) -> tuple[Item, ...]:
    """What the files say."""
    return tuple(entry.item for entry in loading.load(root / "bank").entries)


def test_a_round_trip_changes_nothing(root: Path) -> None:
    """Items of every type come out of the cache as they came out of the files."""
    wanted = items(root)
    assert load_bank(root, root / "cache") == wanted
    unread(root)
    assert load_bank(root, root / "cache") == wanted


def test_without_a_cache_directory_nothing_is_written(root: Path) -> None:
    """The bank can be loaded without leaving anything behind."""
    before = sorted(root.rglob("*"))
    assert load_bank(root) == items(root)
    assert sorted(root.rglob("*")) == before


CHANGES: dict[str, Callable[[Path], object]] = {
    "changed": lambda path: path.write_text(changed(path.read_text(), "takes no DELETE", "no PUT")),
    "changed in place": lambda path: path.write_text(changed(path.read_text(), "takes", "likes")),
    "removed": lambda path: path.unlink(),
    "added": lambda path: bank(path.parents[2], OUTPUT, "python/iterators-and-generators.yaml"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_the_files_is_seen(tmp_path: Path, name: str) -> None:
    """A file that was changed, removed or added makes another bank."""
    bank(tmp_path, ORDER, "caching/http-caching.yaml")
    path = bank(tmp_path, SINGLE)
    before = load_bank(tmp_path, tmp_path / "cache")
    CHANGES[name](path)
    after = load_bank(tmp_path, tmp_path / "cache")
    assert after != before
    assert after == items(tmp_path)


def test_the_areas_and_hosts_belong_to_what_is_cached(root: Path) -> None:
    """A bank that was right before is looked at again when its tables change."""
    load_bank(root, root / "cache")
    hosts = root / "hosts.yaml"
    hosts.write_text(hosts.read_text().replace("rfc-editor.org:", "rfc-editor.test:"))
    with pytest.raises(BankErrors, match="is no primary host"):
        load_bank(root, root / "cache")


def test_touched_files_are_compared_byte_by_byte(root: Path) -> None:
    """Files with a new time and old content are not compiled again: the cache is believed."""
    load_bank(root, root / "cache")
    path = root / "cache" / NAME
    cached = cache._read(path)
    assert cached is not None
    nothing = msgspec.Raw(msgspec.msgpack.encode(()))
    cache._write(path, msgspec.structs.replace(cached, stamps=(), items=nothing))
    assert load_bank(root, root / "cache") == ()
    unread(root)
    assert load_bank(root, root / "cache") == ()


def test_areas_come_with_the_items(root: Path) -> None:
    """The areas that the cache gives are those of the file, also once the file is not read."""
    wanted = areas.load(root / "areas.yaml")
    assert load(root, root / "cache").areas == wanted
    unread(root, "areas.yaml")
    assert load(root, root / "cache").areas == wanted


def test_only_changed_files_are_read(tmp_path: Path) -> None:
    """With one file changed the others come out of the cache; a new area file reads them all."""
    bank(tmp_path, ORDER, "caching/http-caching.yaml")
    path = bank(tmp_path, SINGLE)
    load(tmp_path, tmp_path / "cache")
    kept = cache._read(tmp_path / "cache" / NAME)
    assert kept is not None
    marked = [replace(one, minutes=59) for one in cache._ITEMS.decode(kept.items)]
    raw = msgspec.Raw(msgspec.msgpack.encode(marked))
    cache._write(tmp_path / "cache" / NAME, replace(kept, items=raw))

    path.write_text(path.read_text() + "# more\n")
    found = load(tmp_path, tmp_path / "cache").items
    assert [one.minutes for one in found if one.type == "order"] == [59]
    assert [one for one in found if one.type == "single"] == [
        one for one in items(tmp_path) if one.type == "single"
    ]
    table = tmp_path / "areas.yaml"
    table.write_text(table.read_text() + "# more\n")
    assert load(tmp_path, tmp_path / "cache").items == items(tmp_path)


def test_a_mistake_in_a_changed_file_names_its_line(tmp_path: Path) -> None:
    """What is wrong beside cached files is reported as if there were no cache."""
    bank(tmp_path, ORDER, "caching/http-caching.yaml")
    path = bank(tmp_path, SINGLE)
    load(tmp_path, tmp_path / "cache")
    path.write_text(path.read_text() + "\n" + path.read_text())
    with pytest.raises(BankErrors) as cached:
        load(tmp_path, tmp_path / "cache")
    with pytest.raises(BankErrors) as fresh:
        load(tmp_path)
    assert cached.value.mistakes == fresh.value.mistakes


def broken(data: bytes) -> dict[str, bytes]:
    """Ways in which a file can be damaged."""
    middle = len(data) // 2
    return {
        "empty": b"",
        "cut": data[:middle],
        "one bit": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "other": b"\0" * len(data),
        "longer": data + b"x",
    }


@pytest.mark.parametrize("how", broken(b"xx"))
def test_a_broken_cache_is_rebuilt_silently(root: Path, how: str) -> None:
    """A damaged file costs time, and the next start finds a whole one."""
    folder = root / "cache"
    wanted = load_bank(root, folder)
    whole = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(broken(whole)[how])
    assert load_bank(root, folder) == wanted
    assert (folder / NAME).read_bytes() == whole
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_a_cache_of_other_values_is_not_read(root: Path) -> None:
    """A cache that an older or newer model wrote is made anew."""
    load_bank(root, root / "cache")
    kept = cache._read(root / "cache" / NAME)
    assert kept is not None
    cache._write(root / "cache" / NAME, replace(kept, schema="another"))
    unread(root)
    with pytest.raises(BankErrors):
        load_bank(root, root / "cache")


def test_the_schema_depends_on_the_fields_of_the_model() -> None:
    """The schema is not a number that somebody has to remember."""

    class Other(msgspec.Struct, frozen=True):
        text: str

    assert cache.schema([Item]) != cache.schema([Item, Other])
    assert cache.schema([Item]) == cache.schema([Item])


def test_a_directory_that_cannot_be_written_costs_only_time(root: Path) -> None:
    """A cache directory that is a file, or full, does not keep the bank from loading."""
    (root / "cache").write_text("in the way")
    assert load_bank(root, root / "cache") == items(root)


def test_all_mistakes_are_raised_at_once(tmp_path: Path) -> None:
    """A bank that cannot be used says everything that has to be mended, in order."""
    path = bank(tmp_path, changed(SINGLE, "405 Method", "406 Method") + ORDER + ORDER)
    with pytest.raises(BankErrors) as raised:
        load_bank(tmp_path, tmp_path / "cache")
    text = f"{path}:44: http-cache-steps: the id is taken, see {path}:27: choose another"
    assert str(raised.value) == text
    assert [mistake.line for mistake in raised.value.mistakes] == [44]
    assert not (tmp_path / "cache").exists()

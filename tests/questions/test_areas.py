"""The areas file: what is read from it, and how its mistakes are told."""

from __future__ import annotations

import re
import time
from pathlib import Path

import msgspec
import pytest

from questions import areas
from questions.areas import Areas, AreasError
from questions.names import names

SMALL = """\
version: 1
levels: [junior, mid, senior]
types: [single, multi, output, numeric, short, order, match, sql, regex, open, case]
areas:
- slug: sql
  title: "SQL"
  aliases: ["queries"]
  target: 3
  levels: {junior: 1, mid: 1, senior: 1}
  by_type: {single: 2, sql: 1}
  topics:
  - {slug: joins, title: "Joins", aliases: ["join"]}
- slug: git
  title: "Git"
  aliases: []
  target: 2
  levels: {junior: 1, mid: 1, senior: 0}
  by_type: {single: 2}
  topics: []
groups:
- {slug: all, title: "All", aliases: ["everything"], areas: [sql, git]}
totals: {items: 5, areas: 2, topics: 1, levels: {junior: 2, mid: 2, senior: 1}, \
by_type: {single: 4, sql: 1}}
"""


@pytest.fixture(scope="module")
def found() -> Areas:
    return areas.load()


def test_every_area_is_read(found: Areas) -> None:
    """The bank has 26 areas with 289 topics, and as many items are wanted as its totals say."""
    assert len(found.areas) == 26
    assert sum(len(area.topics) for area in found.areas) == 289
    assert sum(area.target for area in found.areas) == 864


def test_look_ups_by_slug(found: Areas) -> None:
    """A slug finds its area, topic or group; another slug is a KeyError."""
    assert found.area("sql").title == "SQL"
    assert found.topic("caching", "eviction").title == "LRU, LFU, TTL"
    assert found.group("data").areas == ("sql", "databases", "nosql")
    assert found.has("sql")
    assert found.has("sql", "joins")
    assert not found.has("sql", "eviction")
    for missing in (
        lambda: found.area("x"),
        lambda: found.topic("sql", "x"),
        lambda: found.group("x"),
    ):
        with pytest.raises(KeyError):
            missing()


def test_small_file_becomes_values() -> None:
    """A file without mistakes becomes exactly the values that it names."""
    read = areas.parse(SMALL)
    assert [area.slug for area in read.areas] == ["sql", "git"]
    assert read.area("sql").levels.total == read.area("sql").target == 3
    assert [(share.type, share.count) for share in read.area("sql").by_type] == [
        ("single", 2),
        ("sql", 1),
    ]
    assert read.topic("sql", "joins").aliases == ("join",)


# a change to the small file, and the complaints that it must cause
MISTAKES = {
    "an unknown key": ("version: 1", "version: 1\nowner: me", ["2: 'owner' is not known here"]),
    "an old version": ("version: 1", "version: 2", ["1: version must be 1"]),
    "a key that stands twice": (
        '  title: "Git"',
        '  title: "Git"\n  title: "It"',
        ["15: 'title' stands twice"],
    ),
    "a missing field": (
        '{slug: joins, title: "Joins", aliases: ["join"]}',
        '{slug: joins, title: "Joins"}',
        ["12: Object missing required field `aliases`"],
    ),
    "an unquoted no": ('aliases: ["queries"]', "aliases: [no]", ["7: 'no' is no text: quote it"]),
    "an alias of two things": (
        'aliases: ["join"]',
        'aliases: ["Queries"]',
        ["12: alias 'Queries' belongs to 'sql' already"],
    ),
    "an alias twice": (
        'aliases: ["join"]',
        'aliases: ["join", "join"]',
        ["12: alias 'join' stands twice"],
    ),
    "an area twice": (
        "- slug: git",
        "- slug: sql",
        ["13: 'sql' exists already, line 5", "21: no area 'git'"],
    ),
    "a bad slug": ("slug: joins", "slug: Joins_", ["12: 'Joins_' is no slug: a-z, 0-9 and -"]),
    "a group of an area that is none": (
        "areas: [sql, git]",
        "areas: [sql, svn]",
        ["21: no area 'svn'"],
    ),
    "a target that does not add up": (
        "  target: 3",
        "  target: 4",
        [
            "22: totals must be",
            "5: by_type of 'sql' sum to 3, target is 4",
            "5: levels of 'sql' sum to 3",
        ],
    ),
    "no YAML": ("areas:\n", "areas: [\n", ["did not find expected"]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_told_with_its_line(name: str) -> None:
    """Each mistake is refused with the file, the line and what is wrong."""
    old, new, complaints = MISTAKES[name]
    assert SMALL.count(old) == 1
    with pytest.raises(AreasError) as caught:
        areas.parse(SMALL.replace(old, new), "areas.yaml")
    told = "\n".join(caught.value.errors)
    assert all(re.match(r"areas\.yaml:\d+: ", error) for error in caught.value.errors)
    for complaint in complaints:
        assert complaint in told


def test_all_mistakes_are_told_at_once() -> None:
    """Two mistakes in one file are two complaints of one error, in the order of the file."""
    bad = SMALL.replace("slug: joins", "slug: Joins_").replace("areas: [sql, git]", "areas: [svn]")
    with pytest.raises(AreasError) as caught:
        areas.parse(bad, "x.yaml")
    assert caught.value.errors == (
        "x.yaml:12: 'Joins_' is no slug: a-z, 0-9 and -",
        "x.yaml:21: no area 'svn'",
    )


def test_a_file_that_is_missing_is_an_os_error(tmp_path: Path) -> None:
    """A path without a file is an OSError, not an empty bank."""
    with pytest.raises(FileNotFoundError):
        areas.load(tmp_path / "areas.yaml")


def test_areas_can_be_kept_in_a_cache(found: Areas) -> None:
    """Encoded and decoded areas are equal, name the same things, and are there within 20 ms."""
    kept = msgspec.msgpack.encode(found)
    started = time.perf_counter()
    read = msgspec.msgpack.decode(kept, type=Areas)
    assert time.perf_counter() - started < 0.02
    assert read == found
    assert hash(read) == hash(found)
    assert names(read) == names(found)
